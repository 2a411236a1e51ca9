// Scores sampler and scheduler on the shared learning curves (search.md §18): sequential, pool-based, one step of one
// configuration costs 1, steps run from 1 to 50.
//   curves_bench [SAMPLER [SCHEDULER [SEEDS [STEPS [FILE...]]]]]
// Prints, per file and as the mean, the score of the lowest loss seen after 250, 500, 1000 and 2500 steps.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "search/registry.h"
#include "tests/bench/problems/curves.h"
#include "tests/bench/problems/problem.h"

namespace hone {
namespace {

const std::vector<int> kMarks = {250, 500, 1000, 2500};
constexpr double kLastStep = LearningCurves::kSteps - 1;

ExperimentSpec spec_of(const LearningCurves& curves, const std::string& sampler, const std::string& scheduler,
                       std::int64_t seed) {
  ExperimentSpec spec;
  spec.study.seed = seed;
  spec.space = curves.space;
  spec.objectives.emplace_back();
  spec.objectives.front().metric = "valid_loss";
  spec.sampler.kind = sampler;
  spec.scheduler.kind = scheduler;
  spec.fidelity.unit = "steps";
  spec.fidelity.min = 1;
  spec.fidelity.max = kLastStep;
  return spec;
}

/// One search: trials take rows from the pool and go where the scheduler sends them until the steps are spent.
class CurveRun {
 public:
  CurveRun(const LearningCurves& curves, const ExperimentSpec& spec)
      : curves_(curves),
        space_(spec.space, {}),
        sampler_(make_sampler(spec)),
        scheduler_(make_scheduler(spec)),
        pool_(curves),
        seed_(static_cast<std::uint64_t>(spec.study.seed)) {}

  /// Lowest loss after each step.
  std::vector<double> run(std::size_t steps) {
    while (lowest_.size() < steps) {
      if (const auto promotion = scheduler_->promote(history_)) {
        advance(static_cast<std::size_t>(promotion->trial), promotion->budget);
      } else if (!start_next()) {
        break;
      }
    }
    lowest_.resize(steps, lowest_.back());
    return lowest_;
  }

 private:
  bool start_next() {
    const std::int64_t next = std::ssize(history_.trials);
    RandomStream random(seed_, next, "suggest");
    const auto suggestion = sampler_->suggest(space_, history_, next, random);
    const auto row = suggestion ? pool_.take(suggestion->params) : std::nullopt;
    if (!row) return false;
    HistoryTrial trial;
    trial.id = next;
    trial.params = suggestion->params;
    trial.notes = suggestion->notes;
    history_.trials.push_back(std::move(trial));
    rows_.push_back(*row);
    advance(static_cast<std::size_t>(next), scheduler_->first_budget(history_));
    return true;
  }

  /// Trains a trial on to a budget; a diverged run fails there.
  void advance(std::size_t id, double budget) {
    HistoryTrial& trial = history_.trials[id];
    trial.state = TrialState::running;
    auto step = static_cast<std::size_t>(trial.budget) + 1;
    trial.budget = budget;
    for (; static_cast<double>(step) <= budget; ++step) {
      const double loss = curves_.rows[rows_[id]].loss[step];
      const double lowest = lowest_.empty() ? std::numeric_limits<double>::infinity() : lowest_.back();
      lowest_.push_back(std::isnan(loss) ? lowest : std::min(lowest, loss));
      if (std::isnan(loss)) return fail(trial);
      trial.value = loss;
      trial.curve.push_back({static_cast<double>(step), loss});
      if (scheduler_->judge(history_, trial.id) == Verdict::stop) {
        trial.state = TrialState::stopped;
        return;
      }
    }
    trial.rungs.push_back({budget, *trial.value});
    trial.state = budget == scheduler_->rungs().back() ? TrialState::completed : TrialState::rested;
  }

  static void fail(HistoryTrial& trial) {
    trial.state = TrialState::failed;
    trial.failure = FailureClass::non_finite;
    trial.value.reset();
    trial.curve.clear();
    trial.rungs.clear();
  }

  const LearningCurves& curves_;
  SearchSpace space_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<Scheduler> scheduler_;
  CurvePool pool_;
  std::uint64_t seed_;
  History history_;
  std::vector<std::size_t> rows_;
  std::vector<double> lowest_;
};

void print_scores(const std::string& name, const std::vector<double>& scores, double seconds) {
  fmt::print("{:60}", name);
  for (const double score : scores) fmt::print(" {:.4f}", score);
  fmt::print("  {:.1f} s\n", seconds);
  std::fflush(stdout);
}

void measure(const std::string& sampler, const std::string& scheduler, int seeds, std::size_t steps,
             const std::vector<std::string>& files) {
  std::vector<int> marks;
  std::copy_if(kMarks.begin(), kMarks.end(), std::back_inserter(marks),
               [&](int mark) { return static_cast<std::size_t>(mark) <= steps; });
  std::vector<double> means(marks.size(), 0.0);
  double all_seconds = 0;
  for (const std::string& file : files) {
    const LearningCurves curves = load_curves(file, benchmark_data_folder());
    std::vector<double> scores(marks.size(), 0.0);
    const auto begin = std::chrono::steady_clock::now();
    for (int seed = 1; seed <= seeds; ++seed) {
      const auto lowest = CurveRun(curves, spec_of(curves, sampler, scheduler, seed)).run(steps);
      for (std::size_t m = 0; m < marks.size(); ++m) {
        scores[m] += curve_score(curves, lowest[static_cast<std::size_t>(marks[m]) - 1]) / seeds;
      }
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / seeds;
    print_scores(curves.name, scores, seconds);
    all_seconds += seconds / static_cast<double>(files.size());
    for (std::size_t m = 0; m < marks.size(); ++m) means[m] += scores[m] / static_cast<double>(files.size());
  }
  print_scores("mean " + sampler + " " + scheduler, means, all_seconds);
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const std::vector<std::string> defaults = {"auto", "auto", "30", "2500"};
  for (std::size_t i = words.size(); i < defaults.size(); ++i) words.push_back(defaults[i]);
  std::vector<std::string> files(words.begin() + 4, words.end());
  if (files.empty()) files = hone::curve_names(hone::benchmark_data_folder());
  if (files.empty()) {
    fmt::print(stderr, "the learning curves are not there\n");
    return 1;
  }
  hone::measure(words[0], words[1], std::stoi(words[2]), std::stoul(words[3]), files);
  return 0;
}
