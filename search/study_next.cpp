#include <cassert>

#include "search/budget.h"
#include "search/study.h"
#include "search/study_events.h"

namespace hone {

struct Study::Proposal {
  Suggestion suggestion;
  TrialOrigin origin = TrialOrigin::sampler;
};

std::optional<Launch> Study::next() {
  end_reason_.clear();
  why_nothing_ = state_.closed_reason;
  if (state_.closed || paused_ || breakers_.tripped()) return std::nullopt;
  std::optional<std::string> reason = why_nothing_more(spec_, state_, search_seconds());
  if (!reason) {
    if (auto launch = next_waiting()) return launch;
    if (auto launch = next_promotion(/*at_end=*/false)) return launch;
    reason = why_no_new_trial(spec_, state_);
    if (!reason && !affords(spec_, state_, scheduler_->first_budget(history_))) reason = units_reason(spec_);
    if (!reason) {
      if (auto launch = next_new_trial()) return launch;
      reason = "space exhausted";
    }
    if (auto launch = next_promotion(/*at_end=*/true)) return launch;
  }
  why_nothing_ = *reason;
  if (state_.running == 0) end_reason_ = *reason;
  return std::nullopt;
}

/// The oldest trial that waits for another attempt.
std::optional<Launch> Study::next_waiting() {
  for (const Trial& trial : state_.trials) {
    if (trial.state != TrialState::waiting) continue;
    const double budget = trial.attempt > 0 ? trial.budget : scheduler_->first_budget(history_);
    if (affords(spec_, state_, cost_of(trial, budget))) return launch(trial, budget, {});
  }
  return std::nullopt;
}

std::optional<Launch> Study::next_promotion(bool at_end) {
  const std::optional<Promotion> promotion =
      at_end ? scheduler_->promote_at_end(history_) : scheduler_->promote(history_);
  if (!promotion) return std::nullopt;
  const Trial& trial = state_.trials.at(static_cast<std::size_t>(promotion->trial));
  assert(trial.state == TrialState::rested && promotion->budget > trial.budget);
  if (!affords(spec_, state_, cost_of(trial, promotion->budget))) return std::nullopt;
  return launch(trial, promotion->budget, {promoted_event(trial, promotion->budget)});
}

std::optional<Launch> Study::next_new_trial() {
  const auto id = static_cast<std::int64_t>(state_.trials.size());
  std::optional<Proposal> proposal = propose(id);
  if (!proposal) return std::nullopt;
  assert(!space_.complaint_about(proposal->suggestion.params));
  Trial trial;
  trial.id = id;
  trial.params = std::move(proposal->suggestion.params);
  trial.notes = std::move(proposal->suggestion.notes);
  trial.origin = proposal->origin;
  trial.seed = trial_seed(static_cast<std::uint64_t>(spec_.study.seed), id);
  return launch(trial, scheduler_->first_budget(history_), {asked_event(trial, state_.last_seq)});
}

std::optional<Study::Proposal> Study::propose(std::int64_t id) const {
  if (id == 0) {
    if (space_.size() == 0) return Proposal{{}, TrialOrigin::default_};
    if (auto params = space_.default_params()) return Proposal{{std::move(*params), "{}"}, TrialOrigin::default_};
  }
  if (space_.size() == 0) return std::nullopt;
  RandomStream random(static_cast<std::uint64_t>(spec_.study.seed), id, "suggest");
  std::optional<Suggestion> suggestion = sampler_->suggest(space_, history_, id, random);
  if (!suggestion) return std::nullopt;
  return Proposal{std::move(*suggestion), TrialOrigin::sampler};
}

Launch Study::launch(const Trial& trial, double budget, std::vector<Event> before) {
  const auto id = static_cast<std::size_t>(trial.id);
  before.push_back(launched_event(trial, budget));
  record(std::move(before), Commit::full);
  const Trial& launched = state_.trials[id];
  Launch launch;
  launch.trial = launched.id;
  launch.attempt = launched.attempt;
  launch.params = launched.params;
  launch.seed = launched.seed;
  launch.budget = launched.budget;
  if (can_resume(launched, budget)) launch.resume = launched.checkpoint;
  return launch;
}

}  // namespace hone
