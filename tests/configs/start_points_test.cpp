#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

constexpr const char* kSpace =
    "space = {lr = {type = \"float\", low = 0.1, high = 1}, opt = {type = \"categorical\", choices = [\"sgd\", "
    "\"adam\"]}}";

TEST(StartPoints, AreTablesStudiesAndFiles) {
  const LoadedSpec loaded = load_sample(
      command_spec({kSpace, "sampler = {start = [{lr = 1, opt = \"sgd\"}, \"study:old\", \"data/t.csv\"]}"}));
  ASSERT_TRUE(loaded.diagnostics.list().empty());
  const std::vector<StartPoint>& start = loaded.spec.sampler.start;
  ASSERT_EQ(start.size(), 3u);
  EXPECT_EQ(std::get<Params>(start[0]), (Params{{"lr", 1.0}, {"opt", std::string("sgd")}}));
  EXPECT_EQ(std::get<std::string>(start[1]), "study:old");
  EXPECT_EQ(std::get<std::string>(start[2]), "/specs/data/t.csv");
  const LoadedSpec again = load_spec_text(loaded.resolved, "again.toml", "/elsewhere", sample_tables(), {});
  EXPECT_EQ(again.resolved, loaded.resolved);
  EXPECT_EQ(again.spec.sampler.start, start);
}

TEST(StartPoints, MustBeValuesOfParameters) {
  EXPECT_EQ(mistakes_in(
                command_spec({kSpace, "sampler = {start = [{lr = 7, optt = \"sgd\"}, {opt = \"adm\"}, \"old\", 3]}"})),
            R"x(error[spec::out-of-range]: sampler.start[0].lr must lie between 0.1 and 1 (is 7)
  --> nightly.toml:5:27
5 | sampler = {start = [{lr = 7, optt = "sgd"}, {opt = "adm"}, "old", 3]}
  |                           ^
error[spec::unknown-key]: `optt` in sampler.start[0] is no parameter of [space]
  --> nightly.toml:5:30
5 | sampler = {start = [{lr = 7, optt = "sgd"}, {opt = "adm"}, "old", 3]}
  |                              ^^^^ did you mean `opt`?
error[spec::unknown-word]: sampler.start[1].opt must be one of sgd, adam (is adm)
  --> nightly.toml:5:52
5 | sampler = {start = [{lr = 7, optt = "sgd"}, {opt = "adm"}, "old", 3]}
  |                                                    ^^^^^ did you mean `adam`?
error[spec::wrong-type]: sampler.start[2] must be a table of parameters such as {lr = 1e-3}, "study:NAME" or the path of a .csv file (is "old")
  --> nightly.toml:5:60
5 | sampler = {start = [{lr = 7, optt = "sgd"}, {opt = "adm"}, "old", 3]}
  |                                                            ^^^^^
error[spec::wrong-type]: sampler.start[3] must be a table of parameters such as {lr = 1e-3}, "study:NAME" or the path of a .csv file (is 3)
  --> nightly.toml:5:67
5 | sampler = {start = [{lr = 7, optt = "sgd"}, {opt = "adm"}, "old", 3]}
  |                                                                   ^
)x");
}

TEST(Priors, AreValuesWithAConfidence) {
  const LoadedSpec loaded = load_sample(command_spec(
      {"space = {lr = {type = \"float\", low = 0.1, high = 1, prior = 1, confidence = \"high\"}, n = {type "
       "= \"ordinal\", choices = [1, 2, 8], log = true, prior = 8}}"}));
  EXPECT_TRUE(loaded.diagnostics.list().empty());
  const std::vector<ParameterSpec>& space = loaded.spec.space;
  ASSERT_EQ(space.size(), 2u);
  EXPECT_EQ(space[0].prior, ParamValue(1.0));
  EXPECT_EQ(space[0].confidence, Confidence::high);
  EXPECT_EQ(space[1].prior, ParamValue(std::int64_t{8}));
  EXPECT_EQ(space[1].confidence, Confidence::medium);
  EXPECT_EQ(space[1].log, LogScale::natural);
}

