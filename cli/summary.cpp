#include "cli/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/best_lines.h"
#include "cli/format.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr int kLabelWidth = 13;
constexpr std::string_view kStateOrder[] = {"running", "waiting", "completed", "rested", "stopped", "failed"};

/// Trials that count against the budget: not the repeats of `hone confirm`, nor those answered from the log.
std::int64_t searched(const Results& results) {
  return std::count_if(results.trials.begin(), results.trials.end(), [](const TrialResult& trial) {
    return trial.origin != name_of(TrialOrigin::confirm) && !trial.answered_from;
  });
}

std::string limit_text(const LimitVerdict& limit) {
  std::string text = fmt::format("{}: reached {}", limit.limit, format_limit_figure(limit, limit.reached));
  if (limit.low != limit.high) {
    text += fmt::format(" (95 % {} to {}", format_short(limit.low, 3), format_limit_figure(limit, limit.high));
    text += limit.n > 0 ? fmt::format(", n = {})", limit.n) : ")";
  } else if (limit.n > 0) {
    text += fmt::format(" (n = {})", limit.n);
  }
  return text;
}

/// The batch size that says most about a deployment: the largest measured.
const SpeedFigure* main_speed(const CompressionResults& compression) {
  const auto largest = std::max_element(compression.latency.begin(), compression.latency.end(),
                                        [](const auto& a, const auto& b) { return a.batch < b.batch; });
  return largest == compression.latency.end() ? nullptr : &*largest;
}

std::string speed_text(const SpeedFigure& speed) {
  return fmt::format("{:.2f} x as fast at batch {} (95 % {:.2f} to {:.2f})", speed.speedup, speed.batch,
                     speed.speedup_low, speed.speedup_high);
}

}  // namespace

std::string labelled(const Console& console, std::string_view label, std::string_view text, int columns) {
  std::string lines = wrap_labelled(label, text, columns, kLabelWidth);
  // Style after wrapping: escape codes have no width.
  return console.styled(Style::bold, lines.substr(0, label.size())) + lines.substr(label.size());
}

std::string counts_text(const Results& results) {
  std::vector<std::string> parts;
  for (const std::string_view state : kStateOrder) {
    const auto found = results.states.find(std::string(state));
    if (found == results.states.end()) continue;
    std::string part = fmt::format("{} {}", found->second, state);
    if (state == "failed" && !results.failures.empty()) {
      std::vector<std::string> classes;
      for (const auto& [name, count] : results.failures) classes.push_back(fmt::format("{} {}", count, name));
      part += " (" + join(classes, ", ") + ")";
    }
    parts.push_back(part);
  }
  std::string text = count_of(static_cast<std::int64_t>(results.trials.size()), "trial");
  return parts.empty() ? text : text + ": " + join(parts, ", ");
}

std::string budget_text(const Results& results) {
  std::vector<std::string> parts;
  if (results.budget_trials) parts.push_back(fmt::format("{} of {} trials", searched(results), *results.budget_trials));
  if (results.budget_wall_seconds) {
    parts.push_back(format_clock(results.search_seconds) + " of " + format_clock(*results.budget_wall_seconds));
  }
  if (results.budget_units) {
    parts.push_back(fmt::format("{} of {} {}", format_short(results.units_spent), format_short(*results.budget_units),
                                results.unit));
  }
  return join(parts, ", ");
}

std::string test_lines(const Results& results, const Console& console, int columns) {
  if (!results.test) return "";
  return labelled(console, "test", test_text(*results.test), columns);
}

std::string test_text(const TestResults& test) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : test.metrics) parts.push_back(name + " " + format_metric(name, value));
  return join(parts, ", ") + " on " + count_of(test.rows, "row") + " that nothing was chosen by";
}

std::string compression_lines(const Results& results, const Console& console, int columns) {
  if (!results.compression) return "";
  const CompressionResults& compression = *results.compression;
  const std::string& metric = compression.metric;
  std::string text =
      labelled(console, "compression",
               fmt::format("weights {} to {} ({}),", format_bytes(compression.source_bytes),
                           format_bytes(compression.result_bytes), format_percent(compression.size_share())) +
                   fmt::format(" {} {} to {} on {} validation rows,", metric,
                               format_metric(metric, compression.source_validation),
                               format_metric(metric, compression.result_validation), compression.validation_rows) +
                   fmt::format(" {} to {} on {} test rows", format_metric(metric, compression.source_test),
                               format_metric(metric, compression.result_test), compression.test_rows),
               columns);
  if (compression.trial >= 0 && compression.trial != results.best) {
    text += labelled(console, "", fmt::format("of trial {}, which was the best then", compression.trial), columns);
  }
  if (const SpeedFigure* speed = main_speed(compression)) text += labelled(console, "", speed_text(*speed), columns);
  for (const LimitVerdict& limit : compression.limits) {
    const std::string word = limit.met ? "met" : "missed";
    std::string lines = wrap_labelled("", word + " " + limit_text(limit), columns, kLabelWidth);
    lines.replace(lines.find(word), word.size(), console.styled(limit.met ? Style::good : Style::bad, word));
    text += lines;
  }
  return text;
}

std::string final_block(const Results& results, const std::string& report, const Console& console, int columns) {
  std::string text =
      labelled(console, "search", counts_text(results) + " in " + format_clock(results.search_seconds), columns);
  text += best_lines(results, console, columns);
  text += test_lines(results, console, columns);
  text += compression_lines(results, console, columns);
  const std::string model = results.compressed_model.empty() ? results.best_model : results.compressed_model;
  if (!model.empty()) text += labelled(console, "model", model, columns);
  if (!results.compressed_model.empty() && !results.best_model.empty()) {
    text += labelled(console, "", results.best_model + " (before compression)", columns);
  }
  if (!report.empty()) text += labelled(console, "report", report, columns);
  if (!model.empty()) text += labelled(console, "next", fmt::format("hone predict {} FILE.csv", model), columns);
  const std::string study = results.folder.string();
  if (results.best) {
    text +=
        labelled(console, model.empty() ? "next" : "", fmt::format("hone show {} {}", *results.best, study), columns);
  } else if (!results.trials.empty()) {
    text += labelled(console, "next", fmt::format("hone logs latest {} --stderr", study), columns);
  }
  return text;
}

}  // namespace hone
