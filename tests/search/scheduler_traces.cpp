#include "tests/search/scheduler_traces.h"

#include <cmath>

#include "core/param_value.h"

namespace hone {
namespace {

class Trace {
 public:
  Trace(const Scheduler& scheduler, const std::function<double(int, int)>& value, int whole)
      : scheduler_(scheduler), value_(value), whole_(whole) {}

  std::string of(int trials) {
    while (true) {
      if (const auto promotion = scheduler_.promote(history_)) {
        advance(static_cast<std::size_t>(promotion->trial), promotion->budget);
      } else if (std::ssize(history_.trials) < trials) {
        const double budget = scheduler_.first_budget(history_);
        HistoryTrial trial;
        trial.id = std::ssize(history_.trials);
        history_.trials.push_back(trial);
        advance(history_.trials.size() - 1, budget);
      } else if (const auto last = scheduler_.promote_at_end(history_)) {
        advance(static_cast<std::size_t>(last->trial), last->budget);
      } else {
        return text_;
      }
    }
  }

 private:
  void note(const std::string& text) { text_ += (text_.empty() ? "" : " ") + text; }

  void advance(std::size_t id, double budget) {
    HistoryTrial& trial = history_.trials[id];
    const std::string name = std::to_string(id);
    note(name + "@" + to_text(budget));
    trial.state = TrialState::running;
    trial.budget = budget;
    const int end = budget == 0 ? whole_ : static_cast<int>(budget);
    for (int step = static_cast<int>(trial.curve.size()) + 1; step <= end; ++step) {
      const double value = value_(static_cast<int>(id), step);
      if (std::isnan(value)) return fail(trial);
      trial.curve.push_back({static_cast<double>(step), value});
      trial.value = value;
      if (scheduler_.judge(history_, trial.id) == Verdict::stop) {
        trial.state = TrialState::stopped;
        return note(name + "!" + std::to_string(step));
      }
    }
    trial.rungs.push_back({budget, *trial.value});
    trial.state = budget == scheduler_.rungs().back() ? TrialState::completed : TrialState::rested;
  }

  static void fail(HistoryTrial& trial) {
    trial.state = TrialState::failed;
    trial.failure = FailureClass::non_finite;
    trial.value.reset();
    trial.curve.clear();
    trial.rungs.clear();
  }

  const Scheduler& scheduler_;
  const std::function<double(int, int)>& value_;
  int whole_;
  History history_;
  std::string text_;
};

}  // namespace

std::string trace_of(const Scheduler& scheduler, int trials, const std::function<double(int, int)>& value, int whole) {
  return Trace(scheduler, value, whole).of(trials);
}

}  // namespace hone
