#include "cli/no_metric.h"

#include <fmt/format.h>

#include "cli/log_text.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr std::size_t kShownLines = 5;

std::string where_looked(const CommandMetrics& metrics) {
  if (metrics.from == "auto") return "neither in report lines nor as JSON, `name=value` or `name: value` on stdout";
  if (metrics.from == "report") return "not in report lines (fd 3, $HONE_REPORT, `@hone {…}` on stdout)";
  return "not in " + metrics.from + " by trainer.metrics";
}

}  // namespace

Diagnostic no_metric_diagnostic(const ExperimentSpec& spec, std::int64_t trial, const std::string& output) {
  std::vector<std::string> names;
  for (const ObjectiveSpec& objective : spec.objectives) names.push_back("`" + objective.metric + "`");
  Diagnostic diagnostic;
  diagnostic.code = "trial::no-metric";
  diagnostic.message = fmt::format("{} was not found in what trial {} wrote: {}", join(names, ", "), trial,
                                   where_looked(spec.trainer.metrics));
  diagnostic.suggestion =
      fmt::format("print `{}=0.5` at the end, or name a metric that is there", spec.objectives.front().metric);
  const std::string_view text = trim(output);
  if (text.empty()) {
    diagnostic.notes.push_back("it printed nothing on stdout");
  } else {
    std::vector<std::string> lines;
    for (const std::string& line : split(safe_log_text(last_lines(std::string(text), kShownLines)), '\n')) {
      if (!trim(line).empty()) lines.push_back("`" + fit_width(trim(line), 100) + "`");
    }
    diagnostic.notes.push_back("its last lines: " + join(lines, ", "));
  }
  diagnostic.notes.push_back("help: hone explain trial::no-metric");
  return diagnostic;
}

}  // namespace hone
