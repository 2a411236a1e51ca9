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
#include "search/breakers.h"
#include "search/executors/executor.h"
#include "search/objective.h"
#include "search/retry_rules.h"
#include "search/samplers/sampler.h"
#include "search/schedulers/scheduler.h"
#include "search/store/store.h"
#include "search/study_memory.h"
#include "search/study_state.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"
#include "search/trial/trial.h"

namespace hone {

/// Memory and rules of a search: the only thing that changes trials, and every change is an event in the store first
/// (bodies: search/study_state.h). Not thread-safe. An object that has thrown is spent: the store holds the truth, a
/// new Study goes on from there.
class Study {
 public:
  using Clock = std::function<std::int64_t()>;  ///< µs since 1970, never going back

  /// Opens a new or old study. Replays events if there are any; trials that were running get `attempt_ended` lost and
  /// are launched again (resume is the same call). The breakers watch over trials that hone runs, not over a client's.
  Study(Store& store, ExperimentSpec spec, SearchSpace space, std::unique_ptr<Sampler> sampler,
        std::unique_ptr<Scheduler> scheduler, Clock clock, Runner runner = Runner::executor);

  /// Records the first event with the facts of the data, and the start points of the spec; a no-op on an old study.
  /// Those that the spec takes from elsewhere were replaced by their parameters (cli/start_points).
  void open(const std::optional<DataFacts>& facts);

  /// The next launch: an interrupted trial, else a promotion, else a new suggestion. `asked` and `launched` are durable
  /// before it returns. Suggestions that repeat a deterministic trial are answered on the way
  /// (search/cached_answers.h). Nothing when nothing can be started now (budget spent, space exhausted, or all wait).
  std::optional<Launch> next();
  /// Reports and checkpoints of an attempt that is not the trial's present one are ignored, and so are steps that the
  /// trial has reported before: after a resume or a doubled message.
  Verdict report(const LaunchReported& report);
  void checkpoint(const LaunchCheckpointed& checkpoint);
  /// rested | completed | stopped | failed(class) | another attempt, by the outcome and the retry rules.
  void finish(const LaunchExited& exited);
  /// The search is over: nothing runs and next() found nothing to start. Throws Error("study::breaker", exit 9) when
  /// the breakers of reliability.md §2 say so, Error("trial::usage", exit 2) after exit code 64,
  /// Error("trial::environment", exit 10) and Error("study::disk-full", exit 7) when the machine is at fault; the trial
  /// then waits for the next process.
  bool done() const;
  /// Why the newest next() started nothing ("100 trials", "space exhausted", …). Empty after a launch.
  const std::string& why_nothing() const { return why_nothing_; }
  /// Whether trials that run now may lead to another launch all the same, by a promotion or as order strict wants it.
  bool may_start_later() const;
  /// Records the end of the search once, with its reason. Trials that still wait for another attempt are stopped.
  void close();
  /// Lets a search that was closed go on, because [budget] allows other limits now; `changes` says which, for people.
  /// `extended`: the spec's budget counts once more.
  void reopen(const std::string& changes, bool extended = false);
  /// From now on launches run other code: its hash, those of its parts, and which of them changed, for people.
  void change_code(const std::string& code, const std::map<std::string, std::string>& parts,
                   const std::string& changed);
  /// Keeps which spec decides from now on: both as resolved TOML, differing in what may change while a study lives.
  void change_spec(const std::string& before, const std::string& after);
  void record_compressed(const std::string& report_json);
  /// From now on this object runs trials again instead of searching: an `asked` of origin confirm for each entry of
  /// `trials`, with a fresh seed and its notes {"of": trial}; then all repeats that wait, earlier ones too, at full
  /// budget. They teach nothing, count against no limit of [budget], and leave a closed search closed.
  void repeat(const std::vector<std::int64_t>& trials);

  const StudyState& state() const { return memory_.state(); }
  const ExperimentSpec& spec() const { return spec_; }
  const SearchSpace& space() const { return space_; }
  const Scheduler& scheduler() const { return *scheduler_; }
  /// All trials as policies see them, as they stand now: the objectives are minimised.
  const History& history() const { return memory_.live(); }
  const Goals& goals() const { return memory_.goals(); }
  /// Wall seconds of search up to now, over all processes.
  double search_seconds() const;
  /// Events appended by this object since the last call, for progress and --events.
  std::vector<Event> take_new_events();

 private:
  /// Numbers the events, appends them in one transaction and folds them into the state.
  void record(std::vector<Event> events, Commit commit);
  void end_interrupted_attempts();

  /// next(), but that it ends when a trial was answered from the log.
  std::optional<Launch> next_launch();
  std::optional<Launch> next_repeat();
  std::optional<Launch> next_waiting();
  std::optional<Launch> next_in_order();
  /// Keeps why there is no launch, and whether the search is over.
  std::optional<Launch> nothing(const std::string& why);
  /// What the memory's view leads to: a promotion or a new trial; else why there is none.
  std::optional<Launch> next_decision(std::string& reason);
  std::optional<Launch> next_promotion(bool at_end);
  std::optional<Launch> next_copy();
  /// A new trial's launch; nothing, with a trial more, when it was answered from the log.
  std::optional<Launch> next_new_trial();
  /// Parameters of trial `id` and where they come from; nothing when the space is exhausted.
  struct Proposal;
  std::optional<Proposal> propose(std::int64_t id) const;
  std::optional<Params> next_enqueued() const;
  /// Adds to a decision's event what it saw, where the place in the log does not say it.
  Event with_view(Event event) const;
  /// Records `before` and the launch of `trial` to `budget` in one durable transaction.
  Launch launch(const Trial& trial, double budget, std::vector<Event> before);

  /// The trial, if `attempt` is its present one and runs: the fence against late and doubled messages.
  const Trial* running_attempt(std::int64_t trial, std::int64_t attempt) const;
  void finish_reached(const Trial& trial, const Outcome& outcome);
  void finish_failed(const Trial& trial, FailureClass failure, const Outcome& outcome);

  Store& store_;
  ExperimentSpec spec_;
  SearchSpace space_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<Scheduler> scheduler_;
  Clock clock_;
  Runner runner_;
  double full_budget_ = 0;
  StudyMemory memory_;
  Breakers breakers_;
  /// Set when the machine or the command is at fault.
  std::optional<Error> paused_;
  std::string why_nothing_;
  /// Order strict waits for a trial that runs.
  bool waits_in_order_ = false;
  /// repeat() was called: nothing but repeats is launched.
  bool repeats_only_ = false;
  /// Why next() found nothing while nothing ran; empty otherwise.
  std::string end_reason_;
  std::vector<Event> new_events_;
};

/// A clock that starts at the wall clock's time and is then driven by CLOCK_BOOTTIME: it never goes back, and a changed
/// wall clock does not spend the budget.
Study::Clock make_wall_clock();

}  // namespace hone
