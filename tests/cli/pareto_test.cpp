#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

using nlohmann::json;

/// A finished study of trials with these (loss, acc); loss is minimised, acc maximised.
StudySample two_objectives(const std::string& loss_more, const std::vector<std::pair<double, double>>& results) {
  StudySample sample;
  sample.spec = R"(study = {name = "front"}
budget = {trials = 5}
objective = [{metric = "loss", goal = "minimize")" +
                loss_more + R"(}, {metric = "acc", goal = "maximize"}]
constraints = {outcome = ["acc <= 0.95"]}
[space]
x = {type = "float", low = 0.0, high = 9.0}
[trainer]
kind = "command"
command = ["./train"]
)";
  const auto add = [&](EventKind kind, const json& body, std::optional<std::int64_t> trial = {},
                       std::optional<std::int64_t> attempt = {}) {
    Event event;
    event.seq = static_cast<std::int64_t>(sample.events.size()) + 1;
    event.kind = kind;
    event.trial = trial;
    event.attempt = attempt;
    event.time_us = 1769860800000000 + event.seq;
    event.body = body.dump();
    sample.events.push_back(event);
  };
  add(EventKind::study_opened, {{"name", "front"}});
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto trial = static_cast<std::int64_t>(i);
    add(EventKind::asked,
        {{"seen", sample.events.size()},
         {"params", {{"x", 0.5 + static_cast<double>(i)}}},
         {"seed", "7"},
         {"origin", "sampler"},
         {"notes", json::object()}},
        trial);
    add(EventKind::launched, {{"budget", 1}, {"from", 0}, {"resume", ""}}, trial, 1);
    const json metrics = {{"loss", results[i].first}, {"acc", results[i].second}};
    add(EventKind::reported, {{"step", 1}, {"metrics", metrics}}, trial, 1);
    add(EventKind::completed, {{"budget", 1}, {"seconds", 1}}, trial, 1);
  }
  add(EventKind::closed, {{"reason", "5 trials"}});
  return sample;
}

class ParetoVerb : public testing::Test {
 protected:
  void write(const StudySample& sample) { write_study(folder_.path() / "studies/front", sample); }
  ProgramRun run(const std::vector<std::string>& arguments) const { return run_in(folder_.path(), arguments); }

  TemporaryFolder folder_;
};

/// Trial 3 is dominated, trial 4 is better than all and not feasible. The knee is trial 1.
const std::vector<std::pair<double, double>> kResults = {{3, 0.9}, {1.5, 0.85}, {1, 0.5}, {2, 0.4}, {0.5, 0.99}};

TEST_F(ParetoVerb, ShowsTheFrontInTheUsersDirections) {
  write(two_objectives("", kResults));
  // (3.2 − 1) × 0.15 + (3.2 − 1.5) × 0.35 + (3.2 − 3) × 0.05
  EXPECT_EQ(
      run({"pareto", "studies/front"}).out,
      "trial  loss   acc  knee    x\n"
      "    2     1   0.5        2.5\n"
      "    1   1.5  0.85  knee  1.5\n"
      "    0     3   0.9        0.5\n"
      "hypervolume  0.935 up to loss = 3.2 (the worst and a tenth of the range more), acc = 0.35 (the worst and a "
      "tenth of the range more)\n"
      "knee         trial 1\n");
}

TEST_F(ParetoVerb, JsonHoldsFrontReferenceHypervolumeAndKnee) {
  write(two_objectives(", reference = 4.0", kResults));
  const json document = json::parse(run({"pareto", "studies/front", "--json"}).out);
  ASSERT_EQ(document["items"].size(), 3u);
  EXPECT_EQ(document["items"][0]["trial"], 2);
  EXPECT_EQ(document["items"][1]["values"], (json{1.5, 0.85}));
  EXPECT_EQ(document["front"]["knee"], 1);
  EXPECT_EQ(document["front"]["objectives"][0]["reference"], 4.0);
  EXPECT_EQ(document["front"]["objectives"][0]["reference_given"], true);
  EXPECT_EQ(document["front"]["objectives"][1]["reference_given"], false);
  EXPECT_NEAR(document["front"]["objectives"][1]["reference"].get<double>(), 0.35, 1e-12);
  // (4 − 1) × 0.15 + (4 − 1.5) × 0.35 + (4 − 3) × 0.05
  EXPECT_NEAR(document["front"]["hypervolume"].get<double>(), 1.375, 1e-12);
}

