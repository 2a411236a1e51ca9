#include "search/gp/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hone {
namespace {

constexpr double kArmijo = 1e-4;
constexpr int kMaxShortenings = 12;

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void add_scaled(std::vector<double>& to, double factor, std::span<const double> other) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * other[i];
}

}  // namespace

Lbfgs::Lbfgs(std::vector<double> start, std::vector<double> low, std::vector<double> high, const LbfgsOptions& options)
    : low_(std::move(low)), high_(std::move(high)), options_(options), point_(std::move(start)) {
  for (std::size_t i = 0; i < point_.size(); ++i) point_[i] = std::clamp(point_[i], low_[i], high_[i]);
  query_ = point_;
}

void Lbfgs::tell(double value, std::span<const double> gradient) {
  if (gradient_.empty()) {
    if (!std::isfinite(value) || gradient.empty()) {
      done_ = true;
      return;
    }
  } else {
    double slope = 0;
    for (std::size_t i = 0; i < point_.size(); ++i) slope += gradient_[i] * (query_[i] - point_[i]);
    if (!(value <= value_ + kArmijo * slope)) {
      shorten(value, slope);
      return;
    }
    remember(gradient);
    point_ = query_;
    if (++iteration_ >= options_.iterations) done_ = true;
  }
  value_ = value;
  gradient_.assign(gradient.begin(), gradient.end());
  if (!done_) choose_direction();
}

void Lbfgs::remember(std::span<const double> gradient) {
  Pair pair;
  for (std::size_t i = 0; i < point_.size(); ++i) {
    pair.step.push_back(query_[i] - point_[i]);
    pair.change.push_back(gradient[i] - gradient_[i]);
  }
  pair.curvature = dot(pair.step, pair.change);
  // Without enough curvature the approximation would not stay positive definite.
  if (!(pair.curvature > 1e-10 * dot(pair.change, pair.change))) return;
  pairs_.push_back(std::move(pair));
  if (pairs_.size() > options_.memory) pairs_.pop_front();
}

bool Lbfgs::is_free(std::size_t i) const {
  return !(point_[i] <= low_[i] && gradient_[i] > 0) && !(point_[i] >= high_[i] && gradient_[i] < 0);
}

void Lbfgs::choose_direction() {
  std::vector<double> projected(point_.size(), 0.0);
  double largest = 0;
  for (std::size_t i = 0; i < point_.size(); ++i) {
    if (!is_free(i)) continue;
    projected[i] = gradient_[i];
    largest = std::max(largest, std::abs(gradient_[i]));
  }
  if (largest <= options_.tolerance) {
    done_ = true;
    return;
  }
  // The two-loop recursion (Nocedal and Wright 2006, algorithm 7.4).
  direction_ = projected;
  std::vector<double> factors(pairs_.size());
  for (std::size_t k = pairs_.size(); k-- > 0;) {
    factors[k] = dot(pairs_[k].step, direction_) / pairs_[k].curvature;
    add_scaled(direction_, -factors[k], pairs_[k].change);
  }
  // Without memory the first step is at most one unit long.
  double scale = 1 / std::max(1.0, std::sqrt(dot(projected, projected)));
  if (!pairs_.empty()) scale = pairs_.back().curvature / dot(pairs_.back().change, pairs_.back().change);
  for (double& d : direction_) d *= scale;
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    add_scaled(direction_, factors[k] - dot(pairs_[k].change, direction_) / pairs_[k].curvature, pairs_[k].step);
  }
  for (std::size_t i = 0; i < point_.size(); ++i) direction_[i] = is_free(i) ? -direction_[i] : 0;
  if (dot(direction_, gradient_) >= 0) {
    pairs_.clear();
    for (std::size_t i = 0; i < point_.size(); ++i) direction_[i] = -projected[i] / std::max(1.0, largest);
  }
  length_ = 1;
  shortened_ = 0;
  aim();
}

void Lbfgs::aim() {
  for (std::size_t i = 0; i < point_.size(); ++i) {
    query_[i] = std::clamp(point_[i] + length_ * direction_[i], low_[i], high_[i]);
  }
  if (query_ == point_) done_ = true;
}

void Lbfgs::shorten(double value, double slope) {
  if (++shortened_ > kMaxShortenings) {
    if (pairs_.empty()) {
      done_ = true;
      return;
    }
    pairs_.clear();
    choose_direction();
    return;
  }
  // The minimum of the parabola through both values with the slope at the start.
  double factor = 0.5;
  if (std::isfinite(value) && slope < 0) factor = std::clamp(-slope / (2 * (value - value_ - slope)), 0.1, 0.5);
  length_ *= factor;
  aim();
}

}  // namespace hone
