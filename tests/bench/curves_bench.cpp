// Scores sampler and scheduler on the shared learning curves (search.md §18): sequential, pool-based, one step of one
// configuration costs 1, steps run from 1 to 50.
//   curves_bench [--out CSV] [SAMPLER [SCHEDULER [SEEDS [STEPS [FILE...]]]]]
// Prints, per file and as the mean, the score of the lowest loss seen after 250, 500, 1000 and 2500 steps. With --out
// every search is a record in the file (tests/bench/opponents/results), and those that are there are not made again. A
// FILE may be `synthetic:FAMILY:INSTANCE` (tests/bench/problems/synthetic_curves.h).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/version.h"
#include "search/registry.h"
#include "tests/bench/problems/curves.h"
#include "tests/bench/problems/problem.h"
#include "tests/bench/problems/synthetic_curves.h"
#include "tests/bench/search/record.h"

namespace hone {
namespace {

constexpr std::int64_t kMarks[] = {250, 500, 1000, 2500};
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

/// What is asked for, and the records of earlier calls.
struct Measurement {
  std::string sampler;
  std::string scheduler;
  std::int64_t seeds = 30;
  std::int64_t steps = 2500;
  std::string out;
  std::map<std::pair<std::string, std::int64_t>, Record> known;

  std::string name() const { return "hone " + sampler + " " + scheduler; }
};

LearningCurves open_curves(const std::string& name) {
  if (auto curves = synthetic_curves_named(name)) return *curves;
  return load_curves(name, benchmark_data_folder());
}

Record measured(const Measurement& what, const LearningCurves& curves, std::int64_t seed) {
  const auto known = what.known.find({curves.name, seed});
  if (known != what.known.end()) return known->second;
  Record record;
  record.opponent = what.name();
  record.version = fmt::format("hone {}", version());
  record.problem = "curves:" + curves.name;
  record.seed = seed;
  record.trials = what.steps;
  record.host = host_class();
  const auto begin = std::chrono::steady_clock::now();
  const auto spec = spec_of(curves, what.sampler, what.scheduler, seed);
  const std::vector<double> lowest = CurveRun(curves, spec).run(static_cast<std::size_t>(what.steps));
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (const std::int64_t mark : kMarks) {
    if (mark <= what.steps) record.at[mark] = curve_score(curves, lowest[static_cast<std::size_t>(mark) - 1]);
  }
  if (!what.out.empty()) append_record(what.out, record, kMarks);
  return record;
}

void print_scores(const std::string& name, const std::map<std::int64_t, double>& scores, double seconds) {
  fmt::print("{:60}", name);
  for (const auto& [mark, score] : scores) fmt::print(" {:.4f}", score);
  fmt::print("  {:.1f} s\n", seconds);
  std::fflush(stdout);
}

void measure(const Measurement& what, const std::vector<std::string>& files) {
  std::map<std::int64_t, double> means;
  double all_seconds = 0;
  for (const std::string& file : files) {
    const LearningCurves curves = open_curves(file);
    std::map<std::int64_t, double> scores;
    double seconds = 0;
    for (std::int64_t seed = 1; seed <= what.seeds; ++seed) {
      const Record record = measured(what, curves, seed);
      for (const auto& [mark, score] : record.at) scores[mark] += score / static_cast<double>(what.seeds);
      seconds += record.seconds / static_cast<double>(what.seeds);
    }
    print_scores(curves.name, scores, seconds);
    for (const auto& [mark, score] : scores) means[mark] += score / static_cast<double>(files.size());
    all_seconds += seconds / static_cast<double>(files.size());
  }
  print_scores("mean " + what.sampler + " " + what.scheduler, means, all_seconds);
}

void read_known(Measurement& what) {
  for (const Record& record : read_records(what.out)) {
    if (record.opponent != what.name() || record.trials != what.steps) continue;
    what.known[{record.problem.substr(std::string("curves:").size()), record.seed}] = record;
  }
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  hone::Measurement what;
  if (words.size() >= 2 && words[0] == "--out") {
    what.out = words[1];
    words.erase(words.begin(), words.begin() + 2);
  }
  const std::vector<std::string> defaults = {"auto", "auto", "30", "2500"};
  for (std::size_t i = words.size(); i < defaults.size(); ++i) words.push_back(defaults[i]);
  what.sampler = words[0];
  what.scheduler = words[1];
  what.seeds = std::stoll(words[2]);
  what.steps = std::stoll(words[3]);
  if (!what.out.empty()) hone::read_known(what);
  std::vector<std::string> files(words.begin() + 4, words.end());
  if (files.empty()) files = hone::curve_names(hone::benchmark_data_folder());
  if (files.empty()) {
    fmt::print(stderr, "the learning curves are not there\n");
    return 1;
  }
  hone::measure(what, files);
  return 0;
}
