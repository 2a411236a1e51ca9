#pragma once

#include <cstdint>
#include <optional>

#include "configs/experiment_spec.h"
#include "search/goals.h"
#include "search/schedulers/scheduler.h"
#include "search/strict_order.h"
#include "search/study_state.h"
#include "search/trial/history.h"

namespace hone {

/// The fold of a study's events in all forms that its decisions need. Whoever folds the same events has the same one:
/// Study while it works, `verify` when it goes through the log again.
class StudyMemory {
 public:
  explicit StudyMemory(const ExperimentSpec& spec);

  void apply(const Event& event);

  const StudyState& state() const { return state_; }
  const Goals& goals() const { return goals_; }
  /// All trials as they stand now.
  const History& live() const { return live_; }
  /// What the next decision is a function of: with order strict less than there is.
  const History& view() const { return strict_ ? strict_->view() : live_; }
  /// Units of [fidelity] that count against the budget of the next decision: with order strict those of the decisions
  /// alone, because which attempts were lost on the way is a matter of timing.
  double spent_units() const { return strict_ ? decided_units_ : state_.units; }
  /// Null with order free.
  StrictOrder* strict() { return strict_ ? &*strict_ : nullptr; }
  const StrictOrder* strict() const { return strict_ ? &*strict_ : nullptr; }
  /// What the scheduler says of a running trial after a report.
  Verdict judge(const Scheduler& scheduler, std::int64_t trial);

 private:
  /// The trials as they stand in a changed space.
  void migrate();
  void update_live(const Event& event);
  void update_strict(const Event& event);

  Goals goals_;
  StudyState state_;
  History live_;
  std::optional<StrictOrder> strict_;
  double decided_units_ = 0;
  /// Results that the decision saw which the next launch carries out.
  std::optional<std::int64_t> decided_with_;
};

}  // namespace hone
