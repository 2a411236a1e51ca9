#include <gtest/gtest.h>

#include <set>

#include "core/files.h"
#include "core/text.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// `hone` alone as the small tarball holds it, installed and then moved.
class Installed : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    for (const char* component : {"hone", "hone_libraries"}) {
      const ProgramResult result = run_program({"cmake", "--install", HONE_BINARY_DIR, "--prefix",
                                                (folder_->path() / "built").string(), "--component", component},
                                               "/");
      ASSERT_EQ(result.exit_code, 0) << result.err;
    }
    fs::rename(folder_->path() / "built", tree());
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static fs::path tree() { return folder_->path() / "moved here"; }

  static TemporaryFolder* folder_;
};

TemporaryFolder* Installed::folder_ = nullptr;

std::vector<std::string> needed_by(const fs::path& file) {
  std::vector<std::string> needed;
  const ProgramResult result = run_program({"readelf", "-d", file.string()}, "/");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const std::string& line : split(result.out, '\n')) {
    const std::size_t open = line.find('[');
    if (line.find("(NEEDED)") != std::string::npos && open != std::string::npos) {
      needed.push_back(line.substr(open + 1, line.rfind(']') - open - 1));
    }
  }
  return needed;
}

TEST_F(Installed, NeedsNothingButTheCLibraryAndWhatLiesBeside) {
  const std::set<std::string> of_the_system = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"};
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(tree())) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || (name != "hone" && name.find(".so") == std::string::npos)) continue;
    if (entry.path().string().find("/share/") != std::string::npos) continue;
    ++seen;
    for (const std::string& library : needed_by(entry.path())) {
      const bool beside = fs::exists(tree() / "lib/hone" / library);
      EXPECT_TRUE(beside || of_the_system.count(library) == 1) << name << " needs " << library;
    }
  }
  EXPECT_GE(seen, 5);
}

TEST_F(Installed, RunsWhereItWasMovedToAndLoadsItsOwnLibraries) {
  const fs::path hone = tree() / "bin/hone";
  EXPECT_EQ(run_program({hone.string(), "--version"}, "/").exit_code, 0);
  const std::string loaded = run_program({"ldd", hone.string()}, "/").out;
  int own = 0;
  for (const std::string& line : split(loaded, '\n')) {
    if (line.find("=>") == std::string::npos) continue;
    const bool is_system = line.find("libc.so") != std::string::npos || line.find("libm.so") != std::string::npos;
    if (is_system) continue;
    ++own;
    EXPECT_NE(line.find(tree().string()), std::string::npos) << line;
  }
  EXPECT_GE(own, 5) << loaded;
}

TEST_F(Installed, RunsAShippedStudyOfACommand) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run_program({(tree() / "bin/hone").string(), "run",
                   (tree() / "share/hone/configs/external_command.toml").string(), "--trials", "3"},
                  folder.path());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(folder.path() / "studies/external_command/report/index.html"));
}

TEST_F(Installed, BringsPagesCompletionsDataAndLicences) {
  for (const char* file : {"share/man/man1/hone.1", "share/man/man1/hone-run.1", "share/man/man1/hone-man.1",
                           "share/bash-completion/completions/hone", "share/zsh/vendor-completions/_hone",
                           "share/fish/vendor_completions.d/hone.fish", "share/hone/configs/quickstart.toml",
                           "share/hone/configs/examples/fit_curve.sh", "share/hone/datasets/bundled/digits.csv.gz",
                           "share/doc/hone/LICENSE", "lib/hone/glibc-hwcaps/x86-64-v3/libhone_gp.so"}) {
    EXPECT_TRUE(fs::exists(tree() / file)) << file;
  }
  if (run_program({"dpkg-query", "--version"}, "/").exit_code != 0) GTEST_SKIP() << "no dpkg here to find licences";
  EXPECT_TRUE(fs::exists(tree() / "share/doc/hone/licences/libre2-9"));
}

TEST_F(Installed, WithoutTheWorkerSaysWhatToInstall) {
  const ProgramResult result = run_program({(tree() / "bin/hone").string(), "doctor"}, "/", {{"HONE_WORKER", ""}});
  EXPECT_EQ(result.exit_code, 10) << result.out;
  EXPECT_NE(result.out.find("remedy: install the full package"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace hone
