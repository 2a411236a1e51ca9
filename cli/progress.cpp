#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/best_lines.h"
#include "cli/format.h"
#include "cli/log_text.h"
#include "cli/no_metric.h"
#include "cli/study_choice.h"
#include "cli/study_files.h"
#include "core/files.h"
#include "core/text.h"
#include "search/cached_answers.h"

namespace hone {

namespace {

constexpr double kHeartbeatSeconds = 60;

bool ends_budget(EventKind kind) {
  return kind == EventKind::rested || kind == EventKind::completed || kind == EventKind::stopped ||
         kind == EventKind::failed;
}

const Trial& trial_of(const Study& study, std::int64_t id) {
  return study.state().trials[static_cast<std::size_t>(id)];
}

}  // namespace

SearchProgress::SearchProgress(Console& console, std::filesystem::path study_folder, std::int64_t slots,
                               Stopwatch stopwatch)
    : console_(console), folder_(std::move(study_folder)), slots_(slots), stopwatch_(std::move(stopwatch)) {}

SearchStatus SearchProgress::status_of(const Study& study) const {
  SearchStatus status;
  status.planned = study.spec().budget.trials;
  for (const Trial& trial : study.state().trials) {
    if (is_answered(trial)) continue;
    switch (trial.state) {
      case TrialState::waiting:
      case TrialState::running:
        // A promoted trial has a result already, though it runs again.
        if (!trial.reached.empty()) ++status.good;
        if (trial.state == TrialState::running) ++status.running;
        break;
      case TrialState::rested:
      case TrialState::completed:
        ++status.good;
        break;
      case TrialState::stopped:
        ++status.stopped;
        break;
      case TrialState::failed:
        ++status.failed;
        break;
    }
  }
  // A slot is free as soon as its process is gone, which may be before the end is in the store.
  status.running = std::min(status.running, slots_);
  status.finished = status.good + status.stopped + status.failed;
  if (!best_scores_.empty()) status.best = best_scores_.front().value;
  status.front = front_;
  status.best_trial = best_.value_or(0);
  status.elapsed_seconds = stopwatch_();
  time_left_.estimate(status);
  return status;
}

void SearchProgress::on_event(const Study& study, const Event& event) {
  if (!event.trial || !ends_budget(event.kind)) return;
  // A promoted trial ends once more; it was counted when it first did.
  if (trial_of(study, *event.trial).reached.size() <= 1) time_left_.trial_finished(stopwatch_());
  if (!console_.shows_progress()) return;
  const bool better = update_best(study);
  if (event.kind == EventKind::failed) failed(study, *event.trial);
  if (!console_.live_line()) line_for(study, *event.trial);
  if (better && console_.live_line()) new_best(study, *best_);
}

bool SearchProgress::update_best(const Study& study) {
  const std::optional<std::int64_t> best = choice_of(study.state(), study.spec()).trial;
  if (!best) return false;
  const auto front = front_results(study.spec(), study.state());
  front_ = front && front->is_answer() ? static_cast<std::int64_t>(front->trials.size()) : 0;
  std::vector<ObjectiveScore> scores = scores_of(study.state(), study.spec(), *best);
  if (best == best_ && scores == best_scores_) return false;
  best_ = best;
  best_scores_ = std::move(scores);
  return true;
}

void SearchProgress::new_best(const Study& study, std::int64_t trial) {
  const std::string text =
      fmt::format("{} (t{}) {}", scores_text(best_scores_), trial, format_params(trial_of(study, trial).params));
  const std::string word = front_ > 0 ? "knee" : "best";
  console_.note(console_.note_styled(Style::good, word) + " " + fit_width(text, console_.progress_columns() - 5));
}

void SearchProgress::failed(const Study& study, std::int64_t trial) {
  const Trial& failed = trial_of(study, trial);
  const std::string name(name_of(failed.failure));
  if (failed.failure == FailureClass::no_result && failures_[name] == 0 && study.spec().trainer.kind == "command") {
    no_metric(study, failed);
  }
  // One line a class says what to look at; the count stands in the status line.
  if (++failures_[name] > 1 && console_.live_line()) return;
  const std::string log = trial_log(folder_, trial, failed.attempt, /*of_stderr=*/true).string();
  std::string text = fmt::format("t{} {}: {}", trial, name, without_controls(failed.message));
  if (console_.live_line()) text = fit_width(text, console_.progress_columns() - 8);
  console_.note(console_.note_styled(Style::bad, "failed") + " " + text);
  const std::string hint = "see " + log;
  console_.note("       " + (console_.live_line() ? fit_width(hint, console_.progress_columns() - 8) : hint));
}

void SearchProgress::no_metric(const Study& study, const Trial& trial) {
  const std::optional<std::string> log =
      read_file_if_there(trial_log(folder_, trial.id, trial.attempt, /*of_stderr=*/false));
  console_.diagnose(std::vector<Diagnostic>{no_metric_diagnostic(study.spec(), trial.id, log.value_or(""))});
}

void SearchProgress::on_note(const std::string& text) {
  if (console_.shows_progress()) console_.say(text);
}

void SearchProgress::line_for(const Study& study, std::int64_t trial) {
  const Trial& ended = trial_of(study, trial);
  const SearchStatus status = status_of(study);
  std::string text = fmt::format("trial {} {}", trial, name_of(ended.state));
  if (ended.failure != FailureClass::none) text += fmt::format(" ({})", name_of(ended.failure));
  const auto value = objective_of(ended, study.spec().objectives.front());
  if (value) text += fmt::format(", {} {}", study.spec().objectives.front().metric, format_score(value));
  if (!ended.curve.empty() && study.spec().fidelity.max) {
    text += " after " + format_units(ended.curve.back().step, study.spec().fidelity.unit);
  }
  console_.note(text + "  " + status_line(status, 1000));
  last_line_ = stopwatch_();
}

void SearchProgress::on_tick(const Study& study, const Executor&) {
  if (!console_.shows_progress()) return;
  const double now = stopwatch_();
  if (console_.live_line()) {
    console_.status(status_line(status_of(study), console_.progress_columns() - 1));
  } else if (now - last_line_ >= kHeartbeatSeconds) {
    last_line_ = now;
    console_.note(status_line(status_of(study), 1000));
  }
}

}  // namespace hone
