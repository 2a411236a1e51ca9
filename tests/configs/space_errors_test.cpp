#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(SpaceErrors, NameUnknownOptions) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space = {learning_rat = {type = \"float\", low = 1e-5, high = 1e-1}, blocks = "
                                      "{type = \"int\", low = 1, high = 2}}"})),
            R"x(error[spec::unknown-key]: unknown key `learning_rat` in [space]
  --> nightly.toml:6:10
6 | space = {learning_rat = {type = "float", low = 1e-5, high = 1e-1}, blocks = {type = "int", low = 1, high = 2}}
  |          ^^^^^^^^^^^^ did you mean `learning_rate`?
error[spec::unknown-key]: unknown key `blocks` in [space]
  --> nightly.toml:6:68
6 | space = {learning_rat = {type = "float", low = 1e-5, high = 1e-1}, blocks = {type = "int", low = 1, high = 2}}
  |                                                                    ^^^^^^ an option of family cnn, not of `mlp`
)x");
}

TEST(SpaceErrors, RefuseWhatIsFixedToo) {
  EXPECT_EQ(mistakes_in(builtin_spec(
                {"model = {family = \"mlp\", width = 12}", "space.width = {type = \"int\", low = 1, high = 9}"})),
            R"x(error[spec::fixed-and-searched]: `width` is searched here and fixed in [model]
  --> nightly.toml:6:7
6 | space.width = {type = "int", low = 1, high = 9}
  |       ^^^^^ keep one of the two
note: fixed at nightly.toml:4:26
)x");
}

TEST(SpaceErrors, RefuseWhatCannotBeSearched) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space.patience = {type = \"int\", low = 1, high = 9}"})),
            R"x(error[spec::not-searchable]: `patience` can only be fixed in [trainer], not searched
  --> nightly.toml:6:7
6 | space.patience = {type = "int", low = 1, high = 9}
  |       ^^^^^^^^
)x");
}

TEST(SpaceErrors, AskWhichSectionIsMeant) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space.dropout = {type = \"float\", low = 0, high = 0.5}"})),
            R"x(error[spec::ambiguous-name]: `dropout` is an option of [model] and of [trainer]
  --> nightly.toml:6:7
6 | space.dropout = {type = "float", low = 0, high = 0.5}
  |       ^^^^^^^ write `model.dropout` or `trainer.dropout`
)x");
}

TEST(SpaceErrors, CheckRangesOfOptions) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space.width = {type = \"int\", low = 0, high = 5000}", "spaces = 1"})),
            R"x(error[spec::out-of-range]: space.width.low must be at least 1 (is 0)
  --> nightly.toml:6:36
6 | space.width = {type = "int", low = 0, high = 5000}
  |                                    ^
error[spec::out-of-range]: space.width.high must be at most 4096 (is 5000)
  --> nightly.toml:6:46
6 | space.width = {type = "int", low = 0, high = 5000}
  |                                              ^^^^
error[spec::unknown-key]: unknown key `spaces` outside of a section
  --> nightly.toml:7:1
7 | spaces = 1
  | ^^^^^^ did you mean `space`?
)x");
}

TEST(SpaceErrors, CheckTypesOfOptions) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space = {width = {type = \"float\", low = 1, high = 9}, nesterov = {type = "
                                      "\"int\", low = 0, high = 1}, optimizer = {type = \"bool\"}}"})),
            R"x(error[spec::wrong-type]: space.width must give an integer, which type float does not
  --> nightly.toml:6:26
6 | space = {width = {type = "float", low = 1, high = 9}, nesterov = {type = "int", low = 0, high = 1}, optimizer = {type = "bool"}}
  |                          ^^^^^^^
error[spec::wrong-type]: space.nesterov must give true or false, which type int does not
  --> nightly.toml:6:74
6 | space = {width = {type = "float", low = 1, high = 9}, nesterov = {type = "int", low = 0, high = 1}, optimizer = {type = "bool"}}
  |                                                                          ^^^^^
error[spec::wrong-type]: space.optimizer must give one of adamw, sgd, which type bool does not
  --> nightly.toml:6:121
6 | space = {width = {type = "float", low = 1, high = 9}, nesterov = {type = "int", low = 0, high = 1}, optimizer = {type = "bool"}}
  |                                                                                                                         ^^^^^^
)x");
}

TEST(SpaceErrors, CheckChoicesOfOptions) {
  EXPECT_EQ(mistakes_in(builtin_spec({"space = {width = {type = \"ordinal\", choices = [16, 1.5]}, optimizer = {type = "
                                      "\"categorical\", choices = [\"adamw\", \"sdg\"]}}"})),
            R"x(error[spec::wrong-type]: space.width.choices[0] must be an integer (is 16)
  --> nightly.toml:6:48
6 | space = {width = {type = "ordinal", choices = [16, 1.5]}, optimizer = {type = "categorical", choices = ["adamw", "sdg"]}}
  |                                                ^^
error[spec::wrong-type]: space.width.choices[1] must be an integer (is 1.5)
  --> nightly.toml:6:52
6 | space = {width = {type = "ordinal", choices = [16, 1.5]}, optimizer = {type = "categorical", choices = ["adamw", "sdg"]}}
  |                                                    ^^^
error[spec::unknown-word]: space.optimizer.choices[1] must be one of adamw, sgd (is sdg)
  --> nightly.toml:6:114
6 | space = {width = {type = "ordinal", choices = [16, 1.5]}, optimizer = {type = "categorical", choices = ["adamw", "sdg"]}}
  |                                                                                                                  ^^^^^ did you mean `sgd`?
)x");
}

