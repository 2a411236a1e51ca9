#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(KindErrors, ProposeKinds) {
  EXPECT_EQ(mistakes_in(builtin_spec({"sampler = {kind = \"tbe\"}", "scheduler = {kind = \"ash\"}",
                                      "model = {family = \"mpl\"}", "trainer = {kind = \"builtins\"}"})),
            R"x(error[spec::unknown-word]: trainer.kind must be one of builtin, command (is builtins)
  --> nightly.toml:3:19
3 | trainer = {kind = "builtins"}
  |                   ^^^^^^^^^^ did you mean `builtin`?
error[spec::unknown-word]: model.family must be one of linear, mlp, cnn (is mpl)
  --> nightly.toml:4:19
4 | model = {family = "mpl"}
  |                   ^^^^^ did you mean `mlp`?
error[spec::unknown-word]: sampler.kind must be one of auto, random, tpe (is tbe)
  --> nightly.toml:6:19
6 | sampler = {kind = "tbe"}
  |                   ^^^^^ did you mean `tpe`?
error[spec::unknown-word]: scheduler.kind must be one of auto, none, asha (is ash)
  --> nightly.toml:7:21
7 | scheduler = {kind = "ash"}
  |                     ^^^^^ did you mean `asha`?
)x");
}

TEST(KindErrors, SayThatAKindIsNotBuilt) {
  EXPECT_EQ(mistakes_in(builtin_spec({"sampler = {kind = \"limbo\"}"})),
            R"x(error[spec::not-built]: sampler.kind `limbo` is not built into this hone
  --> nightly.toml:6:19
6 | sampler = {kind = "limbo"}
  |                   ^^^^^^^ built by cmake -DHONE_WITH_LIMBO=ON -DLIMBO_ROOT=FOLDER
)x");
}

TEST(KindErrors, RefuseOptionsOfAnotherSampler) {
  EXPECT_EQ(mistakes_in(builtin_spec({"sampler = {kind = \"random\", tpe = {candidates = 3}}"})),
            R"x(error[spec::unused-option]: [sampler] of kind `random` does not read `tpe`
  --> nightly.toml:6:29
6 | sampler = {kind = "random", tpe = {candidates = 3}}
  |                             ^^^ read by kind = "tpe"
)x");
}

TEST(KindErrors, WantOptionsOfASamplerInItsTable) {
  EXPECT_EQ(mistakes_in(builtin_spec({"sampler = {candidates = 3, tpe = {candidates = 0, candidate = 3}}"})),
            R"x(error[spec::unused-option]: [sampler] of kind `auto` does not read `candidates`
  --> nightly.toml:6:12
6 | sampler = {candidates = 3, tpe = {candidates = 0, candidate = 3}}
  |            ^^^^^^^^^^ write `tpe.candidates`
error[spec::out-of-range]: sampler.tpe.candidates must be at least 1 (is 0)
  --> nightly.toml:6:48
6 | sampler = {candidates = 3, tpe = {candidates = 0, candidate = 3}}
  |                                                ^
error[spec::unknown-key]: unknown key `candidate` in [sampler.tpe]
  --> nightly.toml:6:51
6 | sampler = {candidates = 3, tpe = {candidates = 0, candidate = 3}}
  |                                                   ^^^^^^^^^ did you mean `candidates`?
)x");
}

TEST(KindErrors, RefuseOptionsOfAnotherScheduler) {
  EXPECT_EQ(mistakes_in(builtin_spec({"scheduler = {kind = \"none\", eta = 3, etta = 4}"})),
            R"x(error[spec::unused-option]: [scheduler] of kind `none` does not read `eta`
  --> nightly.toml:6:29
6 | scheduler = {kind = "none", eta = 3, etta = 4}
  |                             ^^^ read by asha
error[spec::unknown-key]: unknown key `etta` in [scheduler]
  --> nightly.toml:6:38
6 | scheduler = {kind = "none", eta = 3, etta = 4}
  |                                      ^^^^
)x");
}

