#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

TEST(ConditionErrors, NameUnknownParameters) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"bool\"}, m = {type = \"bool\", when = \"lrr\"}}"})),
            R"x(error[space::unknown-name]: the condition of `m` reads `lrr`, which is no parameter of [space]
  --> nightly.toml:4:60
4 | space = {lr = {type = "bool"}, m = {type = "bool", when = "lrr"}}
  |                                                            ^^^ did you mean `lr`?
)x");
}

TEST(ConditionErrors, NameThemselves) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"bool\", when = \"lr\"}}"})),
            R"x(error[space::cycle]: the condition of `lr` reads `lr` itself
  --> nightly.toml:4:39
4 | space = {lr = {type = "bool", when = "lr"}}
  |                                       ^^
)x");
}

TEST(ConditionErrors, NameImpossibleChoices) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"categorical\", choices = [\"adamw\", \"sgd\"]}, m = "
                                      "{type = \"bool\", when = \"lr == 'sdg'\"}}"})),
            R"x(error[space::bad-condition]: `sdg` is none of the choices of `lr`
  --> nightly.toml:4:101
4 | space = {lr = {type = "categorical", choices = ["adamw", "sgd"]}, m = {type = "bool", when = "lr == 'sdg'"}}
  |                                                                                                     ^^^^^ did you mean `sgd`?
)x");
}

TEST(ConditionErrors, NameOtherTypes) {
  EXPECT_EQ(
      mistakes_in(command_spec(
          {"space = {lr = {type = \"float\", low = 0, high = 1}, m = {type = \"bool\", when = \"lr == 'sgd'\"}}"})),
      R"x(error[expression::type]: `lr` is never of the type of `sgd`
  --> nightly.toml:4:86
4 | space = {lr = {type = "float", low = 0, high = 1}, m = {type = "bool", when = "lr == 'sgd'"}}
  |                                                                                      ^^^^^
)x");
}

TEST(ConditionErrors, ShowWhereTheSyntaxBreaks) {
  EXPECT_EQ(mistakes_in(command_spec({"space = {lr = {type = \"bool\"}, m = {type = \"bool\", when = \"lr and\"}, n = "
                                      "{type = \"bool\", when = \"\"}}"})),
            R"x(error[expression::syntax]: the expression ends where a value is expected
  --> nightly.toml:4:66
4 | space = {lr = {type = "bool"}, m = {type = "bool", when = "lr and"}, n = {type = "bool", when = ""}}
  |                                                                  ^
error[expression::syntax]: an expression must not be empty
  --> nightly.toml:4:98
4 | space = {lr = {type = "bool"}, m = {type = "bool", when = "lr and"}, n = {type = "bool", when = ""}}
  |                                                                                                  ^
)x");
}

TEST(ConditionErrors, MarkTheWholeTextBehindEscapes) {
  EXPECT_EQ(
      mistakes_in(command_spec({"space = {lr = {type = \"bool\"}, m = {type = \"bool\", when = \"lr \\u0061nd x\"}}"})),
      R"x(error[space::unknown-name]: the condition of `m` reads `x`, which is no parameter of [space]
  --> nightly.toml:4:59
4 | space = {lr = {type = "bool"}, m = {type = "bool", when = "lr \u0061nd x"}}
  |                                                           ^^^^^^^^^^^^^^^ did you mean `m`?
)x");
}

}  // namespace
}  // namespace hone
