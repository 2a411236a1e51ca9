#include <gtest/gtest.h>

#include "cli/first_spec.h"
#include "cli/option_tables.h"
#include "configs/load_spec.h"
#include "core/files.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

/// Loads without a mistake or a warning.
LoadedSpec load_clean(const std::string& text) {
  LoadedSpec loaded = load_spec_text(text, "x.toml", "/nowhere", option_tables());
  for (const Diagnostic& diagnostic : loaded.diagnostics.list()) ADD_FAILURE() << diagnostic.message << "\n" << text;
  return loaded;
}

DataFacts table_facts(const std::string& task) {
  DataFacts facts;
  facts.task = task;
  facts.rows = 100;
  facts.columns.resize(4);
  if (task == "classification") {
    facts.classes = {"a", "b"};
    facts.class_counts = {90, 10};
  }
  return facts;
}

TEST(FirstSpec, ForATableJudgesByItsTask) {
  const LoadedSpec classes = load_clean(spec_for_data("x.toml", "d.csv", "-1", table_facts("classification"), {}));
  EXPECT_EQ(classes.spec.objectives.at(0).metric, "val_accuracy");
  EXPECT_EQ(classes.spec.model.family, "mlp");
  const LoadedSpec number = load_clean(spec_for_data("x.toml", "d.csv", "price", table_facts("regression"), {}));
  EXPECT_EQ(number.spec.objectives.at(0).metric, "val_rmse");
  EXPECT_EQ(number.spec.dataset.target, "price");
}

TEST(FirstSpec, ForImagesChoosesConvolutions) {
  DataFacts facts = table_facts("classification");
  facts.shape = {1, 8, 8};
  const LoadedSpec loaded = load_clean(spec_for_data("x.toml", "d.csv", "-1", facts, FirstObjective{"val_auc", true}));
  EXPECT_EQ(loaded.spec.model.family, "cnn");
  EXPECT_EQ(loaded.spec.objectives.at(0).metric, "val_auc");
}

TEST(FirstSpec, ForACommandSearchesWhatStandsInBraces) {
  const LoadedSpec loaded = load_clean(spec_for_command(
      "x.toml", {"python3", "t.py", "--lr={lr}", "{momentum}", "{lr}", "--seed={seed}", "it's \"quoted\""}, {}));
  ASSERT_EQ(loaded.spec.space.size(), 2u);
  EXPECT_EQ(loaded.spec.space[0].name, "lr");
  EXPECT_EQ(loaded.spec.space[1].name, "momentum");
  EXPECT_EQ(loaded.spec.trainer.command.back(), "it's \"quoted\"");
}

TEST(FirstSpec, LeavesToACommandWhatItDeclaresItself) {
  const LoadedSpec loaded =
      load_clean(spec_for_command("x.toml", {"./t", "{lr: 1e-5..1e-1 log}", "{width}", "--again={lr}"}, {}));
  ASSERT_EQ(loaded.spec.space.size(), 2u);
  const std::string alone = spec_for_command("x.toml", {"./t", "{opt: adam|sgd}"}, {});
  EXPECT_EQ(alone.find("[space]"), std::string::npos) << alone;
  EXPECT_EQ(load_clean(alone).spec.space.size(), 1u);
}

TEST(FirstSpec, ForACommandWithoutBracesStillSearches) {
  EXPECT_EQ(load_clean(spec_for_command("x.toml", {"./train"}, {})).spec.space.size(), 1u);
}

TEST(FirstSpec, CommentsEverySection) {
  EXPECT_EQ(with_section_comments("[budget]\ntrials = 3\n").front(), '#');
  EXPECT_EQ(with_section_comments("x = 3\n"), "x = 3\n");
}

TEST(FirstSpec, SplitsACommandLineAsAShellWould) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(split_command_line("a  'b c' d\"e f\"g \\'"), (Words{"a", "b c", "de fg", "'"}));
  EXPECT_EQ(split_command_line("a ''"), (Words{"a", ""}));
  EXPECT_EQ(split_command_line("a 'b"), std::nullopt);
  EXPECT_EQ(split_command_line("a --lr={lr: 1e-5..1 log} {x y}"), (Words{"a", "--lr={lr: 1e-5..1 log}", "{x", "y}"}));
}

TEST(InitVerb, WritesASpecThatHasNoMistake) {
  const TemporaryFolder folder;
  const ProgramRun made = run_in(folder.path(), {"init"});
  EXPECT_EQ(made.out, "wrote  hone.toml\nnext   hone run hone.toml\n");
  EXPECT_EQ(made.err, "");
  const ProgramRun checked = run_in(folder.path(), {"check", "--strict", "hone.toml"});
  EXPECT_EQ(checked.code, ExitCode::ok) << checked.err;
}

TEST(InitVerb, NeverOverwrites) {
  const TemporaryFolder folder;
  write_file(folder.path() / "mine.toml", "# mine\n", Durability::renamed);
  const ProgramRun run = run_in(folder.path(), {"init", "mine.toml"});
  EXPECT_EQ(run.code, ExitCode::usage);
  EXPECT_EQ(run.err,
            "error[file::exists]: mine.toml is there already and was left alone; name another: hone init FILE …\n");
  EXPECT_EQ(read_file(folder.path() / "mine.toml"), "# mine\n");
}

TEST(InitVerb, NamesTheSpecAfterTheScript) {
  const TemporaryFolder folder;
  write_file(folder.path() / "fit.v2.sh", "echo loss=1\n", Durability::renamed);
  const ProgramRun run =
      run_in(folder.path(), {"init", "--command", "sh fit.v2.sh --rate={rate}", "--maximize", "acc"});
  EXPECT_EQ(run.out, "wrote  fit.toml\nnext   hone run fit.toml\n") << run.err;
  EXPECT_EQ(run_in(folder.path(), {"check", "--strict", "fit.toml"}).code, ExitCode::ok);
  EXPECT_EQ(run_in(folder.path(), {"init", "--command", "'sh"}).code, ExitCode::usage);
  EXPECT_EQ(run_in(folder.path(), {"init", "--command", "sh", "--from", "x"}).code, ExitCode::usage);
}

TEST(InitVerb, TakesASpecFromAStudyUnderAnotherName) {
  const TemporaryFolder folder;
  const StudySample sample = make_study_sample();
  write_study(folder.path() / "studies/sample", sample);
  const ProgramRun run = run_in(folder.path(), {"init", "again.toml", "--from", "studies/sample"});
  EXPECT_EQ(run.code, ExitCode::ok) << run.err;
  const std::string text = read_file(folder.path() / "again.toml");
  EXPECT_EQ(text.rfind("# Made from the study studies/sample. Its best trial, 1: ", 0), 0u) << text;
  EXPECT_NE(text.find("name = \"again\""), std::string::npos) << text;
}

TEST(InitVerb, NeedsAWorkerToReadData) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"init", "--data", "nowhere.csv"}).code, ExitCode::usage);
  write_file(folder.path() / "d.csv", "a,b\n1,2\n", Durability::renamed);
  const ProgramRun run = run_in(folder.path(), {"init", "--data", "d.csv"});
  EXPECT_EQ(run.code, ExitCode::missing_part);
  EXPECT_NE(run.err.find("worker::missing"), std::string::npos) << run.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "d.toml"));
}

}  // namespace
}  // namespace hone
