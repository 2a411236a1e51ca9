#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(CommandErrors, NamePlaceholdersNearAParameter) {
  EXPECT_EQ(
      mistakes_in(command_spec(
          {"trainer = {kind = \"command\", command = [\"./t\", \"--x={lrr} ${lrr} {{lrr} {other} {x:.3f} {sede}\"]}"})),
      R"x(error[spec::bad-placeholder]: `{lrr}` is no parameter of [space]
  --> nightly.toml:2:53
2 | trainer = {kind = "command", command = ["./t", "--x={lrr} ${lrr} {{lrr} {other} {x:.3f} {sede}"]}
  |                                                     ^^^^^ did you mean `lr`? (write `{{lrr}` for the text itself)
error[spec::bad-placeholder]: `{sede}` is no parameter of [space]
  --> nightly.toml:2:89
2 | trainer = {kind = "command", command = ["./t", "--x={lrr} ${lrr} {{lrr} {other} {x:.3f} {sede}"]}
  |                                                                                         ^^^^^^ did you mean `seed`? (write `{{sede}` for the text itself)
)x");
}

TEST(CommandErrors, WantAProgram) {
  EXPECT_EQ(mistakes_in(command_spec({"trainer = {kind = \"command\", command = []}"})),
            R"x(error[spec::out-of-range]: trainer.command must begin with a program
  --> nightly.toml:2:40
2 | trainer = {kind = "command", command = []}
  |                                        ^^
)x");
}

TEST(CommandErrors, WantGroupsInARegex) {
  EXPECT_EQ(
      mistakes_in(command_spec({"trainer = {kind = \"command\", command = [\"./t\"], metrics = {from = \"stdout\", "
                                "regex = \"loss=(.*)\"}}"})),
      R"x(error[spec::bad-regex]: trainer.metrics.regex must have the groups (?P<metric>…) and (?P<value>…); `metric` is missing
  --> nightly.toml:2:85
2 | trainer = {kind = "command", command = ["./t"], metrics = {from = "stdout", regex = "loss=(.*)"}}
  |                                                                                     ^^^^^^^^^^^
error[spec::bad-regex]: trainer.metrics.regex must have the groups (?P<metric>…) and (?P<value>…); `value` is missing
  --> nightly.toml:2:85
2 | trainer = {kind = "command", command = ["./t"], metrics = {from = "stdout", regex = "loss=(.*)"}}
  |                                                                                     ^^^^^^^^^^^
)x");
}

TEST(CommandErrors, CheckWhereMetricsComeFrom) {
  EXPECT_EQ(
      mistakes_in(command_spec({"trainer = {kind = \"command\", command = [\"./t\"], metrics = {from = \"stdot\"}}"})),
      R"x(error[spec::unknown-word]: trainer.metrics.from must be auto, report, stdout or file:NAME (is stdot)
  --> nightly.toml:2:67
2 | trainer = {kind = "command", command = ["./t"], metrics = {from = "stdot"}}
  |                                                                   ^^^^^^^ did you mean `stdout`?
)x");
}

TEST(CommandErrors, RefuseARegexForReports) {
  EXPECT_EQ(mistakes_in(command_spec({"trainer = {kind = \"command\", command = [\"./t\"], metrics = {from = "
                                      "\"report\", regex = \"x\"}, env = 3}"})),
            R"x(error[spec::unused-option]: metrics from = "report" need no `regex`
  --> nightly.toml:2:77
2 | trainer = {kind = "command", command = ["./t"], metrics = {from = "report", regex = "x"}, env = 3}
  |                                                                             ^^^^^ write from = "stdout"
error[spec::wrong-type]: trainer.env must be a table (is 3)
  --> nightly.toml:2:97
2 | trainer = {kind = "command", command = ["./t"], metrics = {from = "report", regex = "x"}, env = 3}
  |                                                                                                 ^
)x");
}

}  // namespace
}  // namespace hone
