#include "search/schedulers/asha_scheduler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace hone {
namespace {

constexpr Field<AshaOptions> kFields[] = {
    {"eta",
     &AshaOptions::eta,
     {.low = 2},
     "one of eta trials of a rung goes on to the next, whose budget is eta times larger"},
};

/// A trial's standing in a rung.
struct Member {
  /// Infinite for a trial that failed.
  double value = 0;
  std::int64_t trial = 0;
  bool may_go_on = false;

  bool operator<(const Member& other) const { return std::tie(value, trial) < std::tie(other.value, other.trial); }
};

/// The trial's value at a rung, if it got there. A trainer that ended early by itself counts in all rungs its budget
/// covered.
std::optional<double> value_at(const HistoryTrial& trial, double rung) {
  for (const RungValue& reached : trial.rungs) {
    if (reached.budget >= rung) return reached.value;
  }
  return std::nullopt;
}

/// All that reached a rung or failed on the way to it or later, best first.
std::vector<Member> members_of(const History& history, double rung, double next_rung) {
  std::vector<Member> members;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches) continue;
    if (trial.state == TrialState::failed) {
      if (trial.budget >= rung) members.push_back({std::numeric_limits<double>::infinity(), trial.id, false});
    } else if (const auto value = value_at(trial, rung)) {
      members.push_back({*value, trial.id, trial.state == TrialState::rested && trial.budget < next_rung});
    }
  }
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace

std::span<const Field<AshaOptions>> asha_fields() { return kFields; }

AshaScheduler::AshaScheduler(const AshaOptions& options, double min, double max) : eta_(options.eta) {
  const auto eta = static_cast<double>(eta_);
  for (double rung = min; rung * std::sqrt(eta) <= max && rung < max; rung *= eta) rungs_.push_back(rung);
  rungs_.push_back(max);
}

std::optional<Promotion> AshaScheduler::promote(const History& history) const { return promote(history, 0); }

std::optional<Promotion> AshaScheduler::promote_at_end(const History& history) const {
  const bool busy = std::any_of(history.trials.begin(), history.trials.end(), [](const HistoryTrial& trial) {
    return trial.state == TrialState::waiting || trial.state == TrialState::running;
  });
  if (busy) return std::nullopt;
  return promote(history, 1);
}

std::optional<Promotion> AshaScheduler::promote(const History& history, std::int64_t at_least) const {
  for (std::size_t k = rungs_.size() - 1; k > 0; --k) {
    const std::vector<Member> members = members_of(history, rungs_[k - 1], rungs_[k]);
    const auto size = static_cast<std::int64_t>(members.size());
    const std::int64_t places = std::min(size, std::max(size / eta_, at_least));
    for (std::int64_t place = 0; place < places; ++place) {
      const Member& member = members[static_cast<std::size_t>(place)];
      if (member.may_go_on) return Promotion{member.trial, rungs_[k]};
    }
  }
  return std::nullopt;
}

}  // namespace hone
