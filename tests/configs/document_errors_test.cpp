#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(CompressErrors, SayWhatIsWrongWithEachLimit) {
  EXPECT_EQ(mistakes_in(builtin_spec({"compress = {limits = [\"siz <= 25%\", \"size <= 5 bananas\", "
                                      "\"accuracy_drop <= 1KiB\"]}"})),
            R"x(error[compress::bad-limit]: limit `siz <= 25%`: unknown figure `siz`
  --> nightly.toml:6:23
6 | compress = {limits = ["siz <= 25%", "size <= 5 bananas", "accuracy_drop <= 1KiB"]}
  |                       ^^^^^^^^^^^^ did you mean `size`?
error[compress::bad-limit]: limit `size <= 5 bananas`: the unit must be `B`, `KiB`, `MiB`, `%` or `x` (is `bananas`)
  --> nightly.toml:6:37
6 | compress = {limits = ["siz <= 25%", "size <= 5 bananas", "accuracy_drop <= 1KiB"]}
  |                                     ^^^^^^^^^^^^^^^^^^^
error[compress::bad-limit]: limit `accuracy_drop <= 1KiB`: the unit must be no unit, `pt` or `%rel` (is `KiB`)
  --> nightly.toml:6:58
6 | compress = {limits = ["siz <= 25%", "size <= 5 bananas", "accuracy_drop <= 1KiB"]}
  |                                                          ^^^^^^^^^^^^^^^^^^^^^^^
)x");
}

TEST(CompressErrors, LimitsAreFiguresOfTheTask) {
  EXPECT_EQ(mistakes_in(builtin_spec({"compress = {limits = [\"rmse_drop <= 1%rel\", \"loss_drop <= 1%rel\"]}"})),
            R"x(error[compress::bad-limit]: limit `rmse_drop <= 1%rel`: `rmse` does not exist for classification
  --> nightly.toml:6:23
6 | compress = {limits = ["rmse_drop <= 1%rel", "loss_drop <= 1%rel"]}
  |                       ^^^^^^^^^^^^^^^^^^^^
)x");
}

TEST(OverrideErrors, SayWhichOverrideIsWrong) {
  EXPECT_EQ(mistakes_in(builtin_spec(), {"budget.trials=0", "study.nam=\"x\""}),
            R"x(error[spec::unknown-key]: unknown key `nam` in [study]
  did you mean `name`?
note: from `--set study.nam="x"`
error[spec::out-of-range]: budget.trials must be at least 1 (is 0)
note: from `--set budget.trials=0`
)x");
}

TEST(OverrideErrors, WantAKeyAndAValue) {
  EXPECT_EQ(mistakes_in(builtin_spec(), {"budget", "budget.trials=", "budget.trials.x=3", "tags[0]=3", "a b=3"}),
            R"x(error[spec::bad-override]: `--set budget` names no key
  write --set 'section.key=value'
note: from `--set budget`
error[spec::bad-override]: `--set budget.trials=` gives no TOML value
  write --set 'section.key=value'
note: from `--set budget.trials=`
error[spec::bad-override]: `--set budget.trials.x=3` cannot be set: `x` lies inside an integer
note: from `--set budget.trials.x=3`
error[spec::bad-override]: `--set tags[0]=3` cannot be set: there is no item [0]
note: from `--set tags[0]=3`
error[spec::bad-override]: `--set a b=3` names no key
  write --set 'section.key=value'
note: from `--set a b=3`
)x");
}

TEST(OverrideErrors, WarnAboutBareWords) {
  EXPECT_EQ(mistakes_in(builtin_spec(), {"study.name=fast"}), R"x(warning[spec::bare-word]: `fast` is taken as a text
  write "fast"
note: from `--set study.name=fast`
)x");
}

TEST(OverrideErrors, TakeNumbersThatAreNoneForTexts) {
  EXPECT_EQ(mistakes_in(builtin_spec(), {"trainer.learning_rate=.5", "budget.target=nan"}),
            R"x(warning[spec::bare-word]: `.5` is taken as a text
  write 0.5 for a number
note: from `--set trainer.learning_rate=.5`
error[spec::not-finite]: budget.target must be a finite number (is nan)
note: from `--set budget.target=nan`
error[spec::wrong-type]: trainer.learning_rate must be a number (is ".5")
note: from `--set trainer.learning_rate=.5`
)x");
}

TEST(EnvironmentErrors, NameUnsetVariables) {
  EXPECT_EQ(mistakes_in(builtin_spec({"dataset = {source = \"${env:HONE_TEST_UNSET}/x.csv\", target = 1}"})),
            R"x(error[spec::env-unset]: environment variable `HONE_TEST_UNSET` is not set
  --> nightly.toml:1:21
1 | dataset = {source = "${env:HONE_TEST_UNSET}/x.csv", target = 1}
  |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ set it or write ${env:HONE_TEST_UNSET:-default}
)x");
}

TEST(EnvironmentErrors, WantAName) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"dataset = {source = \"${env:}/x.csv\", target = 1}", "study = {name = \"${env:X\"}"})),
      R"x(error[spec::bad-env]: `${env:}` names no variable
  --> nightly.toml:1:21
1 | dataset = {source = "${env:}/x.csv", target = 1}
  |                     ^^^^^^^^^^^^^^^ write ${env:NAME} or ${env:NAME:-default}
error[spec::bad-env]: `${env:` has no closing `}`
  --> nightly.toml:6:17
6 | study = {name = "${env:X"}
  |                 ^^^^^^^^^
)x");
}

TEST(DocumentErrors, StopAtTheFirstSyntaxError) {
  EXPECT_EQ(mistakes_in(builtin_spec({"model = {family = mlp}", "budget = {trials = 0}"})),
            R"x(error[spec::syntax]: this is no TOML: Error while parsing value: could not determine value type
  --> nightly.toml:4:19
4 | model = {family = mlp}
  |                   ^
)x");
}

TEST(DocumentErrors, NameMissingIncludes) {
  EXPECT_EQ(mistakes_in(builtin_spec({"include = [\"none.toml\", 3, {path = \"x\"}]"})),
            R"x(error[spec::include-missing]: included file `none.toml` does not exist
  --> nightly.toml:6:12
6 | include = ["none.toml", 3, {path = "x"}]
  |            ^^^^^^^^^^^ looked for /specs/none.toml
error[spec::bad-include]: an include must be a file name or {file = "…", optional = true}
  --> nightly.toml:6:25
6 | include = ["none.toml", 3, {path = "x"}]
  |                         ^
error[spec::bad-include]: an include must be a file name or {file = "…", optional = true}
  --> nightly.toml:6:28
6 | include = ["none.toml", 3, {path = "x"}]
  |                            ^^^^^^^^^^^^
)x");
}

}  // namespace
}  // namespace hone