TEST_F(ParetoVerb, OneObjectiveHasNoFront) {
  write_study(folder_.path() / "studies/sample", make_study_sample());
  const ProgramRun failed = run({"pareto", "studies/sample"});
  EXPECT_EQ(failed.code, ExitCode::usage);
  EXPECT_EQ(failed.err,
            "error[study::one-objective]: sample has one objective, val_accuracy: it has a best trial and no Pareto "
            "front; `hone best` shows it\n");
}

TEST_F(ParetoVerb, WithoutAFeasibleTrialThereIsNoFrontYet) {
  write(two_objectives("", {{1, 0.99}}));
  const ProgramRun none = run({"pareto", "studies/front"});
  EXPECT_EQ(none.code, ExitCode::answer_no);
  EXPECT_EQ(none.out, "");
  EXPECT_EQ(none.err, "no finished trial is feasible yet\n");
}

TEST_F(ParetoVerb, BestAnswersWithTheKnee) {
  write(two_objectives("", kResults));
  EXPECT_EQ(run({"best", "studies/front"}).out,
            "best trial   1: loss 1.5, acc 0.85 after 1 report\n"
            "             x = 1.5\n"
            "front        3 trials that no other beats in every objective, hypervolume 0.935\n"
            "             the best trial is its knee; hone pareto studies/front lists it\n"
            "confirmed    unconfirmed: one seed chose it\n"
            "model        studies/front/best\n"
            "compressed   studies/front/compressed\n");
}

TEST_F(ParetoVerb, StatusAndReportsNameTheFrontToo) {
  write(two_objectives("", kResults));
  const std::string status = run({"status", "studies/front"}).out;
  EXPECT_NE(status.find("best trial   1: loss"), std::string::npos) << status;
  EXPECT_NE(status.find("hypervolume 0.935"), std::string::npos) << status;
  const json document = json::parse(run({"status", "studies/front", "--json"}).out);
  EXPECT_EQ(document["study"]["best"], 1);
  EXPECT_EQ(document["study"]["best_by"], "knee");
  EXPECT_EQ(document["front"]["knee"], 1);
  EXPECT_EQ(document["front"]["trials"].size(), 3u);
  const std::string markdown = run({"report", "studies/front", "--md"}).out;
  EXPECT_NE(markdown.find("The knee of a front of 3 trials"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("Unconfirmed: one seed chose it."), std::string::npos) << markdown;
}

TEST_F(ParetoVerb, StatusOfGoalsInTurnNamesThem) {
  write(two_objectives(", tolerance = \"5%\"", kResults));
  const std::string status = run({"status", "studies/front"}).out;
  EXPECT_NE(status.find("best trial   2: loss 1, acc 0.5"), std::string::npos) << status;
  EXPECT_NE(status.find("goals        in turn: loss within 5.0 % of the best, then acc\n"), std::string::npos)
      << status;
  EXPECT_EQ(json::parse(run({"status", "studies/front", "--json"}).out)["study"]["best_by"], "goals_in_turn");
}

TEST_F(ParetoVerb, BestOfGoalsInTurnIsTheLexicographicBest) {
  write(two_objectives(", tolerance = \"5%\"", kResults));
  EXPECT_EQ(json::parse(run({"best", "studies/front", "--json"}).out)["items"][0]["trial"], 2);
}

TEST_F(ParetoVerb, ReportsHoldTheFront) {
  write(two_objectives("", kResults));
  EXPECT_NE(run({"report", "studies/front", "--md"}).out.find("## Pareto front\n\nHypervolume "), std::string::npos);
  EXPECT_EQ(json::parse(run({"report", "studies/front", "--json"}).out)["front"]["trials"].size(), 3u);
}

}  // namespace
}  // namespace hone
