#include "search/executors/output_pairs.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "core/text.h"

namespace hone {
namespace {

constexpr int kMostPairs = 64;
constexpr std::array<std::string_view, 6> kStepNames = {"step", "global_step", "epoch", "iteration", "iter", "round"};

const re2::RE2& pair_pattern() {
  static const re2::RE2 pattern(
      R"re(\b([A-Za-z_][\w./@-]*)['"]?\s*[:=]\s*['"]?([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?i:nan|inf|infinity)\b))re");
  return pattern;
}

const re2::RE2& step_pattern() {
  static const re2::RE2 pattern(
      R"((?i)\b(?:global_step|step|epoch|iteration|iter|round)s?['"]?[ :=#\[(]*(\d+(?:\.\d+)?))");
  return pattern;
}

bool is_step_name(const std::string& name) {
  return std::find(kStepNames.begin(), kStepNames.end(), to_lower(name)) != kStepNames.end();
}

/// Whether a number may end before `rest`: a unit, a clock or a path goes on.
bool ends_value(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest[0] == '.') return rest.size() == 1 || rest[1] == ' ';
  return std::string_view(" \t\r,;)]}|%'\"").find(rest[0]) != std::string_view::npos;
}

void put(ReportLine& line, const std::string& name, std::string_view text) {
  if (const auto number = parse_number(text.starts_with('+') ? text.substr(1) : text)) {
    line.metrics[name] = *number;
  } else {
    line.non_finite = true;
    line.non_finite_metrics.push_back(name);
  }
}

}  // namespace

std::optional<ReportLine> read_pairs(std::string_view line) {
  if (line.find_first_of("=:") == std::string_view::npos) return std::nullopt;
  ReportLine report;
  re2::StringPiece rest(line.data(), line.size());
  re2::StringPiece name;
  re2::StringPiece value;
  for (int pairs = 0; pairs < kMostPairs && re2::RE2::FindAndConsume(&rest, pair_pattern(), &name, &value); ++pairs) {
    const std::string key(name.data(), name.size());
    if (!ends_value({rest.data(), rest.size()}) || is_reserved_metric(key) || is_step_name(key)) continue;
    put(report, key, {value.data(), value.size()});
  }
  if (report.metrics.empty() && !report.non_finite) return std::nullopt;
  re2::StringPiece step;
  if (re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), step_pattern(), &step)) {
    report.step = parse_number({step.data(), step.size()});
  }
  return report;
}

std::optional<ReportLine> read_json_line(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.front() != '{' || line.back() != '}') return std::nullopt;
  const nlohmann::json object = parse_line(line);
  if (!object.is_object()) return std::nullopt;
  ReportLine report;
  for (const auto& [name, value] : object.items()) {
    if (is_step_name(name) && value.is_number()) {
      if (!report.step || name == "step") report.step = value.get<double>();
    } else if (is_reserved_metric(name)) {
      if (name == "final" && value.is_boolean()) report.final = value.get<bool>();
    } else if (is_non_finite(value)) {
      report.non_finite = true;
      report.non_finite_metrics.push_back(name);
    } else if (value.is_number()) {
      report.metrics[name] = value.get<double>();
    }
  }
  if (report.metrics.empty() && !report.non_finite) return std::nullopt;
  return report;
}

}  // namespace hone
