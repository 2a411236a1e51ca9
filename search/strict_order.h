#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "search/schedulers/scheduler.h"
#include "search/trial/history.h"

namespace hone {

/// What policies see with `order = "strict"` (search.md §17), so that nothing depends on timing.
///
/// Every new trial and every promotion is a *decision*, numbered from 0. Decision k is a function of the results of the
/// decisions up to k − lookahead and of what the later ones were, but not of how they went: their trials run, without a
/// report, in its view. A decision has a result once its trial rests or ends; further attempts of the same launch
/// belong to it. Where decision k finds nothing to start, the result of one decision more is shown to it, until it does
/// or none is left. The verdict on a trial that runs is a function of its own reports and of what its decision saw.
///
/// So the same seed gives the same decisions whatever runs beside each other, as long as trials themselves repeat.
class StrictOrder {
 public:
  /// `tolerances` as in History.
  StrictOrder(std::int64_t lookahead, std::vector<double> tolerances);

  /// Results that the view shows: those of the decisions 0 … known() − 1.
  std::int64_t known() const { return known_; }
  /// Decisions taken.
  std::int64_t decisions() const { return static_cast<std::int64_t>(decisions_.size()); }
  /// Shows what the next decision must see. The trial it has to wait for when that has no result yet.
  std::optional<std::int64_t> advance();
  /// Shows one result more: false when none is hidden. `waits_for`: the trial whose result it is, if there is none yet.
  bool show_one_more(std::optional<std::int64_t>& waits_for);
  const History& view() const { return view_; }

  /// A new trial (`trial.id` is the number after the last one) or a promotion was decided with `known` results shown
  /// and launched: the trial as it runs now.
  void decide(const HistoryTrial& trial, std::int64_t known);
  /// A repeat for confirmation, asked for after the trials so far: it has a place in the view and is no decision.
  void add_repeat(const HistoryTrial& trial);
  /// The newest decision on this trial has its result: the trial as it stands now.
  void settle(const HistoryTrial& trial);
  /// What the scheduler says of a trial that runs; `running` is the trial as it stands now, and unchanged after.
  Verdict judge(const Scheduler& scheduler, HistoryTrial& running);

 private:
  struct Decision {
    std::int64_t trial = 0;
    /// Set once there is a result, moved into the view when it is shown.
    std::optional<HistoryTrial> result;
    bool settled = false;
    /// Number of the changes made to the view up to and with this decision.
    std::int64_t changes = 0;
  };
  /// What a trial of the view was before a change; nothing when the change added it.
  struct Change {
    std::int64_t trial = 0;
    std::optional<HistoryTrial> other;
  };

  void show_next();
  void change(HistoryTrial trial);
  /// Takes the newest change back, or makes it again.
  void undo(Change& change);
  void redo(Change& change);

  std::int64_t lookahead_;
  History view_;
  std::vector<Decision> decisions_;
  /// Newest decision of each trial.
  std::vector<std::int64_t> newest_;
  std::int64_t known_ = 0;
  /// The changes that a verdict may have to take back; `forgotten_` older ones are gone.
  std::deque<Change> changes_;
  std::int64_t forgotten_ = 0;
};

}  // namespace hone