TEST(KindErrors, RefuseOptionsOfAnotherFamily) {
  EXPECT_EQ(mistakes_in(builtin_spec({"model = {family = \"linear\", width = 3, blocks = 2, optimizer = \"sgd\"}"})),
            R"x(error[spec::unused-option]: family `linear` does not read `width`
  --> nightly.toml:4:29
4 | model = {family = "linear", width = 3, blocks = 2, optimizer = "sgd"}
  |                             ^^^^^ read by mlp, cnn
error[spec::unused-option]: family `linear` does not read `blocks`
  --> nightly.toml:4:40
4 | model = {family = "linear", width = 3, blocks = 2, optimizer = "sgd"}
  |                                        ^^^^^^ read by cnn
error[spec::unused-option]: family `linear` does not read `optimizer`
  --> nightly.toml:4:52
4 | model = {family = "linear", width = 3, blocks = 2, optimizer = "sgd"}
  |                                                    ^^^^^^^^^ an option of [trainer]
)x");
}

TEST(KindErrors, RefuseCommandKeysInBuiltin) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"trainer = {kind = \"builtin\", command = [\"x\"], width = 3, learning_rat = 1}"})),
      R"x(error[spec::unused-option]: kind = "builtin" does not read `command`
  --> nightly.toml:3:30
3 | trainer = {kind = "builtin", command = ["x"], width = 3, learning_rat = 1}
  |                              ^^^^^^^ read by kind = "command"
error[spec::unused-option]: kind = "builtin" does not read `width`
  --> nightly.toml:3:47
3 | trainer = {kind = "builtin", command = ["x"], width = 3, learning_rat = 1}
  |                                               ^^^^^ an option of [model]
error[spec::unknown-key]: unknown key `learning_rat` in [trainer]
  --> nightly.toml:3:58
3 | trainer = {kind = "builtin", command = ["x"], width = 3, learning_rat = 1}
  |                                                          ^^^^^^^^^^^^ did you mean `learning_rate`?
)x");
}

TEST(KindErrors, RefuseTrainerOptionsInCommands) {
  EXPECT_EQ(
      mistakes_in(command_spec({"trainer = {kind = \"command\", command = [\"./t\"], learning_rate = 3, comand = 1}"})),
      R"x(error[spec::unused-option]: kind = "command" does not read `learning_rate`
  --> nightly.toml:2:49
2 | trainer = {kind = "command", command = ["./t"], learning_rate = 3, comand = 1}
  |                                                 ^^^^^^^^^^^^^ read by kind = "builtin"
error[spec::unknown-key]: unknown key `comand` in [trainer]
  --> nightly.toml:2:68
2 | trainer = {kind = "command", command = ["./t"], learning_rate = 3, comand = 1}
  |                                                                    ^^^^^^ did you mean `command`?
)x");
}

TEST(KindErrors, AshaNeedsAFidelity) {
  EXPECT_EQ(mistakes_in(builtin_spec({"scheduler = {kind = \"asha\"}"})),
            R"x(error[spec::missing-section]: scheduler asha needs [fidelity] with max: the rungs lie below it
  --> nightly.toml:6:21
6 | scheduler = {kind = "asha"}
  |                     ^^^^^^
)x");
}

TEST(KindErrors, BuiltinCountsWholeEpochs) {
  EXPECT_EQ(mistakes_in(builtin_spec({"fidelity = {unit = \"steps\", min = 1.5, max = 3}"})),
            R"x(error[spec::unknown-word]: fidelity.unit must be epochs for a built-in trainer (is steps)
  --> nightly.toml:6:20
6 | fidelity = {unit = "steps", min = 1.5, max = 3}
  |                    ^^^^^^^
error[spec::wrong-type]: fidelity.min must be a whole number of epochs (is 1.5)
  --> nightly.toml:6:35
6 | fidelity = {unit = "steps", min = 1.5, max = 3}
  |                                   ^^^
)x");
}

}  // namespace
}  // namespace hone
