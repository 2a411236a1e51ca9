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
                                      "bounds = [1, 0], units = \"s\"}"})),
            R"x(error[spec::unknown-word]: objective.goal must be one of minimize, maximize (is minimise)
  --> nightly.toml:2:42
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], units = "s"}
  |                                          ^^^^^^^^^^ did you mean `minimize`?
error[spec::unknown-word]: objective.from must be last, best or mean:K, such as mean:3 (is mean:0)
  --> nightly.toml:2:61
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], units = "s"}
  |                                                             ^^^^^^^^
error[spec::out-of-range]: objective.bounds must rise (are 1 and 0)
  --> nightly.toml:2:80
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], units = "s"}
  |                                                                                ^^^^^^
error[spec::unknown-key]: unknown key `units` in [objective]
  --> nightly.toml:2:88
2 | objective = {metric = "val_loss", goal = "minimise", from = "mean:0", bounds = [1, 0], units = "s"}
  |                                                                                        ^^^^^ did you mean `unit`?
)x");
}

TEST(ObjectiveErrors, RefuseSeveralOfOneMetricAndACompressionOfThem) {
  EXPECT_EQ(mistakes_in(builtin_spec({"objective = [{metric = \"val_iou\", goal = \"maximize\"}, {metric = "
                                      "\"val_iou\", goal = \"maximize\"}]",
                                      "compress = {}"})),
            R"x(error[spec::unknown-metric]: no built-in trainer reports `val_iou`
  --> nightly.toml:2:24
2 | objective = [{metric = "val_iou", goal = "maximize"}, {metric = "val_iou", goal = "maximize"}]
  |                        ^^^^^^^^^
error[spec::out-of-range]: `val_iou` is the metric of two objectives
  --> nightly.toml:2:65
2 | objective = [{metric = "val_iou", goal = "maximize"}, {metric = "val_iou", goal = "maximize"}]
  |                                                                 ^^^^^^^^^
error[spec::unknown-metric]: no built-in trainer reports `val_iou`
  --> nightly.toml:2:65
2 | objective = [{metric = "val_iou", goal = "maximize"}, {metric = "val_iou", goal = "maximize"}]
  |                                                                 ^^^^^^^^^
error[spec::several-objectives]: [compress] needs one best trial, and there are 2 objectives
  --> nightly.toml:6:1
6 | compress = {}
  | ^^^^^^^^ remove [compress], or keep one objective
)x");
}

TEST(ObjectiveErrors, WantATolerancePerObjectiveButTheLast) {
  EXPECT_EQ(mistakes_in(command_spec({"objective = [{metric = \"acc\", goal = \"maximize\"}, {metric = \"ms\", goal = "
                                      "\"minimize\", tolerance = \"5%\"}]"})),
            R"x(error[spec::bad-tolerance]: tolerance belongs to every objective but the last, or to none
  --> nightly.toml:1:98
1 | objective = [{metric = "acc", goal = "maximize"}, {metric = "ms", goal = "minimize", tolerance = "5%"}]
  |                                                                                                  ^^^^
)x");
}

TEST(ObjectiveErrors, CheckNoiseAndTolerance) {
  EXPECT_EQ(mistakes_in(command_spec({"objective = [{metric = \"acc\", goal = \"maximize\", tolerance = 5, noise = "
                                      "-0.1}, {metric = \"ms\", goal = \"minimize\", noise = \"some\"}]"})),
            R"x(error[spec::bare-number]: objective[0].tolerance must be a share such as "20%" (is 5)
  --> nightly.toml:1:62
1 | objective = [{metric = "acc", goal = "maximize", tolerance = 5, noise = -0.1}, {metric = "ms", goal = "minimize", noise = "some"}]
  |                                                              ^ write "5%"
error[spec::out-of-range]: objective[0].noise must be at least 0 (is -0.1)
  --> nightly.toml:1:73
1 | objective = [{metric = "acc", goal = "maximize", tolerance = 5, noise = -0.1}, {metric = "ms", goal = "minimize", noise = "some"}]
  |                                                                         ^^^^
error[spec::wrong-type]: objective[1].noise must be "auto", "none" or a standard deviation (is "some")
  --> nightly.toml:1:123
1 | objective = [{metric = "acc", goal = "maximize", tolerance = 5, noise = -0.1}, {metric = "ms", goal = "minimize", noise = "some"}]
  |                                                                                                                           ^^^^^^
)x");
}

}  // namespace
}  // namespace hone
