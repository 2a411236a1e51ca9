#include "core/metrics.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

namespace hone {
namespace {

constexpr std::array kMetrics = {
    MetricInfo{"loss", Goal::minimize, 0.0, std::nullopt, true, true,
               "what training minimises: cross-entropy for classes, mean squared error of the standardised target"},
    MetricInfo{"accuracy", Goal::maximize, 0.0, 1.0, true, false, "share of rows whose class is named right"},
    MetricInfo{"balanced_accuracy", Goal::maximize, 0.0, 1.0, true, false,
               "mean over the classes of the share of their rows named right"},
    MetricInfo{"auc", Goal::maximize, 0.0, 1.0, true, false,
               "area under the ROC curve; more than two classes: mean of one against the rest"},
    MetricInfo{"log_loss", Goal::minimize, 0.0, std::nullopt, true, false,
               "mean of -log(probability of the true class), natural logarithm"},
    MetricInfo{"f1_macro", Goal::maximize, 0.0, 1.0, true, false,
               "mean over the classes of the harmonic mean of precision and recall"},
    MetricInfo{"brier", Goal::minimize, 0.0, 2.0, true, false,
               "mean squared distance of the probabilities from what came; two classes count once"},
    MetricInfo{"ece", Goal::minimize, 0.0, 1.0, true, false,
               "calibration: mean distance of the probability given from the share named right, 15 bins"},
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

std::optional<double> auc(const std::vector<bool>& positive, std::span<const double> scores) {
  assert(positive.size() == scores.size());
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  double ranks = 0;
  double positives = 0;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    double tied = 0;
    for (; last < order.size() && scores[order[last]] == scores[order[first]]; ++last) tied += positive[order[last]];
    ranks += tied * (static_cast<double>(first + last + 1) / 2);
    positives += tied;
    first = last;
  }
  const double negatives = static_cast<double>(order.size()) - positives;
  if (positives == 0 || negatives == 0) return std::nullopt;
  return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
}

std::optional<double> auc(std::span<const std::int64_t> classes, std::span<const double> probabilities,
                          std::int64_t k) {
  assert(probabilities.size() == classes.size() * static_cast<std::size_t>(k));
  std::vector<bool> positive(classes.size());
  std::vector<double> scores(classes.size());
  double sum = 0;
  double judged = 0;
  for (std::int64_t code = k == 2 ? 1 : 0; code < k; ++code) {
    for (std::size_t row = 0; row < classes.size(); ++row) {
      positive[row] = classes[row] == code;
      scores[row] = probabilities[row * static_cast<std::size_t>(k) + static_cast<std::size_t>(code)];
    }
    const std::optional<double> area = auc(positive, scores);
    if (!area) continue;
    sum += *area;
    judged += 1;
  }
  if (judged == 0) return std::nullopt;
  return sum / judged;
}

double f1_macro(std::span<const std::int64_t> classes, std::span<const std::int64_t> predicted) {
  assert(!classes.empty() && classes.size() == predicted.size());
  struct Counts {
    double named = 0;  // rows of the class and rows taken for it
    double right = 0;
  };
  std::map<std::int64_t, Counts> counts;
  for (std::size_t row = 0; row < classes.size(); ++row) {
    counts[classes[row]].named += 1;
    counts[predicted[row]].named += 1;
    if (classes[row] == predicted[row]) counts[classes[row]].right += 1;
  }
  double sum = 0;
  for (const auto& [code, count] : counts) sum += 2 * count.right / count.named;
  return sum / static_cast<double>(counts.size());
}

double brier(std::span<const std::int64_t> classes, std::span<const double> probabilities, std::int64_t k) {
  assert(!classes.empty() && probabilities.size() == classes.size() * static_cast<std::size_t>(k));
  double sum = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const std::size_t row = i / static_cast<std::size_t>(k);
    const bool came = classes[row] == static_cast<std::int64_t>(i % static_cast<std::size_t>(k));
    const double distance = probabilities[i] - (came ? 1 : 0);
    sum += distance * distance;
  }
  return sum / static_cast<double>(classes.size()) / (k == 2 ? 2 : 1);
}

double expected_calibration_error(std::span<const std::int64_t> classes, std::span<const double> probabilities,
                                  std::int64_t k) {
  assert(!classes.empty() && probabilities.size() == classes.size() * static_cast<std::size_t>(k));
  constexpr std::size_t kBins = 15;
  // Sums of probability minus 1 for a right answer: the size of a bin cancels out.
  std::array<double, kBins> gaps{};
  for (std::size_t row = 0; row < classes.size(); ++row) {
    const auto own = probabilities.subspan(row * static_cast<std::size_t>(k), static_cast<std::size_t>(k));
    const auto likeliest = std::max_element(own.begin(), own.end());
    // Bins are open below, as in the paper: (0, 1/15], …
    const auto bin = static_cast<std::size_t>(std::max(std::ceil(*likeliest * kBins) - 1, 0.0));
    gaps[std::min(bin, kBins - 1)] += *likeliest - (likeliest - own.begin() == classes[row] ? 1 : 0);
  }
  double sum = 0;
  for (double gap : gaps) sum += std::abs(gap);
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
