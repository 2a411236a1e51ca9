#include "configs/limits.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/diagnostics.h"
#include "core/error.h"
#include "core/metrics.h"
#include "core/text.h"

namespace hone {
namespace {

enum class FigureKind { metric, drop, size, count, latency };

constexpr std::string_view kMetricUnits[] = {"", "%", "x"};
constexpr std::string_view kDropUnits[] = {"", "pt", "%rel"};
constexpr std::string_view kSizeUnits[] = {"B", "KiB", "MiB", "%", "x"};
constexpr std::string_view kCountUnits[] = {"", "%", "x"};
constexpr std::string_view kLatencyUnits[] = {"us", "ms", "s", "%", "x"};

std::span<const std::string_view> units_of(FigureKind kind) {
  if (kind == FigureKind::metric) return kMetricUnits;
  if (kind == FigureKind::drop) return kDropUnits;
  if (kind == FigureKind::size) return kSizeUnits;
  if (kind == FigureKind::count) return kCountUnits;
  return kLatencyUnits;
}

std::vector<std::string> figure_names() {
  std::vector<std::string> names = {"size", "params", "macs", "latency_p50"};
  for (const MetricInfo& metric : metric_table()) {
    names.emplace_back(metric.name);
    names.push_back(std::string(metric.name) + "_drop");
  }
  return names;
}

[[noreturn]] void refuse(std::string_view text, const std::string& why, std::string suggestion = {}) {
  Diagnostic diagnostic;
  diagnostic.code = "compress::bad-limit";
  diagnostic.message = "limit `" + std::string(text) + "`: " + why;
  diagnostic.suggestion = std::move(suggestion);
  throw Error(std::move(diagnostic));
}

FigureKind kind_of(std::string_view text, const std::string& name) {
  const std::vector<std::string> names = figure_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    refuse(text, "unknown figure `" + name + "`", suggestion_for(name, names));
  }
  if (name == "size") return FigureKind::size;
  if (name == "params" || name == "macs") return FigureKind::count;
  if (name == "latency_p50") return FigureKind::latency;
  return name.ends_with("_drop") ? FigureKind::drop : FigureKind::metric;
}

/// Reads `name@batch=32`.
void read_figure(Limit& limit, std::string_view written, FigureKind& kind) {
  const std::vector<std::string> parts = split(written, '@');
  const std::string name(trim(parts.front()));
  kind = kind_of(limit.text, name);
  limit.is_drop = kind == FigureKind::drop;
  limit.figure = limit.is_drop ? name.substr(0, name.size() - std::string_view("_drop").size()) : name;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view condition = trim(parts[i]);
    const std::optional<std::int64_t> batch =
        condition.starts_with("batch=") ? parse_integer(condition.substr(6)) : std::nullopt;
    if (!batch || *batch < 1 || *batch > 65536) {
      refuse(limit.text, "`@" + std::string(condition) + "` must be @batch= with a number of rows from 1 to 65536");
    }
    if (kind != FigureKind::latency) refuse(limit.text, "@batch belongs to latency_p50, not to " + name);
    limit.batch = *batch;
  }
}

/// Reads `0.8x`.
void read_value(Limit& limit, std::string_view written, FigureKind kind) {
  const std::size_t digits = written.find_first_not_of("0123456789.eE+-");
  const std::string_view number = written.substr(0, digits);
  const std::optional<double> value = parse_number(number);
  if (!value || *value < 0) refuse(limit.text, "`" + std::string(written) + "` must be a number of at least 0");
  limit.value = *value;
  limit.unit = digits == std::string_view::npos ? "" : std::string(trim(written.substr(digits)));
  const std::span<const std::string_view> units = units_of(kind);
  if (std::find(units.begin(), units.end(), limit.unit) != units.end()) return;
  std::vector<std::string> accepted;
  for (const std::string_view unit : units)
    accepted.push_back(unit.empty() ? "no unit" : "`" + std::string(unit) + "`");
  const std::string last = accepted.back();
  accepted.pop_back();
  const std::string is = limit.unit.empty() ? "none" : "`" + limit.unit + "`";
  refuse(limit.text, "the unit must be " + join(accepted, ", ") + " or " + last + " (is " + is + ")");
}

}  // namespace

Limit parse_limit(std::string_view text) {
  Limit limit;
  limit.text = std::string(trim(text));
  for (const std::string_view comparison : {"<=", ">=", "=="}) {
    const std::size_t place = limit.text.find(comparison);
    if (place == std::string::npos) continue;
    limit.comparison = std::string(comparison);
    FigureKind kind = FigureKind::metric;
    const std::string_view whole = limit.text;
    read_figure(limit, trim(whole.substr(0, place)), kind);
    read_value(limit, trim(whole.substr(place + comparison.size())), kind);
    return limit;
  }
  refuse(limit.text, "must be a figure, one of <= >= ==, and a value, like `accuracy_drop <= 1pt` or `size <= 25%`");
}

std::vector<Limit> parse_limits(std::span<const std::string> texts) {
  std::vector<Limit> limits;
  std::vector<Diagnostic> mistakes;
  for (const std::string& text : texts) {
    try {
      limits.push_back(parse_limit(text));
    } catch (const Error& error) {
      mistakes.insert(mistakes.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  if (!mistakes.empty()) throw Error(std::move(mistakes));
  return limits;
}

bool is_quality(const Limit& limit) { return find_metric(limit.figure) != nullptr; }

double in_unit_of(const Limit& limit, double source, double result) {
  if (limit.is_drop) {
    const MetricInfo* metric = find_metric(limit.figure);
    const double drop = metric->goal == Goal::maximize ? source - result : result - source;
    if (limit.unit == "pt") return 100 * drop;
    if (limit.unit == "%rel") return 100 * drop / std::max(std::abs(source), 1e-12);
    return drop;
  }
  if (limit.unit == "%") return 100 * result / source;
  if (limit.unit == "x") return result / source;
  if (limit.unit == "KiB") return result / 1024;
  if (limit.unit == "MiB") return result / (1024 * 1024);
  if (limit.unit == "us") return result * 1000;
  if (limit.unit == "s") return result / 1000;
  return result;
}

bool holds(const Limit& limit, double reached) {
  // Sums of shares are rounded: 1 pt of 400 rows must not fail at 1.0000000000000009.
  const double slack = 1e-9 * std::max(1.0, std::abs(limit.value));
  if (limit.comparison == "<=") return reached <= limit.value + slack;
  if (limit.comparison == ">=") return reached >= limit.value - slack;
  return std::abs(reached - limit.value) <= slack;
}

}  // namespace hone
