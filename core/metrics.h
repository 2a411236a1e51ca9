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

/// `loss accuracy balanced_accuracy auc log_loss f1_macro brier ece rmse mae r2`.
std::span<const MetricInfo> metric_table();
/// The row of a bare name (`accuracy`) or of `<rows>_<name>` with rows train, val, test; null when there is none.
const MetricInfo* find_metric(std::string_view name);

/// Reference implementations on plain numbers. `classes` and `predicted` hold codes 0 … K−1.
double accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted);
/// Mean recall over the classes that occur in `classes`.
double balanced_accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted);
/// Mean −log p of the true class; `probabilities` [rows, k] row-major; p clipped at 1e-15.
double log_loss(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k);
/// Area under the ROC curve: the share of pairs (positive, negative) that `scores` puts in order, ties a half, by
/// mid-ranks (Mann and Whitney 1947). Nothing when one of the two kinds is missing.
std::optional<double> auc(const std::vector<bool>& positive, std::span<const double> scores);
/// Two classes: the AUC of class 1; more: the mean over the classes of one against the rest, of those that can be
/// judged. `probabilities` [rows, k].
std::optional<double> auc(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k);
/// Mean of 2·precision·recall/(precision + recall) over the classes that occur or are predicted; 0 for a class never
/// named right.
double f1_macro(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted);
/// Mean squared distance of the probabilities from what came (Brier 1950); two classes count once, so that it lies
/// between 0 and 1 there, else between 0 and 2.
double brier(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k);
/// Expected calibration error (Guo et al. 2017, "On calibration of modern neural networks", eq. 3): mean distance of
/// the likeliest class's probability from the share named right, over 15 bins of equal width.
double expected_calibration_error(std::span<const std::int64_t> classes, std::span<const double> probabilities,
                                  std::int64_t k);
double rmse(std::span<const double> target, std::span<const double> predicted);
double mae(std::span<const double> target, std::span<const double> predicted);
/// 1 − SSE/SST; 0 when the target is constant.
double r2(std::span<const double> target, std::span<const double> predicted);

}  // namespace hone
