#include <algorithm>

#include "configs/check_spec.h"
#include "configs/load_spec.h"
#include "core/text.h"

namespace hone {
namespace {

std::vector<std::string> figure_names() {
  std::vector<std::string> names = {"size", "params", "macs", "latency_p50"};
  for (const MetricInfo& metric : metric_table()) {
    names.emplace_back(metric.name);
    names.push_back(std::string(metric.name) + "_drop");
  }
  return names;
}

bool is_number_with_unit(std::string_view text) {
  const std::size_t unit = std::min(text.find_first_not_of("0123456789.eE+-"), text.size());
  return parse_number(text.substr(0, unit)).has_value();
}

/// What is wrong with the form of a limit: `figure[@batch=N] op value[unit]` (compress.md §12).
struct LimitMistake {
  std::string message;
  std::string hint;
};

std::optional<LimitMistake> mistake_in(const std::string& limit) {
  std::size_t at = std::string::npos;
  for (std::string_view comparison : {"<=", ">=", "=="}) at = std::min(at, limit.find(comparison));
  if (at == std::string::npos) return LimitMistake{"it has none of <= >= ==", "such as \"size <= 25%\""};
  const std::vector<std::string> figure = split(limit.substr(0, at), '@');
  const std::string name(trim(figure[0]));
  const std::vector<std::string> names = figure_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return LimitMistake{"there is no figure `" + name + "`", suggestion_for(name, names)};
  }
  for (std::size_t i = 1; i < figure.size(); ++i) {
    const std::string_view condition = trim(figure[i]);
    const auto rows = condition.starts_with("batch=") ? parse_integer(condition.substr(6)) : std::nullopt;
    if (!rows || *rows < 1) {
      return LimitMistake{"`@" + std::string(condition) + "` is no condition", "write @batch=32"};
    }
  }
  if (!is_number_with_unit(trim(std::string_view(limit).substr(at + 2)))) {
    return LimitMistake{"it must end in a number with its unit", "such as 1pt, 25% or 0.8x"};
  }
  return std::nullopt;
}

}  // namespace

void check_limits(const SpecCheck& check) {
  const std::vector<std::string>& limits = check.spec.compress.limits;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const auto mistake = mistake_in(limits[i]);
    if (!mistake) continue;
    check.diagnostics.error("compress::bad-limit", "limit `" + limits[i] + "` cannot be read: " + mistake->message,
                            place_of(check.origins, "compress.limits[" + std::to_string(i) + "]"), mistake->hint);
  }
}

}  // namespace hone
