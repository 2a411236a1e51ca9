#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// A limit of a compression, parsed: `metric[@batch=32] op value[unit]` (compress.md §12).
/// Figures: a trainer metric, `<metric>_drop` (worsening against the source in the metric's own direction), `size`
/// (bytes of weights.h5), `params`, `macs`, `latency_p50`.
/// Units: `pt` (hundredths) and `%rel` of a drop; `%` and `x` of the source; B KiB MiB; us ms s; none = as it is.
struct Limit {
  std::string text;
  /// Bare name of the figure, without `_drop`.
  std::string figure;
  bool is_drop = false;
  /// Rows a call, for latency.
  std::int64_t batch = 1;
  /// `<=`, `>=` or `==`.
  std::string comparison;
  double value = 0;
  std::string unit;
};

/// Throws Error("compress::bad-limit") with one sentence.
Limit parse_limit(std::string_view text);
/// All of them; the mistakes of all are thrown together.
std::vector<Limit> parse_limits(std::span<const std::string> texts);

/// A limit on a metric or its drop: a stage that breaks it is rolled back. Others are judged on the final model.
bool is_quality(const Limit& limit);

/// What the source and the result have, in the limit's unit. Figures: metrics as they are, bytes, counts, milliseconds.
double in_unit_of(const Limit& limit, double source, double result);
bool holds(const Limit& limit, double reached);

}  // namespace hone
