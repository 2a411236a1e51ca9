#include "configs/parameter_declaration.h"

#include <gtest/gtest.h>

#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

/// The declaration as [space] would hold it, or why it is none.
std::string read(const std::string& text) {
  const auto parsed = parse_declaration(text);
  if (const auto* complaint = std::get_if<DeclarationComplaint>(&parsed)) return complaint->why;
  TomlNode root;
  root.entries.push_back({"space", {}, {}});
  root.entries[0].value.entries.push_back({"x", {}, std::get<TomlNode>(parsed)});
  const std::string toml = write_toml(root, {});
  return toml.substr(toml.find('{'), toml.rfind('}') - toml.find('{') + 1);
}

TEST(ParameterDeclaration, ReadsRanges) {
  EXPECT_EQ(read("1e-5..1e-1 log"), R"({high = 0.1, log = true, low = 1e-05, type = "float"})");
  EXPECT_EQ(read("32..512 int log"), R"({high = 512, log = true, low = 32, type = "int"})");
  EXPECT_EQ(read("1..5"), R"({high = 5, low = 1, type = "int"})");
  EXPECT_EQ(read("0..1.5"), R"({high = 1.5, low = 0.0, type = "float"})");
  EXPECT_EQ(read("1e1..1e3 int step=10 = 20"), R"({default = 20, high = 1000, low = 10, step = 10, type = "int"})");
  EXPECT_EQ(read("-1.0..1 =0.5"), R"({default = 0.5, high = 1.0, low = -1.0, type = "float"})");
}

TEST(ParameterDeclaration, ReadsChoices) {
  EXPECT_EQ(read("adam|sgd"), R"({choices = ["adam", "sgd"], type = "categorical"})");
  EXPECT_EQ(read("a/b|+c|-d = +c"), R"({choices = ["a/b", "+c", "-d"], default = "+c", type = "categorical"})");
  EXPECT_EQ(read("16|32|64 = 32"), R"({choices = [16, 32, 64], default = 32, type = "ordinal"})");
  EXPECT_EQ(read("0.5|0.1"), R"({choices = [0.5, 0.1], type = "categorical"})");
  EXPECT_EQ(read("007|008"), R"({choices = ["007", "008"], type = "categorical"})");
}

TEST(ParameterDeclaration, SaysWhatIsWrong) {
  EXPECT_EQ(read("1..2 lgo"), "`lgo` is none of int, log, step=N and = DEFAULT");
  EXPECT_EQ(read("1..2 log int"), "int, log, step=N and = DEFAULT stand in this order, each once");
  EXPECT_EQ(read("1..x"), "`1..x` is neither LOW..HIGH nor WORD|WORD");
  EXPECT_EQ(read("1..2 step=0"), "`step=0` has no number above 0");
  EXPECT_EQ(read("1.5..2 int"), "an int has whole ends and a whole step");
  EXPECT_EQ(read("1..2 = x"), "the default `x` is no number of this range");
  EXPECT_EQ(read("1..2 = 1 log"), "one word stands behind `=`, at the end");
  EXPECT_EQ(read("a|"), "a choice begins with letter, digit or sign (is ``)");
  EXPECT_EQ(read("a|b c|d"), "choices hold no blank (`c|d`)");
  EXPECT_EQ(read("a|b = c"), "the default `c` is none of the choices");
}

std::string command_of(const std::vector<std::string>& elements) {
  std::string text = "trainer = {kind = \"command\", command = [\"./t\"";
  for (const std::string& element : elements) text += ", '" + element + "'";
  return text + "]}";
}

TEST(DeclaredParameters, BecomeTheSpace) {
  const LoadedSpec loaded = load_sample(
      command_spec({"-space", command_of({"--lr={lr: 1e-5..1e-1 log}", "{opt: adam|sgd}", "{lr}", "{budget}"})}));
  EXPECT_FALSE(loaded.diagnostics.has_errors());
  ASSERT_EQ(loaded.spec.space.size(), 2u);
  EXPECT_EQ(loaded.spec.space[0].name, "lr");
  EXPECT_EQ(loaded.spec.space[0].log, LogScale::natural);
  EXPECT_EQ(loaded.spec.space[1].choices.size(), 2u);
  EXPECT_EQ(loaded.spec.trainer.command, (std::vector<std::string>{"./t", "--lr={lr}", "{opt}", "{lr}", "{budget}"}));
  const LoadedSpec again = load_sample(loaded.resolved);
  EXPECT_EQ(again.resolved, loaded.resolved);
}

