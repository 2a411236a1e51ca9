#include <algorithm>
#include <cassert>

#include "search/budget.h"
#include "search/cached_answers.h"
#include "search/study.h"
#include "search/study_events.h"

namespace hone {

struct Study::Proposal {
  Suggestion suggestion;
  TrialOrigin origin = TrialOrigin::sampler;

  static Proposal given(Params params, TrialOrigin origin) {
    Proposal proposal;
    proposal.suggestion.params = std::move(params);
    proposal.origin = origin;
    return proposal;
  }
};

std::optional<Launch> Study::next() {
  while (true) {
    const std::size_t trials = state().trials.size();
    std::optional<Launch> launch = next_launch();
    // A trial more and no launch: it was answered, and the next one is looked for.
    const bool was_answered = !launch && state().trials.size() > trials;
    if (!was_answered) return launch;
  }
}

std::optional<Launch> Study::next_launch() {
  end_reason_.clear();
  waits_in_order_ = false;
  why_nothing_ = state().closed_reason;
  if (paused_ || breakers_.tripped()) return std::nullopt;
  if (repeats_only_) return next_repeat();
  if (state().closed) return std::nullopt;
  std::optional<std::string> reason = why_nothing_more(spec_, memory_.view(), search_seconds());
  if (!reason) {
    if (auto launch = next_waiting()) return launch;
    if (memory_.strict() != nullptr) return next_in_order();
    std::string why;
    const std::size_t trials = state().trials.size();
    if (auto launch = next_decision(why)) return launch;
    if (state().trials.size() > trials) return std::nullopt;
    reason = why;
  }
  return nothing(*reason);
}

/// With order strict: the next decision, once the trials that it must see have their results.
std::optional<Launch> Study::next_in_order() {
  StrictOrder& order = *memory_.strict();
  std::optional<std::int64_t> waits_for = order.advance();
  while (!waits_for) {
    std::string why;
    if (const auto reason = why_nothing_more(spec_, memory_.view(), search_seconds())) return nothing(*reason);
    const std::size_t trials = state().trials.size();
    if (auto launch = next_decision(why)) return launch;
    if (state().trials.size() > trials) return std::nullopt;
    if (!order.show_one_more(waits_for)) return nothing(why);
  }
  waits_in_order_ = true;
  return nothing("trial " + std::to_string(*waits_for) + " comes first with order strict");
}

std::optional<Launch> Study::nothing(const std::string& why) {
  why_nothing_ = why;
  if (state().running == 0) end_reason_ = why;
  return std::nullopt;
}

bool Study::may_start_later() const {
  return state().running > 0 && (waits_in_order_ || scheduler_->rungs().size() > 1);
}

std::optional<Launch> Study::next_decision(std::string& reason) {
  if (auto launch = next_copy()) return launch;
  if (auto launch = next_promotion(/*at_end=*/false)) return launch;
  const std::int64_t unpaid = count_repeats(state()) + count_answered(state());
  std::optional<std::string> why = why_no_new_trial(spec_, memory_.view(), unpaid);
  if (!why && answers_in_a_row(state()) >= kMostAnswersInARow) why = "space exhausted";
  if (!why && !affords(spec_, memory_.spent_units(), scheduler_->first_budget(memory_.view()))) {
    why = units_reason(spec_);
  }
  if (!why && !scheduler_->wants_new(memory_.view())) why = "the whole population has trained";
  if (!why) {
    const std::size_t trials = state().trials.size();
    if (auto launch = next_new_trial()) return launch;
    if (state().trials.size() > trials) return std::nullopt;
    why = "space exhausted";
  }
  reason = *why;
  return next_promotion(/*at_end=*/true);
}

/// The oldest repeat that waits.
std::optional<Launch> Study::next_repeat() {
  for (const Trial& trial : state().trials) {
    const bool waits = trial.state == TrialState::waiting && trial.origin == TrialOrigin::confirm;
    if (waits) return launch(trial, full_budget_, {});
  }
  return nothing("all repeats have run");
}

/// The oldest copy that waits for another attempt, else the oldest trial: no parent goes on, and clears its old
/// checkpoints away, before its copies have started. With order strict its units were counted when it was decided.
std::optional<Launch> Study::next_waiting() {
  if (state().waiting == 0) return std::nullopt;
  for (const bool copies : {true, false}) {
    for (const Trial& trial : state().trials) {
      const bool is_other = trial.copy_of.has_value() != copies;
      if (is_other || trial.state != TrialState::waiting || !is_of_the_search(trial.origin)) continue;
      const double budget = trial.attempt > 0 ? trial.budget : scheduler_->first_budget(memory_.view());
      const bool is_paid = memory_.strict() != nullptr;
      if (is_paid || affords(spec_, state().units, cost_of(trial, budget))) return launch(trial, budget, {});
    }
  }
  return std::nullopt;
}

std::optional<Launch> Study::next_promotion(bool at_end) {
  const History& view = memory_.view();
  const std::optional<Promotion> promotion = at_end ? scheduler_->promote_at_end(view) : scheduler_->promote(view);
  if (!promotion) return std::nullopt;
  const Trial& trial = state().trials.at(static_cast<std::size_t>(promotion->trial));
  assert(trial.state == TrialState::rested && promotion->budget > trial.budget);
  if (!affords(spec_, memory_.spent_units(), cost_of(trial, promotion->budget))) return std::nullopt;
  return launch(trial, promotion->budget, {with_view(promoted_event(trial, promotion->budget))});
}

std::optional<Launch> Study::next_copy() {
  const History& view = memory_.view();
  const std::int64_t unpaid = count_repeats(state()) + count_answered(state());
  if (why_no_new_trial(spec_, view, unpaid)) return std::nullopt;
  const auto id = static_cast<std::int64_t>(state().trials.size());
  const auto study_seed = static_cast<std::uint64_t>(spec_.study.seed);
  RandomStream random(study_seed, id, "copy");
  std::optional<Copy> copy = scheduler_->copy(space_, view, random);
  if (!copy) return std::nullopt;
  const Trial& parent = state().trials.at(static_cast<std::size_t>(copy->of.parent));
  Trial trial;
  trial.id = id;
  trial.params = std::move(copy->params);
  trial.origin = TrialOrigin::copy;
  trial.copy_of = copy->of;
  trial.checkpoint = parent.checkpoint;
  trial.checkpoint_budget = parent.checkpoint_budget;
  trial.seed = trial_seed(study_seed, id);
  if (!affords(spec_, memory_.spent_units(), cost_of(trial, copy->budget))) return std::nullopt;
  return launch(trial, copy->budget, {with_view(asked_event(trial, state().last_seq))});
}

std::optional<Launch> Study::next_new_trial() {
  const auto id = static_cast<std::int64_t>(state().trials.size());
  std::optional<Proposal> proposal = propose(id);
  if (!proposal) return std::nullopt;
  assert(!space_.complaint_about(proposal->suggestion.params));
  Trial trial;
  trial.id = id;
  trial.params = std::move(proposal->suggestion.params);
  trial.notes = std::move(proposal->suggestion.notes);
  trial.origin = proposal->origin;
  trial.seed = trial_seed(static_cast<std::uint64_t>(spec_.study.seed), id);
  std::vector<Event> events;
  const std::string& decision = proposal->suggestion.decision;
  if (!decision.empty()) events.push_back(decided_event(decision));
  events.push_back(with_view(asked_event(trial, state().last_seq)));
  if (answers_repeats(spec_)) {
    if (const auto of = answer_to(trial.params, space_, memory_.view())) {
      events.push_back(answered_event(id, *of));
      record(std::move(events), Commit::full);
      return std::nullopt;
    }
  }
  return launch(trial, scheduler_->first_budget(memory_.view()), std::move(events));
}

Event Study::with_view(Event event) const {
  const StrictOrder* order = memory_.strict();
  return order == nullptr ? event : with_known(std::move(event), order->known());
}

std::optional<Study::Proposal> Study::propose(std::int64_t id) const {
  if (id == 0) {
    if (space_.size() == 0) return Proposal::given({}, TrialOrigin::default_);
    if (auto params = space_.default_params()) return Proposal::given(std::move(*params), TrialOrigin::default_);
  }
  if (space_.size() == 0) return std::nullopt;
  if (auto params = next_enqueued()) return Proposal::given(std::move(*params), TrialOrigin::start);
  RandomStream random(static_cast<std::uint64_t>(spec_.study.seed), id, "suggest");
  std::optional<Suggestion> suggestion = sampler_->suggest(space_, memory_.view(), id, random);
  if (!suggestion) return std::nullopt;
  return Proposal{std::move(*suggestion), TrialOrigin::sampler};
}

/// The first start point that no trial has had: they come before all suggestions, a doubled one once.
std::optional<Params> Study::next_enqueued() const {
  const std::vector<Params>& enqueued = state().enqueued;
  if (state().trials.size() > enqueued.size()) return std::nullopt;
  for (const Params& params : enqueued) {
    const std::string key = space_.key(params);
    const bool is_tried = std::any_of(state().trials.begin(), state().trials.end(),
                                      [&](const Trial& trial) { return space_.key(trial.params) == key; });
    if (!is_tried) return params;
  }
  return std::nullopt;
}

Launch Study::launch(const Trial& trial, double budget, std::vector<Event> before) {
  const auto id = static_cast<std::size_t>(trial.id);
  before.push_back(launched_event(trial, budget));
  record(std::move(before), Commit::full);
  const Trial& launched = state().trials[id];
  Launch launch;
  launch.trial = launched.id;
  launch.attempt = launched.attempt;
  launch.params = launched.params;
  launch.params.merge(space_.derived(launched.params));
  launch.seed = launched.seed;
  launch.budget = launched.budget;
  if (can_resume(launched, budget)) launch.resume = launched.checkpoint;
  if (launched.copy_of) launch.parent = launched.copy_of->parent;
  return launch;
}

}  // namespace hone
