#include "core/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "core/error.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string what_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

/// A temporary name that a process made which has ended.
fs::path name_of_a_dead_process(const fs::path& path) {
  int pipe_ends[2];
  EXPECT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string name = temporary_beside(path).string();
    ::_exit(::write(pipe_ends[1], name.data(), name.size()) > 0 ? 0 : 1);
  }
  ::close(pipe_ends[1]);
  char name[4096] = {};
  EXPECT_GT(::read(pipe_ends[0], name, sizeof(name) - 1), 0);
  ::close(pipe_ends[0]);
  ::waitpid(child, nullptr, 0);
  return name;
}

TEST(Files, AWrittenFileReadsBackEqual) {
  const TemporaryFolder folder;
  const std::string content = std::string("a\0b\n", 4) + std::string(200000, 'x');
  for (const Durability durability : {Durability::renamed, Durability::synced}) {
    write_file(folder.path() / "file", content, durability);
    EXPECT_EQ(read_file(folder.path() / "file"), content);
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"file"});
  }
}

TEST(Files, AMissingFileIsAnErrorOrNothing) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "none";
  EXPECT_EQ(read_file_if_there(path), std::nullopt);
  EXPECT_EQ(read_file_if_there(folder.path() / "no" / "folder"), std::nullopt);
  EXPECT_EQ(what_of([&] { read_file(path); }),
            "file::unreadable: cannot read " + path.string() + ": No such file or directory");
}

TEST(Files, ReadingAFolderSaysSo) {
  const TemporaryFolder folder;
  EXPECT_EQ(what_of([&] { read_file(folder.path()); }),
            "file::unreadable: cannot read " + folder.path().string() + ": Is a directory");
}

TEST(Files, WritingIntoAMissingFolderNamesTheFile) {
  const TemporaryFolder folder;
  const std::string what = what_of([&] { write_file(folder.path() / "no" / "file", "x"); });
  EXPECT_TRUE(what.starts_with("file::unwritable: cannot write " + folder.path().string())) << what;
  EXPECT_TRUE(what.ends_with(": No such file or directory")) << what;
}

TEST(Files, AFailedWriteLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "target" / "inside");
  EXPECT_NE(what_of([&] { write_file(folder.path() / "target", "x"); }), "no error");
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"target"});
}

TEST(Files, TemporaryNamesStandInTheSameFolderAndDiffer) {
  const fs::path path = fs::path("some") / "file";
  EXPECT_EQ(temporary_beside(path).parent_path(), "some");
  EXPECT_NE(temporary_beside(path), temporary_beside(path));
}

TEST(Files, PublishingAFolderReplacesTheOldOneWhole) {
  const TemporaryFolder folder;
  const fs::path final_name = folder.path() / "model";
  for (const std::string version : {"first", "second"}) {
    const fs::path temporary = temporary_beside(final_name);
    fs::create_directories(temporary / "inner");
    write_file(temporary / "inner" / version, version);
    publish_folder(temporary, final_name);
    EXPECT_EQ(names_in(final_name / "inner"), std::vector<std::string>{version});
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"model"});
  }
}

TEST(Files, PublishingAFileMovesIt) {
  const TemporaryFolder folder;
  const fs::path temporary = temporary_beside(folder.path() / "x");
  write_file(temporary, "content");
  publish_file(temporary, folder.path() / "x");
  EXPECT_EQ(read_file(folder.path() / "x"), "content");
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"x"});
}

TEST(Files, LeftoversOfTheDeadGoAndThoseOfTheLivingStay) {
  const TemporaryFolder folder;
  const fs::path mine = temporary_beside(folder.path() / "a");
  const fs::path dead_file = name_of_a_dead_process(folder.path() / "b");
  const fs::path dead_folder = name_of_a_dead_process(folder.path() / "c");
  write_file(mine, "");
  write_file(dead_file, "");
  fs::create_directories(dead_folder / "inner");
  write_file(folder.path() / "kept", "");

  remove_leftovers(folder.path());

  std::vector<std::string> expected = {mine.filename(), "kept"};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names_in(folder.path()), expected);
}

TEST(Files, ATemporaryFolderGoesWithItsScope) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    write_file(path / "x", "");
    EXPECT_TRUE(fs::is_directory(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace hone
