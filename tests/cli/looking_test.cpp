#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/study_files.h"
#include "core/files.h"
#include "core/text.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

/// The sample as studies/sample of a fresh folder.
class Looking : public testing::Test {
 protected:
  Looking() { write_study(study(), make_study_sample()); }
  std::filesystem::path study() const { return folder_.path() / "studies/sample"; }
  ProgramRun run(const std::vector<std::string>& arguments) const { return run_in(folder_.path(), arguments); }

  TemporaryFolder folder_;
};

TEST_F(Looking, StatusCountsStatesAndSaysWhatWasReached) {
  EXPECT_EQ(run({"status"}).out,
            "study        sample, finished (target reached)\n"
            "trials       4 trials: 1 completed, 1 rested, 1 stopped, 1 failed (1 non_finite)\n"
            "budget       4 of 10 trials, 00:13 of 30:00\n"
            "best trial   1: val_accuracy 0.98 after 27 epochs\n"
            "             learning_rate = 0.01, momentum = 0.9, optimizer = sgd\n"
            "compression  weights 156.2 KiB to 20.5 KiB (13.1 %), accuracy 98.00 % to 97.50 % on 20 validation rows, "
            "97.00 % to 96.50 % on 20 test rows\n"
            "             2.25 x as fast at batch 32 (95 % 2.10 to 2.40)\n"
            "             met size <= 25%: reached 13.1 %\n"
            "             met accuracy_drop <= 1pt: reached 0.5 pt (95 % -0.4 to 1.6 pt, n = 20)\n");
}

TEST_F(Looking, LsPrintsARowPerTrial) {
  EXPECT_EQ(run({"ls"}).out,
            "trial  state      val_accuracy  epochs  seconds  learning_rate  optimizer  momentum  failure\n"
            "    0  rested              0.8       3        3          0.001  adamw             -\n"
            "    1  completed          0.98      27     10.5           0.01  sgd             0.9\n"
            "    2  stopped             0.3       1        2           0.05  adamw             -\n"
            "    3  failed                -       0        1            0.1  sgd            0.85  non_finite\n");
}

TEST_F(Looking, LsLeavesOutTheParametersThatDoNotFit) {
  const ProgramRun narrow = run_on_terminal(folder_.path(), 80, {"ls"});
  EXPECT_EQ(narrow.out.substr(0, narrow.out.find_first_of("\r\n")),
            "trial  state      val_accuracy  epochs  seconds  learning_rate  failure");
  EXPECT_EQ(narrow.err, "too narrow for optimizer, momentum: --columns chooses, --plain has all\n");
}

TEST_F(Looking, LsSortsFiltersAndCuts) {
  EXPECT_EQ(
      run({"ls", "--plain", "--columns", "trial,momentum", "--sort", "-learning_rate", "--where", "optimizer == 'sgd'"})
          .out,
      "trial\tmomentum\n3\t0.85\n1\t0.9\n");
  EXPECT_EQ(run({"ls", "--plain", "--columns", "trial", "--top", "2"}).out, "trial\n1\n0\n");
}

TEST_F(Looking, LsNamesTheColumnThatWasMeant) {
  const ProgramRun failed = run({"ls", "--sort", "learning_rat"});
  EXPECT_EQ(failed.code, ExitCode::usage);
  EXPECT_EQ(
      failed.err,
      "error[usage::unknown-column]: unknown column `learning_rat`\n  did you mean `learning_rate`?\n"
      "note: columns: trial state value reached budget attempts answered_from seconds origin code failure message "
      "learning_rate "
      "optimizer momentum val_accuracy val_loss\n");
}

TEST_F(Looking, ShowTellsTheStoryOfATrial) {
  std::filesystem::create_directories(trial_folder(study(), 1));
  write_file(trial_log(study(), 1, 2, true), "warming up\n\x1b[31mred\x1b[0m words\n");
  EXPECT_EQ(run({"show", "best"}).out,
            "trial        1 (the best)\n"
            "state        completed\n"
            "value        val_accuracy 0.98\n"
            "reached      27 of 27 epochs\n"
            "time         10.5 s\n"
            "origin       sampler\n"
            "parameters   learning_rate = 0.01\n"
            "             momentum = 0.9\n"
            "             optimizer = sgd\n"
            "metrics      val_accuracy = 0.98\n"
            "             val_loss = 0.02\n"
            "curve        1: 0.7, 2: 0.8, 3: 0.9, 9: 0.95, 27: 0.98\n"
            "attempts     1: to 3 epochs, rested after 3.0 s\n"
            "             2: to 27 epochs from checkpoint-3.h5, completed after 7.5 s\n"
            "folder       studies/sample/trials/1\n"
            "\nlast lines of stderr\nwarming up\nred words\n");
}

TEST_F(Looking, BestPrintsParametersThatASpecCanTakeOver) {
  EXPECT_EQ(run({"best", "--params"}).out, "learning_rate = 0.01\nmomentum = 0.9\noptimizer = \"sgd\"\n");
}

TEST_F(Looking, JsonIsOneDocumentOfKnownForm) {
  const nlohmann::json document = nlohmann::json::parse(run({"ls", "--json", "--where", "trial == 3"}).out);
  const nlohmann::json expected = nlohmann::json::parse(R"json({
    "hone": 1, "kind": "trials", "confirmed": null,
    "study": {"name": "sample", "folder": "studies/sample", "state": "finished", "closed_reason": "target reached",
      "seed": "0", "metric": "val_accuracy", "goal": "maximize", "sampler": "auto", "scheduler": "asha",
      "fidelity_unit": "epochs", "trials": 4, "states": {"completed": 1, "rested": 1, "stopped": 1, "failed": 1},
      "failures": {"non_finite": 1}, "best": 1, "best_by": "score", "confirmed": false, "budget": {"trials": 10, "wall_seconds": 1800.0, "units": null},
      "search_seconds": 13.0, "opened": "2026-01-31T12:00:00Z", "changed": "2026-01-31T12:00:16Z"},
    "items": [{"trial": 3, "state": "failed", "failure": "non_finite", "message": "loss is nan", "origin": "sampler",
      "code": null, "attempts": 1, "answered_from": null, "reached": 0.0, "budget": 3.0, "value": null,
      "params": {"learning_rate": 0.1, "momentum": 0.85, "optimizer": "sgd"}, "metrics": {}, "trial_seconds": 1.0,
      "asked": "2026-01-31T12:00:15Z", "changed": "2026-01-31T12:00:16Z"}]})json");
  EXPECT_EQ(document, expected) << document.dump(2);
}

TEST_F(Looking, LogsLoseWhatCouldSteerATerminal) {
  std::filesystem::create_directories(trial_folder(study(), 2));
  write_file(trial_log(study(), 2, 1, false), "one\n10%\r100%\r\n\x1b]0;title\x07three\x1b[2J\x9b\n");
  EXPECT_EQ(run({"logs", "2"}).out, "one\n100%\nthree\xEF\xBF\xBD\n");
  EXPECT_EQ(run({"logs", "2", "--tail", "1", "--raw"}).out, "\x1b]0;title\x07three\x1b[2J\x9b\n");
  EXPECT_EQ(run({"logs", "3"}).err, "trial 3 wrote nothing to stdout\n");
}

TEST_F(Looking, NoLineIsWiderThanTheTerminal) {
  for (const int columns : {40, 80, 200}) {
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"status"}, {"ls"}, {"show", "1"}, {"best"}}) {
      for (const std::string& line : split(run_on_terminal(folder_.path(), columns, arguments).out, '\n')) {
        EXPECT_LE(display_width(line), columns) << arguments.front() << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace hone
