#include "search/gp/kernel.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace hone {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using ConstMatrix = Eigen::Map<const MatrixXd>;

Index index_of(std::size_t i) { return static_cast<Index>(i); }

ConstMatrix columns_of(const Points& points) {
  return {points.values.data(), index_of(points.dimensions), index_of(points.size())};
}

/// A product is several times cheaper than a quotient.
constexpr double kThird = 1.0 / 3;

/// Points divided by the length scales of the joint part, a column each, and the squares of their norms.
struct Scaled {
  MatrixXd points;
  ArrayXd norms;
};
Scaled scaled(const Kernel& kernel, const Points& points) {
  const Eigen::Map<const Eigen::VectorXd> lengths(kernel.lengths.data(), index_of(points.dimensions));
  Scaled result;
  result.points = lengths.cwiseInverse().asDiagonal() * columns_of(points);
  result.norms = result.points.colwise().squaredNorm().transpose();
  return result;
}

/// Of all points from `first` on, their q to one point and e^−q.
struct Distances {
  ArrayXd q;
  ArrayXd decay;

  /// (1 + q + q²/3)e^−q and, up to 5/3, the slope −(dk/dq)/q = (1 + q)e^−q.
  auto value() const { return (1 + q * (1 + kThird * q)) * decay; }
  auto slope() const { return (1 + q) * decay; }
};

/// In all coordinates: r² = ‖a‖² + ‖b‖² − 2ab, `products` being ab for the points from `first` on.
template <class Products>
void joint_distances(const Scaled& left, const Scaled& right, Index j, Index first, const Products& products,
                     Distances& found) {
  const Index count = left.norms.size() - first;
  found.q = (5 * (left.norms.tail(count) + right.norms[j] - 2 * products.array()).max(0.0)).sqrt();
  found.decay = (-found.q).exp();
}

/// In the coordinates of one group.
class GroupDistances {
  // Before their use: their types are deduced.
  bool is_line() const { return coordinates_.size() == 1; }
  auto line_q(Index j, Index count) const { return (places_.tail(count) - other_places_[j]).abs(); }
  /// e^−|a − b| is the smaller of e^a·e^−b and e^−a·e^b: no exponential a pair.
  auto line_decay(Index j, Index count) const {
    return (growth_.tail(count) * (1 / other_growth_[j])).min(shrinkage_.tail(count) * other_growth_[j]);
  }

 public:
  GroupDistances(const Kernel& kernel, std::size_t group, const Points& points, const Points& others)
      : points_(columns_of(points)), others_(columns_of(others)) {
    scale_ = std::sqrt(5.0) / kernel.single_lengths[group];
    for (std::size_t i = 0; i < kernel.groups.size(); ++i) {
      if (kernel.groups[i] == group) coordinates_.push_back(index_of(i));
    }
    if (!is_line()) return;
    const Index i = coordinates_.front();
    places_ = scale_ * (points_.row(i).transpose().array() - 0.5);
    growth_ = places_.exp();
    shrinkage_ = growth_.inverse();
    other_places_ = scale_ * (others_.row(i).transpose().array() - 0.5);
    other_growth_ = other_places_.exp();
  }

  /// Between other point j and the points from `first` on.
  void to(Index j, Index first, Distances& found) const {
    const Index count = points_.cols() - first;
    if (is_line()) {
      found.q = line_q(j, count);
      found.decay = line_decay(j, count);
      return;
    }
    found.q = ArrayXd::Zero(count);
    for (const Index i : coordinates_) {
      found.q += (points_.row(i).tail(count).transpose().array() - others_(i, j)).square();
    }
    found.q = scale_ * found.q.sqrt();
    found.decay = (-found.q).exp();
  }
  /// Adds `factor` times the values between other point j and the points from `first` on.
  template <class Column>
  void add_values(Index j, Index first, double factor, Distances& found, Column column) const {
    if (is_line()) {
      // In one pass, without the distances in between: most of an ask's time goes here.
      const Index count = points_.cols() - first;
      column += factor * (1 + line_q(j, count) * (1 + kThird * line_q(j, count))) * line_decay(j, count);
      return;
    }
    to(j, first, found);
    column += factor * found.value();
  }
  const std::vector<Index>& coordinates() const { return coordinates_; }

 private:
  ConstMatrix points_;
  ConstMatrix others_;
  double scale_ = 1;
  std::vector<Index> coordinates_;
  ArrayXd places_;
  ArrayXd growth_;
  ArrayXd shrinkage_;
  ArrayXd other_places_;
  ArrayXd other_growth_;
};

/// Variance of the part of one group.
double share_of(const Kernel& kernel) {
  return kernel.single_variance / static_cast<double>(kernel.single_lengths.size());
}

/// Covariances of `a` with each of `b`; of column j only from row j on when `lower`.
std::vector<double> filled(const Kernel& kernel, const Points& a, const Points& b, bool lower) {
  const Scaled left = scaled(kernel, a);
  const Scaled right = scaled(kernel, b);
  const Index rows = left.points.cols();
  const Index columns = right.points.cols();
  std::vector<double> result(static_cast<std::size_t>(rows * columns));
  Eigen::Map<MatrixXd> values(result.data(), rows, columns);
  if (lower) {
    values.triangularView<Eigen::Lower>() = left.points.transpose() * right.points;
  } else {
    values.noalias() = left.points.transpose() * right.points;
  }
  Distances found;
  for (Index j = 0; j < columns; ++j) {
    const Index first = lower ? j : 0;
    auto column = values.col(j).tail(rows - first);
    joint_distances(left, right, j, first, column, found);
    column = kernel.variance * found.value();
  }
  for (std::size_t group = 0; group < kernel.single_lengths.size(); ++group) {
    const GroupDistances single(kernel, group, a, b);
    for (Index j = 0; j < columns; ++j) {
      const Index first = lower ? j : 0;
      single.add_values(j, first, share_of(kernel), found, values.col(j).tail(rows - first).array());
    }
  }
  return result;
}

}  // namespace

