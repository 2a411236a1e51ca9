#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

/// First of the usual names that is installed; empty when there is none.
std::string chromium() {
  for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"}) {
    if (std::filesystem::exists(path)) return path;
  }
  return "";
}

// What the page says of an error goes to the browser's log; what it drew, to the dumped document.
TEST(ReportInChromium, DrawsItselfWithoutAConsoleError) {
  if (chromium().empty()) GTEST_SKIP() << "no chromium on this machine: the report was not opened";
  const TemporaryFolder folder;
  const ProgramResult run = run_program(
      {hone_program(), "run", shipped_spec("external_command.toml"), "--set", "budget.trials=24"}, folder.path());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::filesystem::path page = folder.path() / "studies/external_command/report/index.html";
  const ProgramResult shown =
      run_program({chromium(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--no-first-run", "--user-data-dir=" + (folder.path() / "profile").string(),
                   "--enable-logging=stderr", "--window-size=1200,900", "--dump-dom", "file://" + page.string()},
                  folder.path());
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_EQ(shown.err.find("CONSOLE"), std::string::npos) << shown.err;
  for (const char* part : {"Search history", "Learning curves", "What mattered", "All parameters together",
                           "All trials", "<circle class=\"dot", "hone show "}) {
    EXPECT_NE(shown.out.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace hone
