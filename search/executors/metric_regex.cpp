#include "search/executors/metric_regex.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <cstddef>
#include <vector>

#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr std::array<std::string_view, 8> kNonFinite = {"nan",  "-nan",     "+nan",      "inf",
                                                        "-inf", "infinity", "-infinity", "+inf"};

bool is_non_finite(std::string_view text) {
  const std::string lower = to_lower(text);
  for (const std::string_view token : kNonFinite)
    if (lower == token) return true;
  return false;
}

std::string_view view_of(const re2::StringPiece& piece) { return {piece.data(), piece.size()}; }

}  // namespace

MetricRegex::MetricRegex(const std::string& expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  regex_ = std::make_unique<re2::RE2>(expression, options);
  if (!regex_->ok())
    throw Error("spec::bad-regex",
                fmt::format("trainer.metrics.regex `{}` is no regular expression: {}", expression, regex_->error()));
  const auto& groups = regex_->NamedCapturingGroups();
  const auto group = [&](const std::string& name) {
    const auto found = groups.find(name);
    return found == groups.end() ? 0 : found->second;
  };
  metric_group_ = group("metric");
  value_group_ = group("value");
  step_group_ = group("step");
  if (metric_group_ == 0 || value_group_ == 0)
    throw Error(
        "spec::bad-regex",
        fmt::format("trainer.metrics.regex `{}` needs the named groups (?P<metric>…) and (?P<value>…)", expression));
}

MetricRegex::~MetricRegex() = default;
MetricRegex::MetricRegex(MetricRegex&&) noexcept = default;
MetricRegex& MetricRegex::operator=(MetricRegex&&) noexcept = default;

std::optional<ReportLine> MetricRegex::match(std::string_view line) const {
  const re2::StringPiece text(line.data(), line.size());
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex_->NumberOfCapturingGroups()) + 1);
  ReportLine report;
  for (std::size_t at = 0; at <= line.size();) {
    if (!regex_->Match(text, at, line.size(), re2::RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size())))
      break;
    const auto group = [&](int index) { return view_of(groups[static_cast<std::size_t>(index)]); };
    const std::string name(group(metric_group_));
    const std::string_view value = group(value_group_);
    if (is_non_finite(value)) {
      report.non_finite = true;
      report.non_finite_metrics.push_back(name);
    } else if (const auto number = parse_number(value); number && !name.empty()) {
      report.metrics[name] = *number;
    }
    if (step_group_ > 0)
      if (const auto step = parse_number(group(step_group_))) report.step = step;
    const auto end = static_cast<std::size_t>(groups[0].data() - line.data()) + groups[0].size();
    at = groups[0].empty() ? end + 1 : end;
  }
  if (report.metrics.empty() && !report.non_finite) return std::nullopt;
  return report;
}

}  // namespace hone
