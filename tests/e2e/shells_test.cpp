#include <gtest/gtest.h>

#include <cstdlib>

#include "core/files.h"
#include "core/text.h"
#include "tests/e2e/program.h"
#include "tests/e2e/terminal.h"

namespace hone {
namespace {

bool is_installed(const std::string& program) {
  return run_program({"sh", "-c", "command -v " + program}, "/").exit_code == 0;
}

#define NEED_PROGRAM(name) \
  if (!is_installed(name)) GTEST_SKIP() << name << " is not installed"

std::map<std::string, std::string> shell_environment(const TemporaryFolder& home) {
  const std::filesystem::path programs = std::filesystem::path(hone_program()).parent_path();
  return {{"PATH", programs.string() + ":" + std::getenv("PATH")},
          {"HOME", home.path().string()},
          {"TERM", "xterm"},
          {"LC_ALL", "C.UTF-8"}};
}

/// Types half a command in an interactive shell and expects the page that only the whole command shows.
void expect_completed(Terminal& shell) {
  shell.type("echo rea''dy\n");
  shell.read_until("ready");
  shell.type("hone expl\tspec::unknown-k\t\n");
  const std::string page = shell.read_until("Nobody reads this key");
  EXPECT_NE(page.find("Nobody reads this key"), std::string::npos) << page;
  shell.type("hone conf\t --see\t3 nowhere\n");  // without the option's end it would be an unknown one
  const std::string error = shell.read_until("there is no `nowhere`");
  EXPECT_NE(error.find("there is no `nowhere`"), std::string::npos) << error;
}

TEST(Shells, BashCompletesHone) {
  NEED_PROGRAM("bash");
  const TemporaryFolder home;
  Terminal shell({"bash", "--noprofile", "--norc", "-i"}, home.path(), shell_environment(home));
  shell.type("bind 'set enable-bracketed-paste off'; source <(hone completion bash)\n");
  expect_completed(shell);
}

TEST(Shells, ZshCompletesHone) {
  NEED_PROGRAM("zsh");
  const TemporaryFolder home;
  Terminal shell({"zsh", "-f", "-i"}, home.path(), shell_environment(home));
  shell.type("autoload -U compinit; compinit -u -D; source <(hone completion zsh)\n");
  expect_completed(shell);
}

TEST(Shells, FishCompletesHone) {
  NEED_PROGRAM("fish");
  const TemporaryFolder home;
  const auto completed = [&](const std::string& typed) {
    return run_program({"fish", "--no-config", "-c", "hone completion fish | source; complete -C '" + typed + "'"},
                       home.path(), shell_environment(home))
        .out;
  };
  EXPECT_EQ(completed("hone explain spec::unknown-k"), "spec::unknown-key\terror code\n");
  EXPECT_EQ(completed("hone export --to="), "--to=csv\n--to=json\n--to=optuna-journal\n");
  EXPECT_EQ(completed("hone ls --so"), "--sort\tcolumn to sort by; -COLUMN for the largest first\n");
}

TEST(Shells, ManReadsEveryPageWithoutAWarning) {
  NEED_PROGRAM("man");
  const TemporaryFolder home;
  const ProgramResult verbs = run_program({hone_program(), "completion", "bash", "--", "man", ""}, home.path());
  std::vector<std::string> names = split(std::string(trim(verbs.out)), '\n');
  ASSERT_GT(names.size(), 15u);
  names.front() = "";  // the first line is for the shell; here the page of hone itself
  std::string pages;
  for (const std::string& name : names) {
    std::vector<std::string> argv = {hone_program(), "man"};
    if (!name.empty()) argv.push_back(name);
    write_file(home.path() / ("hone-" + name + ".1"), run_program(argv, home.path()).out, Durability::renamed);
    pages += " 'hone-" + name + ".1'";
  }
  const ProgramResult read = run_program({"sh", "-c", "man --warnings -E UTF-8 -l -Tutf8 -Z" + pages + " >/dev/null"},
                                         home.path(), shell_environment(home));
  EXPECT_EQ(read.exit_code, 0);
  EXPECT_EQ(read.err, "");
}

}  // namespace
}  // namespace hone