TEST(DeclaredParameters, LeaveAllOtherTextAlone) {
  const std::vector<std::string> words = {"{\"a\": 1}",    "{x:.3f}",    "{print $1}",  "${HOME}",    "a{2,3}",
                                          "{{.Names}}",    "{lr:1..2}",  "${lr: 1..2}", "{a: b}",     "{ lr: 1..2 }",
                                          "{{lr: 1..2 x}", "{1x: 1..2}", "{lr: 1..2",   "{{opt: a|b}"};
  const LoadedSpec loaded = load_sample(command_spec({"-space", command_of(words)}));
  EXPECT_FALSE(loaded.diagnostics.has_errors());
  EXPECT_TRUE(loaded.spec.space.empty());
  EXPECT_EQ(std::vector<std::string>(loaded.spec.trainer.command.begin() + 1, loaded.spec.trainer.command.end()),
            words);
}

TEST(DeclaredParameters, MayBeRefinedByTheSpaceAndChangedBySet) {
  const std::string spec = command_spec({"space = {lr = {prior = 0.01}}", command_of({"{lr: 1e-5..1e-1 log}"})});
  const LoadedSpec loaded = load_sample(spec, {"space.lr.high=1.0"});
  EXPECT_FALSE(loaded.diagnostics.has_errors());
  EXPECT_EQ(loaded.spec.space.at(0).high, 1.0);
  EXPECT_TRUE(loaded.spec.space.at(0).prior.has_value());
}

TEST(DeclaredParameters, RefuseWhatCannotBeMeant) {
  EXPECT_EQ(
      mistakes_in(command_spec({command_of({"{lr: 1..2}", "{seed: 1..5}", "{x: 1..2}", "{x: 1..2}", "{y: 1..z}"})})),
      R"x(error[spec::bad-placeholder]: `{lr: 1..2}` declares `lr`, which [space] declares too
  --> nightly.toml:2:49
2 | trainer = {kind = "command", command = ["./t", '{lr: 1..2}', '{seed: 1..5}', '{x: 1..2}', '{x: 1..2}', '{y: 1..z}']}
  |                                                 ^^^^^^^^^^ write `{lr}`
error[spec::bad-placeholder]: `{seed: 1..5}` declares a name that hone fills in itself
  --> nightly.toml:2:63
2 | trainer = {kind = "command", command = ["./t", '{lr: 1..2}', '{seed: 1..5}', '{x: 1..2}', '{x: 1..2}', '{y: 1..z}']}
  |                                                               ^^^^^^^^^^^^ call it otherwise (write `{{seed: 1..5}` for the text itself)
error[spec::bad-placeholder]: `{x: 1..2}` declares `x` once more
  --> nightly.toml:2:92
2 | trainer = {kind = "command", command = ["./t", '{lr: 1..2}', '{seed: 1..5}', '{x: 1..2}', '{x: 1..2}', '{y: 1..z}']}
  |                                                                                            ^^^^^^^^^ write `{x}`
error[spec::bad-placeholder]: `{y: 1..z}` declares no parameter: `1..z` is neither LOW..HIGH nor WORD|WORD
  --> nightly.toml:2:105
2 | trainer = {kind = "command", command = ["./t", '{lr: 1..2}', '{seed: 1..5}', '{x: 1..2}', '{x: 1..2}', '{y: 1..z}']}
  |                                                                                                         ^^^^^^^^^ write `{{y: 1..z}` for the text itself
)x");
}

TEST(DeclaredParameters, RefuseAllParametersInsideAWord) {
  EXPECT_EQ(mistakes_in(command_spec({command_of({"x={params}", "{params}", "{{params}"})})),
            R"x(error[spec::bad-placeholder]: `{params}` becomes several words, so it must be an element alone
  --> nightly.toml:2:51
2 | trainer = {kind = "command", command = ["./t", 'x={params}', '{params}', '{{params}']}
  |                                                   ^^^^^^^^ write `{{params}` for the text itself
)x");
}

TEST(SpecOverrides, RemoveKeys) {
  const std::string spec = command_spec({"sampler = {kind = \"tpe\"}"});
  SpecOverrides overrides;
  overrides.unset = {"sampler.kind", "space.nothing"};
  const LoadedSpec loaded = load_spec_text(spec, "nightly.toml", "/specs", sample_tables(), overrides);
  EXPECT_EQ(loaded.spec.sampler.kind, "auto");
  ASSERT_EQ(loaded.diagnostics.list().size(), 1u);
  EXPECT_EQ(loaded.diagnostics.list()[0].message, "`--unset space.nothing` names nothing that is written");
}

}  // namespace
}  // namespace hone