TEST(SpaceErrors, CheckNames) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {\"a b\" = {type = \"bool\"}, and = {type = \"bool\"}, lr = {type = "
                                      "\"bool\"}, LR = {type = \"bool\"}, seed = {type = \"bool\"}}"})),
            R"x(error[spec::bad-name]: a parameter's name must be letters, digits and _, no digit first (is `a b`)
  --> nightly.toml:4:10
4 | space = {"a b" = {type = "bool"}, and = {type = "bool"}, lr = {type = "bool"}, LR = {type = "bool"}, seed = {type = "bool"}}
  |          ^^^^^
error[spec::bad-name]: `and` is a word of expressions and cannot name a parameter
  --> nightly.toml:4:35
4 | space = {"a b" = {type = "bool"}, and = {type = "bool"}, lr = {type = "bool"}, LR = {type = "bool"}, seed = {type = "bool"}}
  |                                   ^^^
error[spec::name-clash]: `LR` and `lr` would be one environment variable
  --> nightly.toml:4:80
4 | space = {"a b" = {type = "bool"}, and = {type = "bool"}, lr = {type = "bool"}, LR = {type = "bool"}, seed = {type = "bool"}}
  |                                                                                ^^
error[spec::bad-name]: `{seed}` means something else in a command; choose another name
  --> nightly.toml:4:102
4 | space = {"a b" = {type = "bool"}, and = {type = "bool"}, lr = {type = "bool"}, LR = {type = "bool"}, seed = {type = "bool"}}
  |                                                                                                      ^^^^
)x");
}

TEST(SpaceErrors, WantATypeFirst) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = 3, a = {low = 1}, b = {type = \"flaot\"}}"})),
            R"x(error[spec::wrong-type]: space.lr must be a table such as {type = "float", low = 0.1, high = 1.0} (is 3)
  --> nightly.toml:4:15
4 | space = {lr = 3, a = {low = 1}, b = {type = "flaot"}}
  |               ^
error[spec::missing-key]: [space.a] needs `type`: kind of values; categorical has no order, ordinal has one
  --> nightly.toml:4:22
4 | space = {lr = 3, a = {low = 1}, b = {type = "flaot"}}
  |                      ^^^^^^^^^
error[spec::unknown-word]: space.b.type must be one of float, int, bool, categorical, ordinal (is flaot)
  --> nightly.toml:4:45
4 | space = {lr = 3, a = {low = 1}, b = {type = "flaot"}}
  |                                             ^^^^^^^ did you mean `float`?
)x");
}

TEST(SpaceErrors, WantARange) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"float\", high = 1}, b = {type = \"int\", low = 3, high "
                                      "= 3}, c = {type = \"int\", low = 0.5, high = 9}}"})),
            R"x(error[spec::missing-key]: [space.lr] needs `low`: smallest value, inclusive
  --> nightly.toml:4:15
4 | space = {lr = {type = "float", high = 1}, b = {type = "int", low = 3, high = 3}, c = {type = "int", low = 0.5, high = 9}}
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^
error[spec::out-of-range]: space.b.low must be below high, 3 (is 3)
  --> nightly.toml:4:68
4 | space = {lr = {type = "float", high = 1}, b = {type = "int", low = 3, high = 3}, c = {type = "int", low = 0.5, high = 9}}
  |                                                                    ^
error[spec::wrong-type]: space.c.low must be a whole number for type int (is 0.5)
  --> nightly.toml:4:107
4 | space = {lr = {type = "float", high = 1}, b = {type = "int", low = 3, high = 3}, c = {type = "int", low = 0.5, high = 9}}
  |                                                                                                           ^^^
)x");
}

TEST(SpaceErrors, WantLogAboveZero) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"float\", low = 0, high = 1, log = true}, b = {type = "
                                      "\"float\", low = 0, high = 1, log = \"yes\", step = 2}}"})),
            R"x(error[spec::out-of-range]: space.lr.low must be above 0 where log = true (is 0)
  --> nightly.toml:4:38
4 | space = {lr = {type = "float", low = 0, high = 1, log = true}, b = {type = "float", low = 0, high = 1, log = "yes", step = 2}}
  |                                      ^
error[spec::wrong-type]: space.b.log must be true, false or "reverse" (is "yes")
  --> nightly.toml:4:110
4 | space = {lr = {type = "float", low = 0, high = 1, log = true}, b = {type = "float", low = 0, high = 1, log = "yes", step = 2}}
  |                                                                                                              ^^^^^
