#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

constexpr const char* kSpace =
    "space = {lr = {type = \"float\", low = 0.1, high = 1}, opt = {type = \"categorical\", choices = [\"sgd\", "
    "\"adam\"]}}";

std::string mistakes_with(const std::string& constraints) {
  return mistakes_in(command_spec({kSpace, "constraints = " + constraints}));
}

TEST(ConstraintErrors, AreNoneInAGoodSection) {
  EXPECT_EQ(
      mistakes_with("{forbid = [\"lr > 0.5 and opt == 'adam'\", \"twice > 1\"], require = [\"half < lr\"], "
                    "derive = {twice = \"2 * lr\", half = \"twice / 4\"}, outcome = [\"ms <= 5\", \"acc >= 0.98 * "
                    "baseline\"], baseline = {acc = 0.9}, probability = 0.7}"),
      "");
}

TEST(ConstraintErrors, ProposeNames) {
  EXPECT_EQ(
      mistakes_with("{forbid = [\"lrr > 0.5\"], require = [\"opt != 'adm'\"]}"),
      R"x(error[space::unknown-name]: constraints.forbid[0] reads `lrr`, which is no parameter of [space] and no derived value
  --> nightly.toml:5:27
5 | constraints = {forbid = ["lrr > 0.5"], require = ["opt != 'adm'"]}
  |                           ^^^ did you mean `lr`?
error[space::bad-condition]: `adm` is none of the choices of `opt`
  --> nightly.toml:5:59
5 | constraints = {forbid = ["lrr > 0.5"], require = ["opt != 'adm'"]}
  |                                                           ^^^^^ did you mean `adam`?
)x");
}

TEST(ConstraintErrors, WantTruthOfClausesAndTypesThatGoTogether) {
  EXPECT_EQ(mistakes_with("{forbid = [\"lr + 1\"], require = [\"not lr\", \"opt + 1 > lr\", \"opt == lr\"]}"),
            R"x(error[expression::type]: constraints.forbid[0] must be true or false, not a number
  --> nightly.toml:5:27
5 | constraints = {forbid = ["lr + 1"], require = ["not lr", "opt + 1 > lr", "opt == lr"]}
  |                           ^^^^^^
error[expression::type]: true or false is wanted here, not a number
  --> nightly.toml:5:53
5 | constraints = {forbid = ["lr + 1"], require = ["not lr", "opt + 1 > lr", "opt == lr"]}
  |                                                     ^^
error[expression::type]: a number is wanted here, not a text
  --> nightly.toml:5:59
5 | constraints = {forbid = ["lr + 1"], require = ["not lr", "opt + 1 > lr", "opt == lr"]}
  |                                                           ^^^
error[expression::type]: a text is never equal to a number
  --> nightly.toml:5:82
5 | constraints = {forbid = ["lr + 1"], require = ["not lr", "opt + 1 > lr", "opt == lr"]}
  |                                                                                  ^^
)x");
}

TEST(ConstraintErrors, ShowCyclesOfDerivedValues) {
  EXPECT_EQ(mistakes_with("{derive = {a = \"b + lr\", b = \"2 * c\", c = \"a\"}}"),
            R"x(error[space::cycle]: derived values are computed from each other: a -> b -> c -> a
  --> nightly.toml:5:30
5 | constraints = {derive = {a = "b + lr", b = "2 * c", c = "a"}}
  |                              ^^^^^^^^
)x");
}

TEST(ConstraintErrors, CheckNamesOfDerivedValues) {
  EXPECT_EQ(mistakes_with("{derive = {lr = \"1\", \"2x\" = \"lr\", t = \"opt\", u = \"t + 1\", v = 3}}"),
            R"x(error[spec::name-clash]: `lr` is a parameter of [space] and a derived value
  --> nightly.toml:5:26
5 | constraints = {derive = {lr = "1", "2x" = "lr", t = "opt", u = "t + 1", v = 3}}
  |                          ^^
error[spec::bad-name]: a derived value's name must be letters, digits and _, no digit first (is `2x`)
  --> nightly.toml:5:36
5 | constraints = {derive = {lr = "1", "2x" = "lr", t = "opt", u = "t + 1", v = 3}}
  |                                    ^^^^
error[expression::type]: a number is wanted here, not a text
  --> nightly.toml:5:65
5 | constraints = {derive = {lr = "1", "2x" = "lr", t = "opt", u = "t + 1", v = 3}}
  |                                                                 ^
error[spec::wrong-type]: constraints.derive.v must be an expression in quotes (is 3)
  --> nightly.toml:5:77
5 | constraints = {derive = {lr = "1", "2x" = "lr", t = "opt", u = "t + 1", v = 3}}
  |                                                                             ^
)x");
}