Kernel make_kernel(const GpParameters& parameters, const std::vector<std::size_t>& groups) {
  Kernel kernel;
  for (const std::size_t group : groups) kernel.lengths.push_back(std::exp(parameters.log_lengths[group]));
  kernel.variance = std::exp(parameters.log_signal_variance);
  for (const double length : parameters.log_single_lengths) kernel.single_lengths.push_back(std::exp(length));
  if (kernel.is_additive()) kernel.single_variance = std::exp(parameters.log_single_variance);
  kernel.groups = groups;
  return kernel;
}

std::vector<double> covariances(const Kernel& kernel, const Points& a, const Points& b) {
  return filled(kernel, a, b, /*lower=*/false);
}

std::vector<double> lower_covariances(const Kernel& kernel, const Points& points) {
  return filled(kernel, points, points, /*lower=*/true);
}

std::vector<double> point_gradients(const Kernel& kernel, const Points& known, const Points& asked,
                                    std::span<const double> weights) {
  const Scaled left = scaled(kernel, known);
  const Scaled right = scaled(kernel, asked);
  const ConstMatrix from = columns_of(known);
  const ConstMatrix to = columns_of(asked);
  const ConstMatrix weight(weights.data(), from.cols(), to.cols());
  // ∂k/∂x_i = −s(x_i − x'_i)/ℓ_i² with s = (5/3)σ²(1 + q)e^−q.
  MatrixXd pull = left.points.transpose() * right.points;
  Distances found;
  for (Index j = 0; j < to.cols(); ++j) {
    joint_distances(left, right, j, 0, pull.col(j), found);
    pull.col(j) = 5.0 / 3 * kernel.variance * weight.col(j).array() * found.slope();
  }
  std::vector<double> result(asked.values.size());
  Eigen::Map<MatrixXd> gradients(result.data(), to.rows(), to.cols());
  gradients.noalias() = from * pull;
  gradients -= to * pull.colwise().sum().asDiagonal();
  gradients.array().colwise() /= Eigen::Map<const ArrayXd>(kernel.lengths.data(), to.rows()).square();
  for (std::size_t group = 0; group < kernel.single_lengths.size(); ++group) {
    const GroupDistances single(kernel, group, known, asked);
    const double factor = 5.0 / 3 * share_of(kernel) / (kernel.single_lengths[group] * kernel.single_lengths[group]);
    Eigen::VectorXd slopes;
    for (Index j = 0; j < to.cols(); ++j) {
      single.to(j, 0, found);
      slopes = factor * weight.col(j).array() * found.slope();
      const double sum = slopes.sum();
      for (const Index i : single.coordinates()) gradients(i, j) += from.row(i).dot(slopes) - to(i, j) * sum;
    }
  }
  return result;
}

std::vector<double> parameter_gradients(const Kernel& kernel, const Points& points, std::span<const double> weights) {
  const Scaled all = scaled(kernel, points);
  const Index size = all.points.cols();
  const std::size_t lengths = 1 + *std::max_element(kernel.groups.begin(), kernel.groups.end());
  std::vector<double> result(kernel.is_additive() ? 2 * lengths + 2 : lengths + 1, 0.0);
  // Every pair counts twice, a point with itself once.
  MatrixXd weight = 2 * ConstMatrix(weights.data(), size, size);
  weight.diagonal() /= 2;

  // ∂k/∂log ℓ_i = s(x_i − x'_i)²/ℓ_i²: all i from one product with the slopes (search.md §4).
  MatrixXd pull(size, size);
  pull.triangularView<Eigen::Lower>() = all.points.transpose() * all.points;
  Distances found;
  for (Index j = 0; j < size; ++j) {
    auto column = pull.col(j).tail(size - j);
    joint_distances(all, all, j, j, column, found);
    found.decay *= kernel.variance * weight.col(j).tail(size - j).array();
    result[lengths] += found.value().sum();
    column = 5.0 / 6 * found.slope();
  }
  pull.diagonal().setZero();
  const auto symmetric = pull.selfadjointView<Eigen::Lower>();
  const Eigen::VectorXd sums = symmetric * Eigen::VectorXd::Ones(size);
  const MatrixXd products = symmetric * all.points.transpose();
  for (Index i = 0; i < all.points.rows(); ++i) {
    const double squares = all.points.row(i).array().square().matrix().dot(sums.transpose());
    result[kernel.groups[static_cast<std::size_t>(i)]] += 2 * (squares - all.points.row(i).dot(products.col(i)));
  }
  for (std::size_t group = 0; group < kernel.single_lengths.size(); ++group) {
    const GroupDistances single(kernel, group, points, points);
    for (Index j = 0; j < size; ++j) {
      single.to(j, j, found);
      found.decay *= share_of(kernel) * weight.col(j).tail(size - j).array();
      result[lengths + 1 + group] += (found.q.square() * found.slope()).sum() / 3;
      result.back() += found.value().sum();
    }
  }
  return result;
}

}  // namespace hone
