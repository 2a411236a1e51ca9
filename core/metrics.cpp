#include "core/metrics.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>

namespace hone {
namespace {

constexpr std::array kMetrics = {
    MetricInfo{"loss", Goal::minimize, 0.0, std::nullopt, true, true,
               "what training minimises: cross-entropy for classes, mean squared error of the standardised target"},
    MetricInfo{"accuracy", Goal::maximize, 0.0, 1.0, true, false, "share of rows whose class is named right"},
    MetricInfo{"balanced_accuracy", Goal::maximize, 0.0, 1.0, true, false,
               "mean over the classes of the share of their rows named right"},
    MetricInfo{"log_loss", Goal::minimize, 0.0, std::nullopt, true, false,
               "mean of -log(probability of the true class), natural logarithm"},
    MetricInfo{"rmse", Goal::minimize, 0.0, std::nullopt, false, true,
               "root of the mean squared error, in units of the target"},
    MetricInfo{"mae", Goal::minimize, 0.0, std::nullopt, false, true, "mean absolute error, in units of the target"},
    MetricInfo{"r2", Goal::maximize, std::nullopt, 1.0, false, true,
               "share of the target's variance that is explained; 0 is as good as the mean"},
};

constexpr double kSmallestProbability = 1e-15;

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double squared_error(std::span<const double> target, std::span<const double> predicted) {
  double sum = 0;
  for (std::size_t row = 0; row < target.size(); ++row) {
    const double error = predicted[row] - target[row];
    sum += error * error;
  }
  return sum;
}

}  // namespace

std::span<const MetricInfo> metric_table() { return kMetrics; }

const MetricInfo* find_metric(std::string_view name) {
  for (std::string_view rows : {"train_", "val_", "test_"}) {
    if (name.starts_with(rows)) {
      name.remove_prefix(rows.size());
      break;
    }
  }
  const auto found = std::find_if(kMetrics.begin(), kMetrics.end(), [&](const auto& row) { return row.name == name; });
  return found == kMetrics.end() ? nullptr : &*found;
}

double accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted) {
  assert(!classes.empty() && classes.size() == predicted.size());
  std::size_t right = 0;
  for (std::size_t row = 0; row < classes.size(); ++row) right += classes[row] == predicted[row] ? 1 : 0;
  return static_cast<double>(right) / static_cast<double>(classes.size());
}

double balanced_accuracy(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted) {
  assert(!classes.empty() && classes.size() == predicted.size());
  struct Recall {
    std::int64_t rows = 0;
    std::int64_t right = 0;
  };
  std::map<std::int64_t, Recall> recalls;
  for (std::size_t row = 0; row < classes.size(); ++row) {
    Recall& recall = recalls[classes[row]];
    recall.rows += 1;
    recall.right += classes[row] == predicted[row] ? 1 : 0;
  }
  double sum = 0;
  for (const auto& [code, recall] : recalls) {
    sum += static_cast<double>(recall.right) / static_cast<double>(recall.rows);
  }
  return sum / static_cast<double>(recalls.size());
}

double log_loss(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k) {
  assert(!classes.empty() && probabilities.size() == classes.size() * static_cast<std::size_t>(k));
  double sum = 0;
  for (std::size_t row = 0; row < classes.size(); ++row) {
    assert(classes[row] >= 0 && classes[row] < k);
    const auto at = row * static_cast<std::size_t>(k) + static_cast<std::size_t>(classes[row]);
    sum -= std::log(std::clamp(probabilities[at], kSmallestProbability, 1.0));
  }
  return sum / static_cast<double>(classes.size());
}

double rmse(std::span<const double> target, std::span<const double> predicted) {
  assert(!target.empty() && target.size() == predicted.size());
  return std::sqrt(squared_error(target, predicted) / static_cast<double>(target.size()));
}

double mae(std::span<const double> target, std::span<const double> predicted) {
  assert(!target.empty() && target.size() == predicted.size());
  double sum = 0;
  for (std::size_t row = 0; row < target.size(); ++row) sum += std::abs(predicted[row] - target[row]);
  return sum / static_cast<double>(target.size());
}

double r2(std::span<const double> target, std::span<const double> predicted) {
  assert(!target.empty() && target.size() == predicted.size());
  const double mean = mean_of(target);
  double total = 0;
  for (double value : target) total += (value - mean) * (value - mean);
  if (total == 0) return 0;
  return 1 - squared_error(target, predicted) / total;
}

}  // namespace hone
