#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "configs/data_facts.h"
#include "search/trial/event.h"
#include "search/trial/trial.h"

namespace hone {

/// Bodies of the events, all JSON objects; trial and attempt stand in the event's own columns, seconds are wall
/// seconds of the attempt, metrics are the trial's own in the user's direction:
///
///   study_opened    {"name":"digits","facts":{DataFacts}}                 facts only when there is a data set
///   decided         {"sampler":"smooth (few ordered parameters): gp 85 %, …"}   before the first trial so proposed
///   enqueued        {"params":{}}                                         a start point, tried before any suggestion
///   asked           {"seen":41,"params":{},"seed":"123","origin":"sampler","notes":{}}
///                   origin confirm: notes {"of":3}, the trial that it repeats;
///                   origin copy also "parent":5,"replaces":7,"checkpoint":{"file":"checkpoint-9.h5","step":9}, the
///                   parent's, from which it starts;
///                   seen = last event the sampler knew; notes = what it said about its choice; with order strict also
///                   "known":3, the results of decisions it saw (search/strict_order.h), and so in promoted
///   answered        {"of":3}      a deterministic configuration again: trial 3's results, no launch (cached_answers.h)
///   launched        {"budget":27,"from":9,"resume":"checkpoint-9.h5"}     from, resume = 0, "" for a fresh start
///   reported        {"step":3,"metrics":{"val_accuracy":0.97}}            "final":true for a final line
///   checkpointed    {"file":"checkpoint-9.h5","step":9}
///   stop_requested  {"by":"scheduler"}
///   promoted        {"budget":27}                                         the next launch goes there
///   attempt_ended   {"class":"crash","next":"retry","message":"…","seconds":1.5}   the trial waits for its next
///   attempt;
///                   "asked":true when hone itself interrupted it, "reopened":true when the coordinator died under it
///   rested, completed   {"budget":27,"seconds":1.5}
///   stopped         {"message":"…","seconds":1.5}
///   failed          {"class":"non_finite","message":"…","seconds":1.5}
///   compressed      the CompressionReport
///   space_migrated  {"changes":"added b","trials":{"0":{params}},"outside":[3]}   parameters in the new space; trials
///                   outside of it keep theirs and teach nothing
///   closed          {"reason":"100 trials"}
///   spec_changed    {"before":"…","after":"…"}                            resolved TOML; only what may change has
///   budget_changed  {"changes":"budget.trials 100 -> 200"}                a closed search is open again; with
///                   "extended":true the budget of the spec counts once more
///   code_changed    {"code":"0d1e…","parts":{"train.py":"…"},"changed":"train.py"}   the code of all launches from now
///                   on; changed is empty the first time

/// Where a trial stood when it rested or completed.
struct ReachedRung {
  double budget = 0;
  /// Length of the trial's curve at that moment.
  std::size_t reports = 0;
  std::map<std::string, double> final_metrics;
};

/// What the rules need to know of a trial beyond what people see.
struct TrialLedger {
  /// Attempts that ended and were followed by another, by class; those that hone itself interrupted do not count.
  std::map<FailureClass, int> retries;
  std::vector<ReachedRung> reached;
  /// The scheduler asked for the end of the current attempt.
  bool stop_requested = false;
  std::int64_t launched_time_us = 0;
  /// A migration left it outside of the space: it teaches nothing.
  bool outside = false;
};

/// Fold of the events: everything there is to know about a study. Readers (`status`, `ls`, `report`) make it from
/// Store::load alone; Study keeps one up to date.
struct StudyState {
  std::vector<Trial> trials;
  /// One for each trial.
  std::vector<TrialLedger> ledgers;
  std::int64_t last_seq = 0;
  std::int64_t last_time_us = 0;
  std::optional<DataFacts> facts;
  /// Start points in their order.
  std::vector<Params> enqueued;
  /// Trials that run now, and those that wait for another attempt.
  std::int64_t running = 0;
  std::int64_t waiting = 0;
  /// Units of [fidelity] that launches were given so far.
  double units = 0;
  /// Wall seconds of search in earlier and this process: the time in which at least one trial ran, up to the last
  /// event. The time between a coordinator's death and its return does not count.
  double search_seconds = 0;
  std::int64_t opened_time_us = 0;
  /// Body of the newest `compressed` event, JSON text; empty before.
  std::string compressed;
  /// Hash of the code that launches run now, and of its parts.
  std::string code;
  std::map<std::string, std::string> code_parts;
  /// That of the newest launch.
  std::string launched_code;
  /// How often the budget of the spec was given again.
  std::int64_t extensions = 0;
  /// The search ended, with the reason ("100 trials", "wall 30m", "target reached", "space exhausted", …).
  bool closed = false;
  std::string closed_reason;

  void apply(const Event& event);
};
StudyState fold(const std::vector<Event>& events);

}  // namespace hone
