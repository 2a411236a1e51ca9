#include <fmt/format.h>

#include <algorithm>

#include "cli/best_lines.h"
#include "cli/format.h"
#include "cli/report/write_report.h"
#include "cli/summary.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr std::size_t kMostTrials = 100;

/// A foreign text as one line of Markdown that means nothing but itself.
std::string escaped(const std::string& raw) {
  std::string text;
  for (const char c : without_controls(raw)) {
    if (c == '\n' || c == '\t') {
      text += ' ';
    } else if (c == '<') {
      text += "&lt;";
    } else if (c == '>') {
      text += "&gt;";
    } else if (c == '&') {
      text += "&amp;";
    } else {
      if (std::string_view("\\`*_{}[]|#~$").find(c) != std::string_view::npos) text += '\\';
      text += c;
    }
  }
  return text;
}

std::string row(const std::vector<std::string>& cells) {
  std::vector<std::string> safe;
  for (const std::string& cell : cells) safe.push_back(escaped(cell));
  return "| " + join(safe, " | ") + " |\n";
}

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
  std::string text = row(header) + "|";
  for (std::size_t i = 0; i < header.size(); ++i) text += " --- |";
  text += "\n";
  for (const auto& cells : rows) text += row(cells);
  return text + "\n";
}

std::string best_part(const Results& results) {
  const TrialResult* best = results.best_trial();
  if (best == nullptr) return "No trial has a score.\n\n";
  std::string text = fmt::format("## Best trial: {}\n\n", best->id);
  text += escaped(scores_text(results.best_scores));
  if (best->reached > 0) text += " after " + escaped(format_units(best->reached, results.unit));
  text += ". " + escaped(how_text(results)) + "\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : best->params) rows.push_back({name, to_text(value)});
  if (!rows.empty()) text += table({"parameter", "value"}, rows);
  if (results.test) text += "Test: " + escaped(test_text(*results.test)) + ".\n\n";
  return text;
}

std::string progress_part(const Results& results) {
  if (!results.best_so_far) return "";
  const BestSoFar& so_far = *results.best_so_far;
  const Improvement& last = so_far.improvements.back();
  std::string text =
      fmt::format("The best {} came after {} and {}; the mean of the best so far is {}.", escaped(results.metric),
                  count_of(last.trials, "trial"), format_clock(last.trial.seconds), format_score(so_far.area));
  if (const auto& reached = so_far.reached_target) {
    text += fmt::format(" The target {} was reached after {} and {}.", format_score(results.target),
                        count_of(reached->trials, "trial"), format_clock(reached->trial.seconds));
  }
  return text + "\n\n";
}

std::string front_part(const Results& results) {
  if (!results.front || results.front->trials.empty()) return "";
  const FrontResults& front = *results.front;
  std::vector<std::string> header = {"trial"};
  for (const FrontObjective& objective : front.objectives) header.push_back(objective.metric);
  header.insert(header.end(), {"parameters", ""});
  std::vector<std::vector<std::string>> rows;
  for (const FrontTrial& trial : front.trials) {
    std::vector<std::string> cells = {std::to_string(trial.trial)};
    for (const double value : trial.values) cells.push_back(format_score(value));
    cells.push_back(format_params(results.trials[static_cast<std::size_t>(trial.trial)].params));
    cells.push_back(&trial == front.knee_trial() ? "knee" : "");
    rows.push_back(std::move(cells));
  }
  return fmt::format("## Pareto front\n\nHypervolume {}.\n\n", escaped(hypervolume_text(front))) + table(header, rows);
}

std::string limits_part(const CompressionResults& compression) {
  std::vector<std::vector<std::string>> rows;
  for (const LimitVerdict& limit : compression.limits) {
    const std::string interval = limit.low == limit.high ? "–"
                                                         : fmt::format("{} to {}", format_short(limit.low, 3),
                                                                       format_limit_figure(limit, limit.high));
    rows.push_back({limit.limit, format_limit_figure(limit, limit.reached), interval,
                    limit.n > 0 ? std::to_string(limit.n) : "–", limit.met ? "met" : "missed"});
  }
  return rows.empty() ? "" : table({"limit", "reached", "95 % interval", "rows", "verdict"}, rows);
}