TEST(ConstraintErrors, WantComparisonsOfMetrics) {
  EXPECT_EQ(
      mistakes_with("{outcome = [\"acc\", \"acc >= 0.9 * baseline\", \"acc + ms > baseline\", \"lr < 1\", \"ms <\"], "
                    "baseline = {accuracy = 1}}"),
      R"x(error[expression::type]: constraints.outcome[0] must be one comparison by <=, <, >= or >, such as latency_ms <= 5
  --> nightly.toml:5:28
5 | constraints = {outcome = ["acc", "acc >= 0.9 * baseline", "acc + ms > baseline", "lr < 1", "ms <"], baseline = {accuracy = 1}}
  |                            ^^^
error[spec::no-baseline]: constraints.baseline has no value of `acc`
  --> nightly.toml:5:48
5 | constraints = {outcome = ["acc", "acc >= 0.9 * baseline", "acc + ms > baseline", "lr < 1", "ms <"], baseline = {accuracy = 1}}
  |                                                ^^^^^^^^ write baseline = {acc = …} in [constraints]
error[spec::no-baseline]: constraints.outcome[2] may read one metric beside `baseline` (reads acc, ms)
  --> nightly.toml:5:71
5 | constraints = {outcome = ["acc", "acc >= 0.9 * baseline", "acc + ms > baseline", "lr < 1", "ms <"], baseline = {accuracy = 1}}
  |                                                                       ^^^^^^^^
error[space::unknown-name]: constraints.outcome[3] reads `lr`, which is a parameter and no metric
  --> nightly.toml:5:83
5 | constraints = {outcome = ["acc", "acc >= 0.9 * baseline", "acc + ms > baseline", "lr < 1", "ms <"], baseline = {accuracy = 1}}
  |                                                                                   ^^ write clauses over parameters in require
error[expression::syntax]: the expression ends where a value is expected
  --> nightly.toml:5:97
5 | constraints = {outcome = ["acc", "acc >= 0.9 * baseline", "acc + ms > baseline", "lr < 1", "ms <"], baseline = {accuracy = 1}}
  |                                                                                                 ^
)x");
}

TEST(ConstraintErrors, KnowTheMetricsOfBuiltinTrainers) {
  EXPECT_EQ(mistakes_in(builtin_spec({"constraints = {outcome = [\"latency_ms < 5\", \"val_loss < 1\"]}"})),
            R"x(error[spec::unknown-metric]: no built-in trainer reports `latency_ms`
  --> nightly.toml:6:28
6 | constraints = {outcome = ["latency_ms < 5", "val_loss < 1"]}
  |                            ^^^^^^^^^^ write val_accuracy and the like
)x");
}

TEST(ConstraintErrors, WantATableAsBaseline) {
  EXPECT_EQ(
      mistakes_with("{baseline = \"trial:12\", probability = 0, forbid = \"lr > 1\"}"),
      R"x(error[spec::wrong-type]: constraints.baseline must be a table such as {val_accuracy = 0.97} (is "trial:12")
  --> nightly.toml:5:27
5 | constraints = {baseline = "trial:12", probability = 0, forbid = "lr > 1"}
  |                           ^^^^^^^^^^
error[spec::out-of-range]: constraints.probability must be above 0 (is 0)
  --> nightly.toml:5:53
5 | constraints = {baseline = "trial:12", probability = 0, forbid = "lr > 1"}
  |                                                     ^
error[spec::wrong-type]: constraints.forbid must be a list of texts (is "lr > 1")
  --> nightly.toml:5:65
5 | constraints = {baseline = "trial:12", probability = 0, forbid = "lr > 1"}
  |                                                                 ^^^^^^^^
)x");
}

}  // namespace
}  // namespace hone
