#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

TEST(StudiesVerb, ListsWhatLiesBelowTheFolder) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/b", make_study_sample());
  write_study(folder.path() / "nightly/studies/a", make_study_sample());
  write_study(folder.path() / "studies/b/compress", make_study_sample());
  write_study(folder.path() / "studies/.moved/c", make_study_sample());
  const ProgramRun run = run_in(folder.path(), {"--plain", "studies"});
  EXPECT_EQ(run.code, ExitCode::ok);
  const std::size_t first = run.out.find("\nnightly/studies/a\t");
  const std::size_t second = run.out.find("\nstudies/b\t");
  EXPECT_NE(first, std::string::npos) << run.out;
  EXPECT_NE(second, std::string::npos) << run.out;
  EXPECT_LT(first, second);
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 3) << run.out;
}

TEST(StudiesVerb, GivesTheBestAndTheCountsAsJson) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/a", make_study_sample());
  const auto document = nlohmann::json::parse(run_in(folder.path(), {"--json", "studies", "studies"}).out);
  EXPECT_EQ(document.at("kind"), "studies");
  ASSERT_EQ(document.at("items").size(), 1u);
  EXPECT_EQ(document.at("items")[0].at("folder"), "studies/a");
  EXPECT_TRUE(document.at("items")[0].contains("best"));
}

TEST(StudiesVerb, ShowsAStudyThatCannotBeReadAndGoesOn) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/a", make_study_sample());
  fs::create_directories(folder.path() / "studies/broken");
  write_file(folder.path() / "studies/broken/study.db", "no store", Durability::renamed);
  const ProgramRun run = run_in(folder.path(), {"studies"});
  EXPECT_EQ(run.code, ExitCode::ok);
  EXPECT_NE(run.out.find("studies/broken  unreadable"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("studies/a"), std::string::npos) << run.out;
  EXPECT_NE(run.err.find("warning[store::"), std::string::npos) << run.err;
}

TEST(StudiesVerb, SaysWhenThereIsNone) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"studies"}).err, "no study below .; hone run SPEC makes one\n");
  EXPECT_EQ(run_in(folder.path(), {"studies", "nowhere"}).code, ExitCode::usage);
}

}  // namespace
}  // namespace hone
