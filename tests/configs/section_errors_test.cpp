#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(SectionErrors, NamesUnknownSectionsAndKeys) {
  EXPECT_EQ(mistakes_in(builtin_spec({"modle = {family = \"mlp\"}", "seed = 3"})),
            R"x(error[spec::unknown-key]: unknown section [modle]
  --> nightly.toml:6:1
6 | modle = {family = "mlp"}
  | ^^^^^ did you mean `model`?
error[spec::unknown-key]: unknown key `seed` outside of a section
  --> nightly.toml:7:1
7 | seed = 3
  | ^^^^ write it in [study]
)x");
}

TEST(SectionErrors, NamesUnknownKeysOfASection) {
  EXPECT_EQ(mistakes_in(builtin_spec({"budget = {trails = 30, wall = \"1h\"}"})),
            R"x(error[spec::unknown-key]: unknown key `trails` in [budget]
  --> nightly.toml:5:11
5 | budget = {trails = 30, wall = "1h"}
  |           ^^^^^^ did you mean `trials`?
)x");
}

TEST(SectionErrors, AsksForMissingSections) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"-dataset", "-model", "-budget", "-objective"})),
      R"x(error[spec::missing-section]: nightly.toml has no section [objective]: What is made better; a table, or a list of several.
error[spec::missing-section]: nightly.toml has no section [budget]: What the study may spend; the first limit that is reached ends it.
error[spec::missing-section]: nightly.toml has no section [dataset]: The rows to learn from and how they are split; built-in trainers only.
error[spec::missing-section]: nightly.toml has no section [model]: The architecture; options of the family stand beside it; built-in trainers only.
)x");
}

TEST(SectionErrors, AsksForATrainer) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"-trainer"})),
      R"x(error[spec::missing-section]: nightly.toml has no section [trainer]: Who trains: hone itself, with its options beside `kind`, or your command.
)x");
}

TEST(SectionErrors, AsksForMissingKeys) {
  EXPECT_EQ(
      mistakes_in(builtin_spec({"dataset = {}", "objective = {from = \"best\"}", "model = {}", "trainer = {}",
                                "budget = {target = 0.9}", "fidelity = {}"})),
      R"x(error[spec::missing-key]: [dataset] needs `source`: the file or folder with the rows, relative to the spec file; or {train, validation, test}, a file for each part
  --> nightly.toml:1:11
1 | dataset = {}
  |           ^^
error[spec::missing-key]: [dataset] needs `target`: column of a table to predict: its name, or its number from 1, -1 = the last
  --> nightly.toml:1:11
1 | dataset = {}
  |           ^^
error[spec::missing-key]: [objective] needs `metric`: what is judged: val_accuracy and the like, or a name the command reports
  --> nightly.toml:2:13
2 | objective = {from = "best"}
  |             ^^^^^^^^^^^^^^^
error[spec::missing-key]: [objective] needs `goal`: direction that is better
  --> nightly.toml:2:13
2 | objective = {from = "best"}
  |             ^^^^^^^^^^^^^^^
error[spec::missing-key]: [trainer] needs `kind`: builtin: hone trains; command: your program does
  --> nightly.toml:3:11
3 | trainer = {}
  |           ^^
error[spec::missing-key]: [model] needs `family`: architecture; its options stand beside it
  --> nightly.toml:4:9
4 | model = {}
  |         ^^
error[spec::missing-key]: [budget] needs at least one of trials, units and wall
  --> nightly.toml:5:10
5 | budget = {target = 0.9}
  |          ^^^^^^^^^^^^^^
error[spec::missing-key]: [fidelity] needs `max`: what one trial may be given, all launches together
  --> nightly.toml:6:12
6 | fidelity = {}
  |            ^^
)x");
}

TEST(SectionErrors, WantsTables) {
  EXPECT_EQ(mistakes_in(builtin_spec({"model = \"mlp\"", "report = [1]"})),
            R"x(error[spec::wrong-type]: [model] must be a table (is "mlp")
  --> nightly.toml:4:9
4 | model = "mlp"
  |         ^^^^^
error[spec::wrong-type]: [report] must be a table (is a list)
  --> nightly.toml:6:10
6 | report = [1]
  |          ^^^
)x");
}

TEST(SectionErrors, RefusesSectionsACommandDoesNotRead) {
  EXPECT_EQ(mistakes_in(command_spec({"dataset = {source = \"x.csv\", target = 1}", "compress = {}"})),
            R"x(error[spec::unused-section]: [dataset] is not read where [trainer] kind is command
  --> nightly.toml:5:1
5 | dataset = {source = "x.csv", target = 1}
  | ^^^^^^^ remove it, or write kind = "builtin"
error[spec::unused-section]: [compress] is not read where [trainer] kind is command
  --> nightly.toml:6:1
6 | compress = {}
  | ^^^^^^^^ remove it, or write kind = "builtin"
)x");
}

}  // namespace
}  // namespace hone
