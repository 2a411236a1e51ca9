#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(ValueErrors, NamesWrongTypes) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {trials = \"30\", units = true, failures = 1.5}",
                                      "study = {tags = \"a\", cache = 1979-05-27}"})),
            R"x(error[spec::wrong-type]: budget.trials must be an integer (is "30")
  --> nightly.toml:5:20
5 | budget = {trials = "30", units = true, failures = 1.5}
  |                    ^^^^
error[spec::wrong-type]: budget.units must be a number (is true)
  --> nightly.toml:5:34
5 | budget = {trials = "30", units = true, failures = 1.5}
  |                                  ^^^^
error[spec::wrong-type]: budget.failures must be an integer (is 1.5)
  --> nightly.toml:5:51
5 | budget = {trials = "30", units = true, failures = 1.5}
  |                                                   ^^^
error[spec::wrong-type]: study.tags must be a list of texts (is "a")
  --> nightly.toml:6:17
6 | study = {tags = "a", cache = 1979-05-27}
  |                 ^^^
error[spec::wrong-type]: study.cache must be true or false (is a date or time)
  --> nightly.toml:6:30
6 | study = {tags = "a", cache = 1979-05-27}
  |                              ^^^^^^^^^^
)x");
}

TEST(ValueErrors, NamesValuesOutOfRange) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {trials = 0, units = 0.0}", "resources = {slots = 5000}"})),
            R"x(error[spec::out-of-range]: budget.trials must be at least 1 (is 0)
  --> nightly.toml:5:20
5 | budget = {trials = 0, units = 0.0}
  |                    ^
error[spec::out-of-range]: budget.units must be above 0 (is 0)
  --> nightly.toml:5:31
5 | budget = {trials = 0, units = 0.0}
  |                               ^^^
error[spec::out-of-range]: resources.slots must be at most 4096 (is 5000)
  --> nightly.toml:6:22
6 | resources = {slots = 5000}
  |                      ^^^^
)x");
}

TEST(ValueErrors, SaysHowToWriteBareNumbers) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {wall = 30}", "resources = {grace = 1.5}"})),
            R"x(error[spec::bare-number]: budget.wall must be a duration such as "30m" (is 30)
  --> nightly.toml:5:18
5 | budget = {wall = 30}
  |                  ^^ write "30s", "30m" or "30h"
error[spec::bare-number]: resources.grace must be a duration such as "30m" (is 1.5)
  --> nightly.toml:6:22
6 | resources = {grace = 1.5}
  |                      ^^^ write "1.5s", "1.5m" or "1.5h"
)x");
}

TEST(ValueErrors, RefusesDurationsWithoutAKnownUnit) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {wall = \"30x\"}", "resources = {grace = true, stall = \"0s\"}"})),
            R"x(error[spec::wrong-type]: budget.wall must be a duration such as "30m" (is "30x")
  --> nightly.toml:5:18
5 | budget = {wall = "30x"}
  |                  ^^^^^
error[spec::wrong-type]: resources.grace must be a duration such as "30m" (is true)
  --> nightly.toml:6:22
6 | resources = {grace = true, stall = "0s"}
  |                      ^^^^
error[spec::out-of-range]: resources.stall must be longer than 0 (is "0s")
  --> nightly.toml:6:36
6 | resources = {grace = true, stall = "0s"}
  |                                    ^^^^
)x");
}

TEST(ValueErrors, ProposesWords) {
  EXPECT_EQ(mistakes_in(builtin_spec({"study = {order = \"strickt\"}", "report = {html = \"yes\"}"})),
            R"x(error[spec::unknown-word]: study.order must be one of free, strict (is strickt)
  --> nightly.toml:6:18
6 | study = {order = "strickt"}
  |                  ^^^^^^^^^ did you mean `strict`?
error[spec::wrong-type]: report.html must be true or false (is "yes")
  --> nightly.toml:7:18
7 | report = {html = "yes"}
  |                  ^^^^^
)x");
}

TEST(ValueErrors, RefusesNanAndInf) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {trials = 3, target = nan}",
                                      "objective = {metric = \"val_loss\", goal = \"minimize\", bounds = [0, inf]}"})),
            R"x(error[spec::not-finite]: objective.bounds[1] must be a finite number (is inf)
  --> nightly.toml:2:67
2 | objective = {metric = "val_loss", goal = "minimize", bounds = [0, inf]}
  |                                                                   ^^^
error[spec::not-finite]: budget.target must be a finite number (is nan)
  --> nightly.toml:5:32
5 | budget = {trials = 3, target = nan}
  |                                ^^^
)x");
}

TEST(ValueErrors, ChecksItemsOfLists) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"dataset = {source = \"x.csv\", target = 1, shape = [1, 0, \"8\"], drop = [\"a\", 3]}",
                                "compress = {quantize = {formats = [\"int4\", \"int8\"]}}"})),
      R"x(error[spec::out-of-range]: dataset.shape[1] must be at least 1 (is 0)
  --> nightly.toml:1:54
