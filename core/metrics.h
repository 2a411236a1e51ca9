#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

enum class Goal { minimize, maximize };

/// One row of the metric table: everything the rest of hone needs to know about a metric.
struct MetricInfo {
  std::string_view name;
  Goal goal;
  /// Natural bounds; nothing where there is none.
  std::optional<double> low;
  std::optional<double> high;
  bool classification;
  bool regression;
  std::string_view meaning;
};

/// `loss accuracy balanced_accuracy log_loss rmse mae r2` (others come with later issues).
std::span<const MetricInfo> metric_table();
/// The row of a bare name (`accuracy`) or of `<rows>_<name>` with rows train, val, test; null when there is none.
const MetricInfo* find_metric(std::string_view name);

/// Reference implementations on plain numbers. `classes` and `predicted` hold codes 0 … K−1.
double accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted);
/// Mean recall over the classes that occur in `classes`.
double balanced_accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted);
/// Mean −log p of the true class; `probabilities` [rows, k] row-major; p clipped at 1e-15.
double log_loss(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k);
double rmse(std::span<const double> target, std::span<const double> predicted);
double mae(std::span<const double> target, std::span<const double> predicted);
/// 1 − SSE/SST; 0 when the target is constant.
double r2(std::span<const double> target, std::span<const double> predicted);

}  // namespace hone
