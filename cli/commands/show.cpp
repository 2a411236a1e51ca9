#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/log_text.h"
#include "cli/report/json_document.h"
#include "cli/study_files.h"
#include "cli/trial_attempts.h"
#include "core/files.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr int kLabelWidth = 13;
constexpr std::size_t kShownLogLines = 10;
constexpr std::size_t kShownCurvePoints = 12;

struct ShowOptions {
  std::string trial;
  std::string study;
};

std::string state_text(const TrialResult& trial) {
  std::string text = trial.state;
  if (!trial.failure.empty()) text += fmt::format(" ({})", trial.failure);
  if (!trial.message.empty()) text += ": " + without_controls(trial.message);
  return text;
}

/// Which sampler proposed a trial and what `auto` had decided by then: "gp; smooth (…): gp 95 %, random 5 %".
std::string proposer_text(const std::vector<Event>& events, std::int64_t trial) {
  std::string decision;
  for (const Event& event : events) {
    if (event.kind == EventKind::decided) decision = nlohmann::json::parse(event.body).value("sampler", "");
    if (event.kind != EventKind::asked || event.trial != trial) continue;
    const nlohmann::json notes = nlohmann::json::parse(event.body).value("notes", nlohmann::json::object());
    const std::string arm = notes.value("arm", "");
    if (!notes.contains("policy")) return arm;
    return arm.empty() ? decision : arm + "; " + decision;
  }
  return "";
}

/// At most kShownCurvePoints points, evenly chosen, first and last among them.
std::string curve_text(const TrialResult& trial) {
  std::vector<std::string> parts;
  const std::size_t count = trial.curve.size();
  const std::size_t shown = std::min(count, kShownCurvePoints);
  for (std::size_t i = 0; i < shown; ++i) {
    const CurvePoint& point = trial.curve[shown == 1 ? 0 : i * (count - 1) / (shown - 1)];
    parts.push_back(fmt::format("{}: {}", format_short(point.step), format_short(point.value, 4)));
  }
  return join(parts, ", ");
}

std::string stderr_tail(const StudyView& study, const TrialResult& trial) {
  for (std::int64_t attempt = trial.attempts; attempt >= 1; --attempt) {
    const auto log = read_file_if_there(trial_log(study.folder, trial.id, attempt, /*of_stderr=*/true));
    if (log && !log->empty()) return safe_log_text(last_lines(*log, kShownLogLines));
  }
  return "";
}

nlohmann::json trial_document(const StudyView& study, const Results& results, const TrialResult& trial,
                              const std::vector<TrialAttempt>& attempts) {
  nlohmann::json item = trial_json(trial, true);
  item["attempt_list"] = nlohmann::json::array();
  for (const TrialAttempt& attempt : attempts) {
    item["attempt_list"].push_back({{"attempt", attempt.number},
                                    {"budget", attempt.budget},
                                    {"resume", attempt.resume},
                                    {"end", attempt.end},
                                    {"attempt_seconds", attempt.seconds}});
  }
  item["proposed_by"] = proposer_text(study.events, trial.id);
  item["stderr_tail"] = stderr_tail(study, trial);
  return json_document("trial", results, nlohmann::json::array({item}));
}

ExitCode show_trial(const ShowOptions& options, Console& console) {
  const StudyView study = open_study(options.study);
  const std::int64_t id = find_trial(study, options.trial);
  const Results results = make_results(study);
  const TrialResult& trial = results.trials[static_cast<std::size_t>(id)];
  const std::vector<TrialAttempt> attempts = attempts_of(study.events, id);
  if (console.options().json) {
    console.answer(
        trial_document(study, results, trial, attempts).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
        "\n");
    return ExitCode::ok;
  }
  const int columns = console.answer_columns();
  const auto line = [&](std::string_view label, const std::string& text) {
    return text.empty() ? std::string() : wrap_labelled(label, text, columns, kLabelWidth);
  };
  std::string text = line("trial", fmt::format("{}{}", id, results.best == id ? " (the best)" : ""));
  text += line("state", state_text(trial));
  if (trial.answered_from) {
    text += line("answered",
                 fmt::format("from trial {}, which has the same parameters: nothing ran", *trial.answered_from));
  }
  text += line("value", fmt::format("{} {}", results.metric, format_score(trial.value)));
  if (trial.reached > 0) {
    text += line("reached", trial.budget > 0 ? fmt::format("{} of {} {}", format_short(trial.reached),
                                                           format_short(trial.budget), results.unit)
                                             : format_short(trial.reached));
  }
  text += line("code", trial.code);
  text += line("time", format_seconds(trial.seconds));
  text += line("origin", trial.origin);
  text += line("proposed by", proposer_text(study.events, id));
  for (bool first = true; const auto& [name, value] : trial.params) {
    text += line(first ? "parameters" : "", name + " = " + without_controls(to_text(value)));
    first = false;
  }
  for (bool first = true; const auto& [name, value] : trial.metrics) {
    text += line(first ? "metrics" : "", name + " = " + format_short(value, 6));
    first = false;
  }
  text += line("curve", curve_text(trial));
  for (bool first = true; const TrialAttempt& attempt : attempts) {
    text += line(first ? "attempts" : "", attempt_text(attempt, results.unit));
    first = false;
  }
  text += line("folder", trial_folder(study.folder, id).string());
  console.answer(text);
  if (const std::string tail = stderr_tail(study, trial); !tail.empty()) {
    console.answer("\nlast lines of stderr\n" + tail + (tail.back() == '\n' ? "" : "\n"));
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_show(CLI::App& app) {
  auto options = std::make_shared<ShowOptions>();
  app.add_option("TRIAL", options->trial, "number, best or latest")->required();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  return [options](Console& console) { return show_trial(*options, console); };
}

}  // namespace hone
