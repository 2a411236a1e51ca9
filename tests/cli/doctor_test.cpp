#include "cli/doctor.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

const HealthCheck& find(const std::vector<HealthCheck>& checks, const std::string& what) {
  for (const HealthCheck& check : checks) {
    if (check.what == what) return check;
  }
  throw std::runtime_error("no check of " + what);
}

TEST(Doctor, SaysWhatIsMissingAndWhatToDo) {
  const TemporaryFolder folder;
  const std::vector<HealthCheck> checks = examine(folder.path() / "studies");
  const HealthCheck& worker = find(checks, "worker");  // the test program has none beside it
  EXPECT_EQ(worker.health, Health::missing);
  EXPECT_NE(worker.text.find("there is no worker program"), std::string::npos) << worker.text;
  EXPECT_NE(worker.remedy.find("install the full package"), std::string::npos) << worker.remedy;
  EXPECT_EQ(find(checks, "hone").health, Health::ok);
  EXPECT_NE(find(checks, "disk").text.find(" free in " + folder.path().string()), std::string::npos);
}

TEST(Doctor, GivesARemedyForAllThatIsNotWell) {
  for (const HealthCheck& check : examine("."))
    EXPECT_EQ(check.remedy.empty(), check.health == Health::ok) << check.what;
}

TEST(Doctor, ExitsWithMissingPart) {
  const TemporaryFolder folder;
  const ProgramRun run = run_in(folder.path(), {"doctor"});
  EXPECT_EQ(run.code, ExitCode::missing_part);
  EXPECT_EQ(run.out.rfind("ok       hone      ", 0), 0u) << run.out;
  EXPECT_NE(run.out.find("\nmissing  worker    "), std::string::npos) << run.out;
  const auto document = nlohmann::json::parse(run_in(folder.path(), {"--json", "doctor"}).out);
  EXPECT_EQ(document.at("items")[0].at("state"), "ok");
}

}  // namespace
}  // namespace hone