TEST(Priors, AreCheckedLikeDefaults) {
  EXPECT_EQ(
      mistakes_in(command_spec(
          {"space = {lr = {type = \"float\", low = 0.1, high = 1, prior = 2}, n = {type = \"ordinal\", choices = "
           "[1, 8, 2], log = true, confidence = \"low\"}, o = {type = \"ordinal\", choices = [0, 1], log = true}, "
           "t = {type = \"ordinal\", choices = [\"s\", \"m\"], log = true}}"})),
      R"x(error[spec::out-of-range]: space.lr.prior must lie between 0.1 and 1 (is 2)
  --> nightly.toml:4:61
4 | space = {lr = {type = "float", low = 0.1, high = 1, prior = 2}, n = {type = "ordinal", choices = [1, 8, 2], log = true, confidence = "low"}, o = {type = "ordinal", choices = [0, 1], log = true}, t = {type = "ordinal", choices = ["s", "m"], log = true}}
  |                                                             ^
error[spec::out-of-range]: space.n.choices[2] must be above the choice before it where log is set (is 2)
  --> nightly.toml:4:98
4 | space = {lr = {type = "float", low = 0.1, high = 1, prior = 2}, n = {type = "ordinal", choices = [1, 8, 2], log = true, confidence = "low"}, o = {type = "ordinal", choices = [0, 1], log = true}, t = {type = "ordinal", choices = ["s", "m"], log = true}}
  |                                                                                                  ^^^^^^^^^
error[spec::unused-option]: a parameter without `prior` does not read `confidence`
  --> nightly.toml:4:121
4 | space = {lr = {type = "float", low = 0.1, high = 1, prior = 2}, n = {type = "ordinal", choices = [1, 8, 2], log = true, confidence = "low"}, o = {type = "ordinal", choices = [0, 1], log = true}, t = {type = "ordinal", choices = ["s", "m"], log = true}}
  |                                                                                                                         ^^^^^^^^^^ write prior = the value you believe in
error[spec::out-of-range]: space.o.choices[0] must be above 0 where log is set (is 0)
  --> nightly.toml:4:175
4 | space = {lr = {type = "float", low = 0.1, high = 1, prior = 2}, n = {type = "ordinal", choices = [1, 8, 2], log = true, confidence = "low"}, o = {type = "ordinal", choices = [0, 1], log = true}, t = {type = "ordinal", choices = ["s", "m"], log = true}}
  |                                                                                                                                                                               ^^^^^^
error[spec::wrong-type]: space.t.choices[0] must be a number where log is set (is s)
  --> nightly.toml:4:229
4 | space = {lr = {type = "float", low = 0.1, high = 1, prior = 2}, n = {type = "ordinal", choices = [1, 8, 2], log = true, confidence = "low"}, o = {type = "ordinal", choices = [0, 1], log = true}, t = {type = "ordinal", choices = ["s", "m"], log = true}}
  |                                                                                                                                                                                                                                     ^^^^^^^^^^
)x");
}

TEST(NewKeys, LoadEqualFromTheResolvedText) {
  const LoadedSpec loaded = load_sample(
      command_spec({kSpace,
                    "objective = [{metric = \"acc\", goal = \"maximize\", noise = 0.1, tolerance = \"5%\"}, {metric = "
                    "\"ms\", goal = "
                    "\"minimize\", noise = \"none\", reference = 50, unit = \"ms\"}]",
                    "study = {lookahead = 16}", "confirm = {top = 5, seeds = 4, rule = \"mean\", alpha = 0.1}",
                    "constraints = {derive = {b = \"a\", a = \"lr\"}, outcome = [\"ms < 9\"], baseline = {acc = 1}}",
                    "sampler = {ask_limit = \"2%\"}"}));
  ASSERT_TRUE(loaded.diagnostics.list().empty());
  for (const LoadedSpec& one : {loaded, load_sample(loaded.resolved)}) {
    ASSERT_TRUE(one.diagnostics.list().empty());
    EXPECT_EQ(one.resolved, loaded.resolved);
    ASSERT_EQ(one.spec.objectives.size(), 2u);
    EXPECT_EQ(one.spec.objectives[0].noise, 0.1);
    EXPECT_EQ(one.spec.objectives[0].tolerance, 0.05);
    EXPECT_EQ(one.spec.objectives[1].noise, 0.0);
    EXPECT_EQ(one.spec.objectives[1].reference, 50.0);
    EXPECT_EQ(one.spec.objectives[1].unit, "ms");
    EXPECT_EQ(one.spec.study.lookahead, 16);
    EXPECT_EQ(one.spec.confirm.top, 5);
    EXPECT_EQ(one.spec.confirm.rule, "mean");
    EXPECT_EQ(one.spec.constraints.derive.size(), 2u);
    EXPECT_EQ(one.spec.constraints.baseline.at("acc"), 1.0);
    EXPECT_EQ(one.spec.sampler.ask_limit, 0.02);
  }
}

}  // namespace
}  // namespace hone
