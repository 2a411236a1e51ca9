#include "search/study_state.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "search/objective.h"

namespace hone {

namespace {

using nlohmann::json;

/// One event on its way into the state.
class Fold {
 public:
  Fold(StudyState& state, const Event& event) : state_(state), event_(event), body_(json::parse(event.body)) {}

  void run() {
    count_search_time();
    apply();
    state_.last_seq = event_.seq;
    state_.last_time_us = event_.time_us;
    if (event_.trial) trial().changed_time_us = event_.time_us;
  }

 private:
  Trial& trial() { return state_.trials.at(static_cast<std::size_t>(event_.trial.value())); }
  TrialLedger& ledger() { return state_.ledgers.at(static_cast<std::size_t>(event_.trial.value())); }

  /// Whether the event is of a repeat, whose time and units are not the search's: they never run beside each other.
  bool is_repeat() { return event_.trial && event_.kind != EventKind::asked && !is_of_the_search(trial().origin); }

  void count_search_time() {
    const bool nobody_was_there = body_.contains("reopened");
    if (state_.running == 0 || nobody_was_there || is_repeat()) return;
    state_.search_seconds +=
        static_cast<double>(std::max<std::int64_t>(0, event_.time_us - state_.last_time_us)) * 1e-6;
  }

  void apply() {
    switch (event_.kind) {
      case EventKind::study_opened:
        return opened();
      case EventKind::enqueued:
        state_.enqueued.push_back(params_from_json(body_.at("params")));
        return;
      case EventKind::asked:
        return asked();
      case EventKind::answered:
        return answered();
      case EventKind::launched:
        return launched();
      case EventKind::reported:
        return reported();
      case EventKind::checkpointed:
        return checkpointed();
      case EventKind::stop_requested:
        ledger().stop_requested = true;
        return;
      case EventKind::attempt_ended:
        return attempt_ended();
      case EventKind::rested:
        return reached(TrialState::rested);
      case EventKind::completed:
        return reached(TrialState::completed);
      case EventKind::stopped:
        return ended(TrialState::stopped);
      case EventKind::failed:
        return ended(TrialState::failed);
      case EventKind::space_migrated:
        return migrated();
      case EventKind::compressed:
        state_.compressed = event_.body;
        return;
      case EventKind::closed:
        state_.closed = true;
        state_.closed_reason = body_.at("reason").get<std::string>();
        return;
      case EventKind::promoted:  // the launch that follows says it again
      case EventKind::spec_changed:
      case EventKind::decided:
        return;
      case EventKind::code_changed:
        state_.code = body_.at("code").get<std::string>();
        state_.code_parts = body_.at("parts").get<std::map<std::string, std::string>>();
        return;
      case EventKind::budget_changed:
        if (body_.value("extended", false)) ++state_.extensions;
        state_.closed = false;
        state_.closed_reason.clear();
        return;
    }
  }

  void opened() {
    state_.opened_time_us = event_.time_us;
    if (body_.contains("facts")) state_.facts = facts_from_json(body_.at("facts"));
  }

  void asked() {
    assert(event_.trial == static_cast<std::int64_t>(state_.trials.size()));
    Trial trial;
    trial.id = *event_.trial;
    trial.params = params_from_json(body_.at("params"));
    trial.seed = std::stoull(body_.at("seed").get<std::string>());
    trial.origin = trial_origin_named(body_.at("origin").get<std::string>()).value();
    trial.notes = body_.at("notes").dump();
    trial.asked_time_us = event_.time_us;
    if (body_.contains("parent")) {
      trial.copy_of = CopyOf{body_.at("parent").get<std::int64_t>(), body_.at("replaces").get<std::int64_t>()};
      trial.checkpoint = body_.at("checkpoint").at("file").get<std::string>();
      trial.checkpoint_budget = body_.at("checkpoint").at("step").get<double>();
    }
    state_.trials.push_back(std::move(trial));
    state_.ledgers.emplace_back();
    ++state_.waiting;
  }

  /// The results of an earlier trial of the same configuration, taken over without a launch.
  void answered() {
    const auto of = body_.at("of").get<std::size_t>();
    const Trial& known = state_.trials.at(of);
    trial().budget = known.budget;
    trial().curve = known.curve;
    trial().final_metrics = known.final_metrics;
    trial().reached = known.reached;
    ledger().reached = state_.ledgers.at(of).reached;
    leave_running(TrialState::completed);
  }

  void launched() {
    assert(trial().state == TrialState::waiting || trial().state == TrialState::rested);
    assert(event_.attempt == trial().attempt + 1);
    if (trial().state == TrialState::waiting) --state_.waiting;
    trial().state = TrialState::running;
    trial().attempt = *event_.attempt;
    trial().budget = body_.at("budget").get<double>();
    trial().code = state_.code;
    state_.launched_code = state_.code;
    trial().final_metrics.clear();
    trial().failure = FailureClass::none;
    trial().message.clear();
    ledger().stop_requested = false;
    ledger().launched_time_us = event_.time_us;
    if (!is_repeat()) state_.units += trial().budget - body_.at("from").get<double>();
    ++state_.running;
  }

  void reported() {
    auto metrics = body_.at("metrics").get<std::map<std::string, double>>();
    if (body_.contains("final")) {
      trial().final_metrics = std::move(metrics);
    } else {
      trial().curve.push_back({body_.at("step").get<double>(), std::move(metrics)});
    }
  }

  void checkpointed() {
    trial().checkpoint = body_.at("file").get<std::string>();
    trial().checkpoint_budget = body_.at("step").get<double>();
  }

  void attempt_ended() {
    note_failure();
    if (!body_.contains("asked")) ++ledger().retries[trial().failure];
    leave_running(TrialState::waiting);
  }

  void reached(TrialState state) {
    const auto budget = body_.at("budget").get<double>();
    trial().reached.push_back(budget);
    ledger().reached.push_back({budget, trial().curve.size(), trial().final_metrics});
    leave_running(state);
  }

  void migrated() {
    for (const auto& [id, params] : body_.at("trials").items()) {
      state_.trials.at(static_cast<std::size_t>(std::stoll(id))).params = params_from_json(params);
    }
    for (const json& id : body_.at("outside")) state_.ledgers.at(id.get<std::size_t>()).outside = true;
  }

  void ended(TrialState state) {
    note_failure();
    leave_running(state);
  }

  void note_failure() {
    if (body_.contains("class")) {
      trial().failure = failure_class_named(body_.at("class").get<std::string>()).value();
    }
    trial().message = body_.value("message", "");
  }

  void leave_running(TrialState state) {
    if (trial().state == TrialState::running) --state_.running;
    if (trial().state == TrialState::waiting) --state_.waiting;
    if (state == TrialState::waiting) ++state_.waiting;
    trial().state = state;
    trial().seconds += body_.value("seconds", 0.0);
  }

  StudyState& state_;
  const Event& event_;
  const json body_;
};

}  // namespace

void StudyState::apply(const Event& event) { Fold(*this, event).run(); }

StudyState fold(const std::vector<Event>& events) {
  StudyState state;
  for (const Event& event : events) state.apply(event);
  return state;
}

}  // namespace hone
