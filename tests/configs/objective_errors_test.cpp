#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(ObjectiveErrors, WantValidationRows) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"accuracy\", goal = \"maximize\"}"})),
            R"x(error[spec::unknown-metric]: a built-in trainer is judged on validation rows, not by `accuracy`
  --> nightly.toml:2:23
2 | objective = {metric = "accuracy", goal = "maximize"}
  |                       ^^^^^^^^^^ write `val_accuracy`
)x");
}

TEST(ObjectiveErrors, RefuseTestRows) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"test_accuracy\", goal = \"maximize\"}"})),
            R"x(error[spec::test-objective]: `test_accuracy` is read once, after the choice, and cannot make it
  --> nightly.toml:2:23
2 | objective = {metric = "test_accuracy", goal = "maximize"}
  |                       ^^^^^^^^^^^^^^^ write `val_accuracy`
)x");
}

TEST(ObjectiveErrors, ProposeMetrics) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"val_acuracy\", goal = \"maximize\"}"})),
            R"x(error[spec::unknown-metric]: no built-in trainer reports `val_acuracy`
  --> nightly.toml:2:23
2 | objective = {metric = "val_acuracy", goal = "maximize"}
  |                       ^^^^^^^^^^^^^ did you mean `val_accuracy`?
)x");
}

TEST(ObjectiveErrors, RefuseTheWrongDirection) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"val_loss\", goal = \"maximize\"}"})),
            R"x(error[spec::wrong-goal]: `val_loss` is better when it is smaller
  --> nightly.toml:2:42
2 | objective = {metric = "val_loss", goal = "maximize"}
  |                                          ^^^^^^^^^^ write goal = "minimize"
)x");
}

TEST(ObjectiveErrors, RefuseMetricsOfAnotherTask) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"val_rmse\", goal = \"minimize\"}",
                                      "dataset = {source = \"x.csv\", target = 1, task = \"classification\"}"})),
            R"x(error[spec::unknown-metric]: `val_rmse` does not exist for classification
  --> nightly.toml:2:23
2 | objective = {metric = "val_rmse", goal = "minimize"}
  |                       ^^^^^^^^^^
)x");
}

TEST(ObjectiveErrors, CheckTheirKeys) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = {metric = \"val_loss\", goal = \"minimise\", from = \"mean:0\", "
                                      "bounds = [1, 0], unit = \"s\"}"})),
            R"x(error[spec::unknown-word]: objective.goal must be one of minimize, maximize (is minimise)
  --> nightly.toml:2:42
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], unit = "s"}
  |                                          ^^^^^^^^^^ did you mean `minimize`?
error[spec::unknown-word]: objective.from must be last, best or mean:K, such as mean:3 (is mean:0)
  --> nightly.toml:2:61
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], unit = "s"}
  |                                                             ^^^^^^^^
error[spec::out-of-range]: objective.bounds must rise (are 1 and 0)
  --> nightly.toml:2:80
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], unit = "s"}
  |                                                                                ^^^^^^
error[spec::unknown-key]: unknown key `unit` in [objective]
  --> nightly.toml:2:88
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], unit = "s"}
  |                                                                                        ^^^^
)x");
}

TEST(ObjectiveErrors, AreOneForNow) {
  EXPECT_EQ(mistakes_in(command_spec(
                {"objective = [{metric = \"loss\", goal = \"minimize\"}, {metric = \"ms\", goal = \"minimize\"}]"})),
            R"x(error[spec::several-objectives]: this version searches for one objective (there are 2)
  --> nightly.toml:1:52
1 | objective = [{metric = "loss", goal = "minimize"}, {metric = "ms", goal = "minimize"}]
  |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
)x");
}

}  // namespace
}  // namespace hone
