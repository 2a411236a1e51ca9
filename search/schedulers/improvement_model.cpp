#include "search/schedulers/improvement_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace hone {
namespace {

constexpr std::size_t kMaxKnown = 200;
constexpr double kClip = 2;
constexpr double kLengths[] = {0.01, 0.03, 0.1, 0.3, 1, 3};
/// The first is where the search for ε starts in the paper: it wins ties.
constexpr double kForgettings[] = {0.1, 0, 0.02, 0.25, 0.5};
constexpr double kNoises[] = {0.01, 0.1, 0.5};

void standardise(std::vector<Improvement>& data) {
  const auto n = static_cast<double>(data.size());
  double mean = 0;
  for (const Improvement& one : data) mean += one.gain / n;
  double variance = 0;
  for (const Improvement& one : data) variance += (one.gain - mean) * (one.gain - mean) / n;
  for (Improvement& one : data) {
    one.gain = variance > 0 ? std::clamp((one.gain - mean) / std::sqrt(variance), -kClip, kClip) : 0;
  }
}

}  // namespace

ImprovementModel::ImprovementModel(std::vector<Improvement> known, const std::vector<std::vector<double>>& pending,
                                   double time)
    : time_(time) {
  if (known.size() > kMaxKnown) known.erase(known.begin(), known.end() - kMaxKnown);
  standardise(known);
  beta_ = std::max(0.0, 0.2 * std::log(0.4 * static_cast<double>(known.size())));
  data_ = std::move(known);
  for (const std::vector<double>& point : pending) data_.push_back({point, time, 0});

  double best = -std::numeric_limits<double>::infinity();
  Shape chosen;
  for (const double forgetting : kForgettings) {
    for (const double length : kLengths) {
      for (const double noise : kNoises) {
        const Shape shape = {length, forgetting, noise};
        if (const double likelihood = fit(shape); likelihood > best) {
          best = likelihood;
          chosen = shape;
        }
      }
    }
  }
  fit(chosen);
}

double ImprovementModel::correlation(const Shape& shape, const Improvement& a, const Improvement& b) const {
  double distance = 0;
  for (std::size_t i = 0; i < a.point.size(); ++i) distance += (a.point[i] - b.point[i]) * (a.point[i] - b.point[i]);
  return std::exp(-distance / shape.length) * std::pow(1 - shape.forgetting, std::abs(a.time - b.time) / 2);
}

double ImprovementModel::fit(const Shape& shape) {
  const std::size_t n = data_.size();
  std::vector<double> matrix(n * n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) matrix[j * n + i] = correlation(shape, data_[i], data_[j]);
    matrix[j * n + j] += shape.noise;
  }
  auto factor = Cholesky::of(std::move(matrix), n);
  if (!factor) return -std::numeric_limits<double>::infinity();
  shape_ = shape;
  factor_ = *std::move(factor);
  weights_.clear();
  for (const Improvement& one : data_) weights_.push_back(one.gain);
  factor_.solve_lower(weights_);
  double squares = 0;
  for (const double value : weights_) squares += value * value;
  factor_.solve_upper(weights_);
  const auto count = static_cast<double>(n);
  variance_ = std::max(squares / count, 1e-6);
  return -0.5 * factor_.log_determinant() - 0.5 * count * std::log(variance_);
}

double ImprovementModel::upper_bound(const std::vector<double>& point) const {
  const Improvement asked = {point, time_, 0};
  std::vector<double> column;
  double mean = 0;
  for (std::size_t i = 0; i < data_.size(); ++i) {
    column.push_back(correlation(shape_, data_[i], asked));
    mean += column.back() * weights_[i];
  }
  factor_.solve_lower(column);
  double explained = 0;
  for (const double value : column) explained += value * value;
  return mean + std::sqrt(beta_ * variance_ * std::max(0.0, 1 - explained));
}

}  // namespace hone