1 | dataset = {source = "x.csv", target = 1, shape = [1, 0, "8"], drop = ["a", 3]}
  |                                                      ^
error[spec::wrong-type]: dataset.shape[2] must be an integer (is "8")
  --> nightly.toml:1:57
1 | dataset = {source = "x.csv", target = 1, shape = [1, 0, "8"], drop = ["a", 3]}
  |                                                         ^^^
error[spec::wrong-type]: dataset.drop[1] must be a text in quotes (is 3)
  --> nightly.toml:1:76
1 | dataset = {source = "x.csv", target = 1, shape = [1, 0, "8"], drop = ["a", 3]}
  |                                                                            ^
error[spec::unknown-word]: compress.quantize.formats[0] must be one of fp32, int8 (is int4)
  --> nightly.toml:6:36
6 | compress = {quantize = {formats = ["int4", "int8"]}}
  |                                    ^^^^^^ did you mean `int8`?
)x");
}

TEST(ValueErrors, ChecksTheDataset) {
  EXPECT_EQ(mistakes_in(builtin_spec({"dataset = {source = \"x.csv\", target = 0, shape = [8, 8], separator = \";;\", "
                                      "split = {validation = 0.6, test = 0.5}, header = \"maybe\"}"})),
            R"x(error[spec::out-of-range]: dataset.target must be a column from 1 or from the end, -1 (is 0)
  --> nightly.toml:1:39
1 | dataset = {source = "x.csv", target = 0, shape = [8, 8], separator = ";;", split = {validation = 0.6, test = 0.5}, header = "maybe"}
  |                                       ^
error[spec::out-of-range]: dataset.shape must be [channels, height, width] (has 2 numbers)
  --> nightly.toml:1:50
1 | dataset = {source = "x.csv", target = 0, shape = [8, 8], separator = ";;", split = {validation = 0.6, test = 0.5}, header = "maybe"}
  |                                                  ^^^^^^
error[spec::out-of-range]: dataset.separator must be auto or one character (is ";;")
  --> nightly.toml:1:70
1 | dataset = {source = "x.csv", target = 0, shape = [8, 8], separator = ";;", split = {validation = 0.6, test = 0.5}, header = "maybe"}
  |                                                                      ^^^^
error[spec::out-of-range]: dataset.split.validation and test must leave rows to train on (are 0.6 and 0.5)
  --> nightly.toml:1:84
1 | dataset = {source = "x.csv", target = 0, shape = [8, 8], separator = ";;", split = {validation = 0.6, test = 0.5}, header = "maybe"}
  |                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
error[spec::unknown-word]: dataset.header must be one of auto, true, false (is maybe)
  --> nightly.toml:1:125
1 | dataset = {source = "x.csv", target = 0, shape = [8, 8], separator = ";;", split = {validation = 0.6, test = 0.5}, header = "maybe"}
  |                                                                                                                             ^^^^^^^
)x");
}

TEST(ValueErrors, RefusesNamesThatAreNoFolder) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"study = {name = \"a/b\"}"})),
      R"x(error[spec::bad-name]: study.name must be usable as a folder: 1 to 100 characters, no slash, no leading dot (is "a/b")
  --> nightly.toml:6:17
6 | study = {name = "a/b"}
  |                 ^^^^^
)x");
}

TEST(ValueErrors, WantsARisingFidelity) {
  EXPECT_EQ(mistakes_in(builtin_spec({"fidelity = {min = 9, max = 3}"})),
            R"x(error[spec::out-of-range]: fidelity.min must be at most max, 3 (is 9)
  --> nightly.toml:6:19
6 | fidelity = {min = 9, max = 3}
  |                   ^
)x");
}

TEST(ValueErrors, ChecksSubTables) {
  EXPECT_EQ(mistakes_in(builtin_spec(
                {"compress = {prune = {importance = \"obss\", keep = 1}, distill = 3, source = \"other\"}"})),
            R"x(error[spec::unknown-word]: compress.prune.importance must be one of obs, l1 (is obss)
  --> nightly.toml:6:35
6 | compress = {prune = {importance = "obss", keep = 1}, distill = 3, source = "other"}
  |                                   ^^^^^^ did you mean `obs`?
error[spec::unknown-key]: unknown key `keep` in [compress.prune]
  --> nightly.toml:6:43
6 | compress = {prune = {importance = "obss", keep = 1}, distill = 3, source = "other"}
  |                                           ^^^^
error[spec::wrong-type]: compress.distill must be a table (is 3)
  --> nightly.toml:6:64
6 | compress = {prune = {importance = "obss", keep = 1}, distill = 3, source = "other"}
  |                                                                ^
error[spec::unknown-word]: compress.source must be one of best (is other)
  --> nightly.toml:6:76
6 | compress = {prune = {importance = "obss", keep = 1}, distill = 3, source = "other"}
  |                                                                            ^^^^^^^
)x");
}

}  // namespace
}  // namespace hone
