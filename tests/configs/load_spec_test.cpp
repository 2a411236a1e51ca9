#include "configs/load_spec.h"

#include <filesystem>

#include "core/files.h"
#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

ExperimentSpec good(const std::string& text, const std::vector<std::string>& set = {}) {
  const LoadedSpec loaded = load_sample(text, set);
  EXPECT_EQ(render_diagnostics(loaded.diagnostics.list(), DiagnosticFormat::text, nullptr, false), "");
  return loaded.spec;
}

TEST(LoadSpec, ReadsEverySectionOfABuiltinStudy) {
  const ExperimentSpec spec = good(builtin_spec({
      "study = {name = \"night\", seed = 7, order = \"strict\", tags = [\"a\", \"b\"]}",
      "dataset = {source = \"data/digits.csv.gz\", target = -1, shape = [1, 8, 8], header = false, limit = 100}",
      "objective = {metric = \"val_accuracy\", goal = \"maximize\", from = \"mean:3\"}",
      "trainer = {kind = \"builtin\", optimizer = \"sgd\", learning_rate = 1}",
      "model = {family = \"cnn\", blocks = 2}",
      "sampler = {kind = \"tpe\", initial = 5, tpe = {candidates = 12}}",
      "scheduler = {kind = \"asha\", eta = 3}",
      "fidelity = {min = 1, max = 27}",
      "resources = {slots = 2, timeout = \"1h\", stall = \"none\", grace = \"1.5s\"}",
      "budget = {trials = 30, wall = \"20m\", target = 0.99}",
      "compress = {limits = [\"size <= 25%\"], budget = {finetune_epochs = 3}, data = {calibrate = 64}}",
      "report = {html = false}",
  }));
  EXPECT_EQ(spec.study.name, "night");
  EXPECT_EQ(spec.study.folder, "studies/night");
  EXPECT_EQ(spec.study.seed, 7);
  EXPECT_EQ(spec.study.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(spec.dataset.source, "/specs/data/digits.csv.gz");
  EXPECT_EQ(spec.dataset.target, "-1");
  EXPECT_EQ(spec.dataset.header, "false");
  EXPECT_EQ(spec.dataset.shape, (std::vector<std::int64_t>{1, 8, 8}));
  EXPECT_EQ(spec.dataset.limit, 100);
  ASSERT_EQ(spec.objectives.size(), 1u);
  EXPECT_EQ(spec.objectives[0].goal, Goal::maximize);
  EXPECT_EQ(spec.objectives[0].from, "mean:3");
  EXPECT_EQ(spec.objectives[0].bounds, (std::array<double, 2>{0, 1}));
  EXPECT_EQ(spec.trainer.options, (OptionValues{{"optimizer", std::string("sgd")}, {"learning_rate", 1.0}}));
  EXPECT_EQ(spec.model.family, "cnn");
  EXPECT_EQ(spec.model.options, (OptionValues{{"blocks", std::int64_t{2}}}));
  EXPECT_EQ(spec.sampler.initial, 5);
  EXPECT_EQ(spec.sampler.options, (OptionValues{{"candidates", std::int64_t{12}}}));
  EXPECT_EQ(spec.scheduler.options, (OptionValues{{"eta", 3.0}}));
  EXPECT_EQ(spec.fidelity.min, 1);
  EXPECT_EQ(spec.fidelity.max, 27);
  EXPECT_EQ(spec.resources.slots, 2);
  EXPECT_EQ(spec.resources.timeout, 3600);
  EXPECT_EQ(spec.resources.stall, std::nullopt);
  EXPECT_EQ(spec.resources.grace, 1.5);
  EXPECT_EQ(spec.budget.wall, 1200);
  EXPECT_EQ(spec.budget.target, 0.99);
  EXPECT_TRUE(spec.compress.wanted);
  EXPECT_EQ(spec.compress.calibrate, 64);
  EXPECT_EQ(spec.compress.budget.finetune_epochs, 3);
  EXPECT_FALSE(spec.report.html);
}

TEST(LoadSpec, ReadsACommandStudy) {
  const ExperimentSpec spec = good(command_spec({
      "trainer = {kind = \"command\", command = [\"./t\", \"{params}\"], env = {A = \"x\", B = 3}, checkpoints = true, "
      "metrics = {from = \"file:out.txt\", regex = '(?P<metric>\\w+)=(?P<value>\\S+)'}}",
  }));
  EXPECT_EQ(spec.study.name, "nightly");
  EXPECT_EQ(spec.trainer.command, (std::vector<std::string>{"./t", "{params}"}));
  EXPECT_EQ(spec.trainer.cwd, "/specs");
  EXPECT_EQ(spec.trainer.env, (std::map<std::string, std::string>{{"A", "x"}, {"B", "3"}}));
  EXPECT_EQ(spec.trainer.metrics.from, "file:out.txt");
  EXPECT_TRUE(spec.trainer.checkpoints);
  EXPECT_FALSE(spec.compress.wanted);
  EXPECT_EQ(spec.objectives[0].bounds, std::nullopt);
}

TEST(LoadSpec, KeepsTheOrderAndTypesOfParameters) {
  const auto space = good(command_spec({"space = {"
                                        "lr = {type = \"float\", low = 1e-5, high = 1e-1, log = true, default = 1}, "
                                        "b = {type = \"int\", low = 8, high = 64, step = 8, log = false}, "
                                        "a = {type = \"bool\", default = true}, "
                                        "o = {type = \"categorical\", choices = [\"x\", \"y\"], default = \"y\"}, "
                                        "k = {type = \"ordinal\", choices = [1, 2.5], default = 1, when = \"a\"}, "
                                        "r = {type = \"float\", low = 0, high = 1, log = \"reverse\"}}"}),
                          {"space.lr.default=0.001"})
                         .space;
  ASSERT_EQ(space.size(), 6u);
  EXPECT_EQ(space[0].name, "lr");
  EXPECT_EQ(space[0].log, LogScale::natural);
  EXPECT_EQ(space[0].default_value, ParamValue(0.001));
  EXPECT_EQ(space[1].type, ParameterType::int_);
  EXPECT_EQ(space[1].step, 8);
  EXPECT_EQ(space[2].default_value, ParamValue(true));
  EXPECT_EQ(space[3].choices, (std::vector<ParamValue>{std::string("x"), std::string("y")}));
  EXPECT_EQ(space[4].choices, (std::vector<ParamValue>{1.0, 2.5}));
  EXPECT_EQ(space[4].default_value, ParamValue(1.0));
  EXPECT_EQ(space[4].when, "a");
  EXPECT_EQ(space[5].log, LogScale::reverse);
}

TEST(LoadSpec, TakesQualifiedNames) {
  const ExperimentSpec spec = good(builtin_spec({"space.model.dropout = {type = \"float\", low = 0.0, high = 0.5}"}) +
                                   "space.\"trainer.dropout\" = {type = \"float\", low = 0.0, high = 0.4}\n");
  ASSERT_EQ(spec.space.size(), 2u);
  EXPECT_EQ(spec.space[0].name, "model.dropout");
  EXPECT_EQ(spec.space[1].name, "trainer.dropout");
}

TEST(LoadSpec, SectionsMayBeHeadersInlineTablesOrDottedKeys) {
  const std::string headers =
      "[dataset]\nsource = \"digits.csv\"\ntarget = -1\n[[objective]]\nmetric = \"val_accuracy\"\ngoal = "
      "\"maximize\"\n[trainer]\nkind = \"builtin\"\n[model]\nfamily = \"mlp\"\n[budget]\ntrials = 30\n";
  const std::string dotted =
      "dataset.source = \"digits.csv\"\ndataset.target = -1\nobjective = [{metric = \"val_accuracy\", goal = "
      "\"maximize\"}]\ntrainer.kind = \"builtin\"\nmodel.family = \"mlp\"\nbudget.trials = 30\n";
  good(headers);
  EXPECT_EQ(load_sample(headers).resolved, load_sample(dotted).resolved);
}

TEST(LoadSpec, RemembersWhereValuesStand) {
  const LoadedSpec loaded = load_sample(builtin_spec(), {"budget.wall=\"1h\""});
  const Place value = place_of(loaded.origins, "budget.trials");
  EXPECT_EQ(value.file, "nightly.toml");
  EXPECT_EQ(value.line, 5);
  EXPECT_EQ(value.column, 20);
  EXPECT_EQ(key_place_of(loaded.origins, "budget.trials").column, 11);
  EXPECT_EQ(loaded.origins.at("budget.trials").from, "file");
  EXPECT_EQ(loaded.origins.at("budget.wall").from, "--set");
  EXPECT_EQ(place_of(loaded.origins, "objective[0].metric").line, 2);
}

TEST(LoadSpec, PlacesFallBackToTheNearestWrittenParent) {
  const LoadedSpec loaded = load_sample(builtin_spec());
  EXPECT_EQ(place_of(loaded.origins, "budget.wall").line, 5);
  EXPECT_EQ(place_of(loaded.origins, "budget.wall.x[3]").line, 5);
  EXPECT_FALSE(place_of(loaded.origins, "report.html").known());
}

TEST(LoadSpec, SortsMistakesByTheirPlace) {
  const LoadedSpec loaded = load_sample("budget = {trials = 0}\nmodel = {famly = 1}\nzzz = 1\nstudy = {seed = -1}\n");
  int line = 0;
  for (const Diagnostic& diagnostic : loaded.diagnostics.list()) {
    EXPECT_GE(diagnostic.place.line, line);
    line = diagnostic.place.line;
  }
  EXPECT_EQ(line, 4);
}

TEST(LoadSpec, ResolvedTextLoadsEqualFromAnywhere) {
  const LoadedSpec loaded = load_sample(
      builtin_spec(
          {"space = {width = {type = \"int\", low = 8, high = 64}, optimizer = {type = \"categorical\", choices "
           "= [\"sgd\", \"adamw\"]}}",
           "sampler.tpe = {candidates = 7}"}),
      {"budget.wall=\"90s\""});
  const LoadedSpec again = load_spec_text(loaded.resolved, "other/spec.toml", "/elsewhere", sample_tables());
  EXPECT_EQ(again.diagnostics.list().size(), 0u);
  EXPECT_EQ(again.resolved, loaded.resolved);
  EXPECT_EQ(again.spec.study.name, "nightly");
  EXPECT_EQ(again.spec.dataset.source, "/specs/digits.csv");
  EXPECT_EQ(again.spec.budget.wall, 90);
  EXPECT_EQ(again.spec.sampler.options, loaded.spec.sampler.options);
  ASSERT_EQ(again.spec.space.size(), 2u);
  EXPECT_EQ(again.spec.space[0].name, "width");
}

TEST(LoadSpec, ResolvedTextOfACommandKeepsItsFolder) {
  const LoadedSpec loaded = load_sample(command_spec());
  const LoadedSpec again = load_spec_text(loaded.resolved, "spec.toml", "/elsewhere", sample_tables());
  EXPECT_EQ(again.spec.trainer.cwd, "/specs");
  EXPECT_EQ(again.resolved, loaded.resolved);
}

TEST(LoadSpec, ResolvedTextDoesNotDependOnHowItWasWritten) {
  const std::string one = builtin_spec({"budget = {trials = 30, wall = \"1h\"}"});
  const std::string other = "# a comment\n" + builtin_spec({"-budget"}) + "[budget]\nwall = \"1h\"\ntrials = 0x1E\n";
  EXPECT_EQ(load_sample(one).resolved, load_sample(other).resolved);
}

TEST(LoadSpec, ReadsAFileAndNamesTheStudyAfterIt) {
  const TemporaryFolder folder;
  write_file(folder.path() / "my spec.toml", builtin_spec());
  const LoadedSpec loaded = load_spec(folder.path() / "my spec.toml", sample_tables());
  EXPECT_EQ(loaded.spec.study.name, "my-spec");
  EXPECT_EQ(loaded.spec.dataset.source, (folder.path() / "digits.csv").string());
  EXPECT_THROW(load_spec(folder.path() / "none.toml", sample_tables()), Error);
}

}  // namespace
}  // namespace hone
