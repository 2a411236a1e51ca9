#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "configs/data_facts.h"
#include "configs/experiment_spec.h"
#include "search/executors/executor.h"
#include "search/samplers/sampler.h"
#include "search/schedulers/scheduler.h"
#include "search/store/store.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"
#include "search/trial/trial.h"

namespace hone {

/// Fold of the events: everything there is to know about a study. Readers (`status`, `ls`, `report`) make it from
/// Store::load alone; Study keeps one up to date.
struct StudyState {
  std::vector<Trial> trials;
  std::int64_t last_seq = 0;
  std::optional<DataFacts> facts;
  /// Wall seconds of search in earlier and this process, from launched/finished pairs.
  double search_seconds = 0;
  std::int64_t opened_time_us = 0;
  /// Body of the newest `compressed` event, JSON text; empty before.
  std::string compressed;
  /// The search ended, with the reason ("100 trials", "wall 30m", "target reached", "space exhausted", …).
  bool closed = false;
  std::string closed_reason;

  void apply(const Event& event);
};
StudyState fold(const std::vector<Event>& events);

/// A trial's objective in the user's direction after `from` (last, best, mean:K; a final line wins), or nothing.
std::optional<double> objective_of(const Trial& trial, const ObjectiveSpec& objective);
/// The best completed trial; where none completed, the best rested or stopped one. Nothing without a value.
std::optional<std::int64_t> best_trial(const StudyState& state, const ExperimentSpec& spec);

/// Memory and rules of a search: the only thing that changes trials, and every change is an event in the store first.
/// Not thread-safe.
class Study {
 public:
  using Clock = std::function<std::int64_t()>;  ///< µs since 1970

  /// Opens a new or old study. Replays events if there are any; trials that were running get `attempt_ended` lost and
  /// are launched again (resume is the same call). `identity` is the SHA-256 of the resolved spec.
  Study(Store& store, ExperimentSpec spec, SearchSpace space, std::unique_ptr<Sampler> sampler,
        std::unique_ptr<Scheduler> scheduler, Clock clock);

  /// Records the first event with the facts of the data; a no-op on an old study.
  void open(const std::optional<DataFacts>& facts);

  /// The next launch: an interrupted trial, else a promotion, else a new suggestion. `asked` and `launched` are durable
  /// before it returns. Nothing when nothing can be started now (budget spent, space exhausted, or all wait).
  std::optional<Launch> next();
  Verdict report(const LaunchReported& report);
  void checkpoint(const LaunchCheckpointed& checkpoint);
  /// rested | completed | stopped | failed(class) | another attempt, by the outcome and the retry rules.
  void finish(const LaunchExited& exited);
  /// The search is over: nothing runs and nothing more may start. Throws Error("study::breaker", exit 9) when the
  /// breakers of reliability.md §2 say so and Error("trial::usage", exit 2) after exit code 64.
  bool done() const;
  /// Records the end of the search once.
  void close();
  void record_compressed(const std::string& report_json);

  const StudyState& state() const { return state_; }
  const ExperimentSpec& spec() const { return spec_; }
  const SearchSpace& space() const { return space_; }
  const Scheduler& scheduler() const { return *scheduler_; }
  History history() const;
  /// Events appended by this object since the last call, for progress and --events.
  std::vector<Event> take_new_events();

 private:
  Store& store_;
  ExperimentSpec spec_;
  SearchSpace space_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<Scheduler> scheduler_;
  Clock clock_;
  StudyState state_;
  std::vector<Event> new_events_;
};

}  // namespace hone