error[spec::out-of-range]: space.b.step must be at most high - low, 1 (is 2)
  --> nightly.toml:4:124
4 | space = {lr = {type = "float", low = 0, high = 1, log = true}, b = {type = "float", low = 0, high = 1, log = "yes", step = 2}}
  |                                                                                                                            ^
)x");
}

TEST(SpaceErrors, WantTwoDistinctChoices) {
  EXPECT_EQ(mistakes_in(command_spec(
                {"space = {lr = {type = \"categorical\", choices = [\"a\"]}, b = {type = \"ordinal\", choices = [1, 2, "
                 "1.0]}, c = {type = \"ordinal\", choices = [1, \"2\"]}, d = {type = \"ordinal\"}}"})),
            R"x(error[spec::out-of-range]: space.lr.choices must be at least 2 (are 1)
  --> nightly.toml:4:48
4 | space = {lr = {type = "categorical", choices = ["a"]}, b = {type = "ordinal", choices = [1, 2, 1.0]}, c = {type = "ordinal", choices = [1, "2"]}, d = {type = "ordinal"}}
  |                                                ^^^^^
error[spec::out-of-range]: space.b.choices hold `1` twice
  --> nightly.toml:4:96
4 | space = {lr = {type = "categorical", choices = ["a"]}, b = {type = "ordinal", choices = [1, 2, 1.0]}, c = {type = "ordinal", choices = [1, "2"]}, d = {type = "ordinal"}}
  |                                                                                                ^^^
error[spec::wrong-type]: space.c.choices must all be of one type (`2` is a text)
  --> nightly.toml:4:140
4 | space = {lr = {type = "categorical", choices = ["a"]}, b = {type = "ordinal", choices = [1, 2, 1.0]}, c = {type = "ordinal", choices = [1, "2"]}, d = {type = "ordinal"}}
  |                                                                                                                                            ^^^
error[spec::missing-key]: [space.d] needs `choices`: the values to choose from, at least two
  --> nightly.toml:4:151
4 | space = {lr = {type = "categorical", choices = ["a"]}, b = {type = "ordinal", choices = [1, 2, 1.0]}, c = {type = "ordinal", choices = [1, "2"]}, d = {type = "ordinal"}}
  |                                                                                                                                                       ^^^^^^^^^^^^^^^^^^
)x");
}

TEST(SpaceErrors, WantDefaultsInside) {
  EXPECT_EQ(
      mistakes_in(command_spec({"space = {lr = {type = \"float\", low = 0, high = 1, default = 2}, b = {type = "
                                "\"int\", low = 0, high = 9, default = 2.5}, c = {type = \"categorical\", choices = "
                                "[\"adam\", \"sgd\"], default = \"adm\"}, d = {type = \"bool\", default = 1}}"})),
      R"x(error[spec::out-of-range]: space.lr.default must lie between 0 and 1 (is 2)
  --> nightly.toml:4:61
4 | space = {lr = {type = "float", low = 0, high = 1, default = 2}, b = {type = "int", low = 0, high = 9, default = 2.5}, c = {type = "categorical", choices = ["adam", "sgd"], default = "adm"}, d = {type = "bool", default = 1}}
  |                                                             ^
error[spec::wrong-type]: space.b.default must be an integer (is 2.5)
  --> nightly.toml:4:113
4 | space = {lr = {type = "float", low = 0, high = 1, default = 2}, b = {type = "int", low = 0, high = 9, default = 2.5}, c = {type = "categorical", choices = ["adam", "sgd"], default = "adm"}, d = {type = "bool", default = 1}}
  |                                                                                                                 ^^^
error[spec::unknown-word]: space.c.default must be one of adam, sgd (is adm)
  --> nightly.toml:4:183
4 | space = {lr = {type = "float", low = 0, high = 1, default = 2}, b = {type = "int", low = 0, high = 9, default = 2.5}, c = {type = "categorical", choices = ["adam", "sgd"], default = "adm"}, d = {type = "bool", default = 1}}
  |                                                                                                                                                                                       ^^^^^ did you mean `adam`?
error[spec::wrong-type]: space.d.default must be true or false (is 1)
  --> nightly.toml:4:221
4 | space = {lr = {type = "float", low = 0, high = 1, default = 2}, b = {type = "int", low = 0, high = 9, default = 2.5}, c = {type = "categorical", choices = ["adam", "sgd"], default = "adm"}, d = {type = "bool", default = 1}}
  |                                                                                                                                                                                                                             ^
)x");
}

TEST(SpaceErrors, RefuseKeysOfAnotherType) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"bool\", low = 1, lwo = 2}}"})),
            R"x(error[spec::unused-option]: a parameter of type bool does not read `low`
  --> nightly.toml:4:31
4 | space = {lr = {type = "bool", low = 1, lwo = 2}}
  |                               ^^^
error[spec::unknown-key]: unknown key `lwo` in [space.lr]
  --> nightly.toml:4:40
4 | space = {lr = {type = "bool", low = 1, lwo = 2}}
  |                                        ^^^
)x");
}

}  // namespace
}  // namespace hone