std::string stages_part(const CompressionResults& compression) {
  std::vector<std::vector<std::string>> rows;
  for (const CompressionStage& stage : compression.stages) {
    rows.push_back({stage.stage, format_metric(compression.metric, stage.metric), format_bytes(stage.bytes),
                    std::to_string(stage.params), format_seconds(stage.seconds), stage.kept ? "kept" : "rolled back",
                    stage.note});
  }
  return table({"stage", compression.metric, "weights", "parameters", "time", "", "note"}, rows);
}

std::string latency_part(const CompressionResults& compression) {
  std::vector<std::vector<std::string>> rows;
  for (const SpeedFigure& speed : compression.latency) {
    rows.push_back({std::to_string(speed.batch), fmt::format("{} ms", format_short(speed.source_p50_ms, 3)),
                    fmt::format("{} ms", format_short(speed.result_p50_ms, 3)), fmt::format("{:.2f} x", speed.speedup),
                    fmt::format("{:.2f} to {:.2f}", speed.speedup_low, speed.speedup_high)});
  }
  return rows.empty() ? "" : table({"rows a call", "before", "after", "faster", "95 % interval"}, rows);
}

std::string compression_part(const Results& results) {
  if (!results.compression) return "";
  const CompressionResults& compression = *results.compression;
  const std::string& metric = compression.metric;
  std::string text = "## Compression\n\n";
  text += fmt::format("Weights {} to {} ({}). ", format_bytes(compression.source_bytes),
                      format_bytes(compression.result_bytes), format_percent(compression.size_share()));
  text += fmt::format("{} {} to {} on {} validation rows, {} to {} on {} test rows, read once.\n\n", escaped(metric),
                      format_metric(metric, compression.source_validation),
                      format_metric(metric, compression.result_validation), compression.validation_rows,
                      format_metric(metric, compression.source_test), format_metric(metric, compression.result_test),
                      compression.test_rows);
  return text + limits_part(compression) + stages_part(compression) + latency_part(compression);
}

std::string trials_part(const Results& results) {
  if (results.trials.empty()) return "";
  std::vector<const TrialResult*> trials;
  for (const TrialResult& trial : results.trials) trials.push_back(&trial);
  std::stable_sort(trials.begin(), trials.end(), [&](const TrialResult* a, const TrialResult* b) {
    if (!a->value || !b->value) return a->value.has_value() && !b->value.has_value();
    return results.maximize ? *a->value > *b->value : *a->value < *b->value;
  });
  std::string text = "## Trials\n\n";
  const std::size_t most = std::min(kMostTrials, results.shown_trials);
  if (trials.size() > most) {
    text += fmt::format("The best {} of {}; report.json holds all.\n\n", most, trials.size());
    trials.resize(most);
  }
  std::vector<std::vector<std::string>> rows;
  for (const TrialResult* trial : trials) {
    rows.push_back({std::to_string(trial->id), trial->failure.empty() ? trial->state : trial->failure,
                    format_score(trial->value), format_short(trial->reached), format_seconds(trial->seconds),
                    format_params(trial->params)});
  }
  return text + table({"trial", "state", results.metric, results.unit, "time", "parameters"}, rows);
}

}  // namespace

std::string markdown_report(const Results& results) {
  std::string text = "# " + escaped(results.title) + "\n\n";
  text += fmt::format("{} in {}, {}", counts_text(results), format_clock(results.search_seconds), results.state);
  if (!results.closed_reason.empty()) text += " (" + escaped(results.closed_reason) + ")";
  text += ".";
  if (results.facts) {
    text += fmt::format(" Data: {} rows ({} train, {} validation, {} test).", results.facts->rows,
                        results.facts->train_rows, results.facts->validation_rows, results.facts->test_rows);
  }
  return text + "\n\n" + best_part(results) + progress_part(results) + front_part(results) + compression_part(results) +
         trials_part(results);
}

}  // namespace hone
