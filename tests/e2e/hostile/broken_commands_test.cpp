#include <gtest/gtest.h>

#include "core/files.h"
#include "core/text.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// A `hone run` that cannot succeed: how it ends, what it must say, and whether a study may be left.
struct BrokenCommand {
  std::string name;
  std::vector<std::string> arguments;
  int exit_code;
  std::vector<std::string> says;
  bool leaves_study = false;
};

std::vector<std::string> command(const std::vector<std::string>& words, const std::vector<std::string>& flags = {}) {
  std::vector<std::string> all = {"--minimize", "loss", "--trials", "9"};
  all.insert(all.end(), flags.begin(), flags.end());
  all.push_back("--");
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

std::vector<std::string> shell(const std::string& script, const std::vector<std::string>& flags = {}) {
  return command({"sh", "-c", script, "{x: 0..1.0}"}, flags);
}

std::vector<BrokenCommand> broken_commands() {
  const std::string line = "--> command line:5:";
  return {
      // Mistakes of the command line: nothing is begun.
      {"UnknownPlaceholder", command({"sh", "{lr: 1..2}", "{lrr}"}), 2, {line, "did you mean `lr`?"}},
      {"BadDeclaration", command({"sh", "{x: 1..2 lgo}"}), 2, {line, "`lgo` is none of", "write `{{x: 1..2 lgo}`"}},
      {"BadChoice", command({"sh", "{x: a|?}"}), 2, {line, "a choice begins with letter"}},
      {"BuiltInDeclared", command({"sh", "{seed: 1..9}"}), 2, {line, "hone fills in itself"}},
      {"DeclaredTwice", command({"sh", "{x: 1..9}", "{x: 1..9}"}), 2, {line, "write `{x}`"}},
      {"EmptyRange", command({"sh", "{x: 2..1}"}), 2, {line, "low must be below high"}},
      {"LogOfZero", command({"sh", "{x: 0..1.0 log}"}), 2, {line, "must be above 0"}},
      {"ParamsInsideAWord", command({"sh", "a={params}", "{x: 0..1.0}"}), 2, {line, "an element alone"}},
      {"NoObjective", {"--trials", "9", "--", "true"}, 2, {"write --minimize METRIC"}},
      {"NoBudget", {"--minimize", "loss", "--", "true"}, 2, {"write --trials N"}},
      {"NoCommand", {"--minimize", "loss", "--trials", "9", "--"}, 2, {"write SPEC, or"}},
      {"FileAndCommand", command({"true"}, {"x.toml"}), 2, {"leave one of them out"}},
      {"UnknownFlag", command({"true"}, {"--trails", "3"}), 2, {"did you mean `--trials`?"}},
      {"BadSet",
       command({"true"}, {"--set", "budget.trails=3"}),
       2,
       {"--set budget.trails=3", "did you mean `trials`?"}},
      {"BadRequire", command({"true"}, {"--require", "loss <"}), 2, {"--require 'loss <'", "write a comparison"}},
      {"BadDeadline", command({"true"}, {"--deadline", "soon"}), 2, {"a time of day 06:00"}},
      {"MissingProgram", command({"no-such-program"}), 10, {line, "there is no such program in PATH"}},
      {"MissingFile", command({"./nowhere"}), 10, {line, "cannot start `./nowhere`"}},
      {"NotExecutable", command({"./plain.txt"}), 10, {line, "cannot start `./plain.txt`"}},
      {"AFolder", command({"./folder"}), 10, {line, "cannot start `./folder`"}},
      // Known only when it runs: a few trials, never all nine.
      {"MissingInterpreter", command({"./lost.sh"}), 10, {"the interpreter in its first line is missing"}, true},
      {"MissingScript", command({"sh", "nowhere.sh", "{x: 0..1.0}"}), 9, {"nowhere.sh", "stderr.2.log"}, true},
      {"PrintsNothing", shell("true"), 9, {"trial::no-metric", "it printed nothing", "print `loss=0.5`"}, true},
      {"PrintsAnotherMetric", shell("echo acc=1"), 9, {"trial::no-metric", "`acc=1`", "reported `acc`"}, true},
      {"Fails", shell("echo broken >&2; exit 3"), 9, {"exit code 3: broken"}, true},
      {"WrongUsage", shell("echo no such flag >&2; exit 64"), 2, {"called in a wrong way", "no such flag"}, true},
      {"NotANumber", shell("echo loss=nan"), 9, {"`loss` was not finite"}, true},
      {"Crashes", shell("kill -SEGV $$"), 9, {"killed by SIGSEGV"}, true},
      {"TooSlow",
       shell("sleep 100", {"--set", "resources.timeout=\"100ms\"", "--set", "resources.grace=\"0s\""}),
       9,
       {"took longer than its timeout of 0.1 s"},
       true},
      {"PrintsGarbage", shell("head -c 300000 /dev/urandom; printf '\\033[31m\\n'"), 9, {"trial::no-metric"}, true},
  };
}

class BrokenCommands : public testing::TestWithParam<BrokenCommand> {};

TEST_P(BrokenCommands, SayWhereAndWhatToDoAndLeaveNothingBehind) {
  const TemporaryFolder folder;
  write_file(folder.path() / "plain.txt", "no program\n");
  write_file(folder.path() / "lost.sh", "#!/no/such/interpreter\n");
  fs::permissions(folder.path() / "lost.sh", fs::perms::owner_all);
  fs::create_directory(folder.path() / "folder");
  std::vector<std::string> words = {hone_program(), "run"};
  words.insert(words.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  const ProgramResult result = run_program(words, folder.path());
  EXPECT_EQ(result.exit_code, GetParam().exit_code) << result.err;
  for (const std::string& text : GetParam().says) EXPECT_NE(result.err.find(text), std::string::npos) << result.err;
  EXPECT_EQ(without_controls(result.err), result.err);
  EXPECT_EQ(fs::exists(folder.path() / "studies"), GetParam().leaves_study);
  EXPECT_TRUE(processes_with(folder.path().string()).empty());
}

INSTANTIATE_TEST_SUITE_P(Each, BrokenCommands, testing::ValuesIn(broken_commands()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace hone
