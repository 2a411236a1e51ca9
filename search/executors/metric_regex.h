#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/protocol.h"

namespace re2 {
class RE2;
}

namespace hone {

/// Finds metrics in the lines of a script that knows nothing of hone: a linear-time regular expression (RE2) with named
/// groups `metric`, `value` and optionally `step`. Every match of a line is one metric; a line is one report.
class MetricRegex {
 public:
  /// Throws Error("spec::bad-regex") when the expression is wrong or lacks a group.
  explicit MetricRegex(const std::string& expression);
  ~MetricRegex();
  MetricRegex(MetricRegex&&) noexcept;
  MetricRegex& operator=(MetricRegex&&) noexcept;

  /// The report that a line is; nothing when nothing matches. Values that are no numbers do not count.
  std::optional<ReportLine> match(std::string_view line) const;

 private:
  std::unique_ptr<re2::RE2> regex_;
  int metric_group_ = 0;
  int value_group_ = 0;
  /// 0 = the expression has none.
  int step_group_ = 0;
};

}  // namespace hone
