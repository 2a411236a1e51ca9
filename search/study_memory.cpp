#include "search/study_memory.h"

#include <nlohmann/json.hpp>

#include "search/objective.h"

namespace hone {

StudyMemory::StudyMemory(const ExperimentSpec& spec) : goals_(spec) {
  live_.tolerances = goals_.tolerances();
  live_.generation = 0;
  if (spec.study.order == "strict") strict_.emplace(spec.study.lookahead, goals_.tolerances());
}

void StudyMemory::apply(const Event& event) {
  state_.apply(event);
  if (event.kind == EventKind::space_migrated) migrate();
  if (!event.trial) return;
  update_live(event);
  if (strict_) update_strict(event);
}

void StudyMemory::migrate() {
  ++*live_.generation;
  for (HistoryTrial& view : live_.trials) {
    const auto id = static_cast<std::size_t>(view.id);
    view.params = state_.trials[id].params;
    view.teaches = view.teaches && !state_.ledgers[id].outside;
    // Facts about the old space: lengths, arms, states of a sampler that had other dimensions.
    view.notes = "{}";
  }
}

void StudyMemory::update_live(const Event& event) {
  const auto id = static_cast<std::size_t>(*event.trial);
  const Trial& trial = state_.trials[id];
  if (event.kind == EventKind::asked) {
    HistoryTrial view;
    view.id = trial.id;
    view.params = trial.params;
    view.notes = trial.notes;
    view.copy_of = trial.copy_of;
    view.teaches = is_of_the_search(trial.origin);
    live_.trials.push_back(std::move(view));
  }
  if (event.kind == EventKind::reported && trial.final_metrics.empty()) {
    add_report(live_.trials[id], trial, goals_);
  } else {
    update_view(live_.trials[id], trial, state_.ledgers[id], goals_);
  }
  const bool is_timed = trial.state != TrialState::waiting && trial.state != TrialState::running && trial.seconds > 0;
  live_.trials[id].seconds = is_timed && !strict_ ? std::optional(trial.seconds) : std::nullopt;
}

void StudyMemory::update_strict(const Event& event) {
  const HistoryTrial& trial = live_.trials[static_cast<std::size_t>(*event.trial)];
  if (!is_of_the_search(state_.trials[static_cast<std::size_t>(*event.trial)].origin)) {
    if (event.kind == EventKind::asked) strict_->add_repeat(trial);
    return;
  }
  switch (event.kind) {
    case EventKind::asked:
    case EventKind::promoted:
      decided_with_ = nlohmann::json::parse(event.body).at("known").get<std::int64_t>();
      return;
    case EventKind::answered:
      // Known at once and to all: what it repeats was in the view.
      strict_->decide(trial, decided_with_.value());
      strict_->settle(trial);
      decided_with_.reset();
      return;
    case EventKind::launched: {
      if (!decided_with_) return;  // another attempt of a decision that stands
      strict_->decide(trial, *decided_with_);
      decided_with_.reset();
      const auto body = nlohmann::json::parse(event.body);
      decided_units_ += body.at("budget").get<double>() - body.at("from").get<double>();
      return;
    }
    case EventKind::rested:
    case EventKind::completed:
    case EventKind::stopped:
    case EventKind::failed:
      return strict_->settle(trial);
    default:
      return;
  }
}

Verdict StudyMemory::judge(const Scheduler& scheduler, std::int64_t trial) {
  if (!strict_) return scheduler.judge(live_, trial);
  return strict_->judge(scheduler, live_.trials[static_cast<std::size_t>(trial)]);
}

}  // namespace hone
