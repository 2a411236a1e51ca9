#include "search/gp/fantasy_posterior.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace hone {
namespace {

using ConstMatrix = Eigen::Map<const Eigen::MatrixXd>;

/// Smallest deviation, in units of the signal's: below it rounding decides.
constexpr double kMinDeviation = 1e-9;

Eigen::Index index_of(std::size_t i) { return static_cast<Eigen::Index>(i); }

}  // namespace

FantasyPosterior::FantasyPosterior(const GaussianProcess& model, const Points& pending, std::span<const double> normals)
    : kernel_(model.kernel()), points_(model.points()), factor_(model.factor()), mean_(model.mean()) {
  const std::size_t known = model.size();
  draws_ = pending.size() == 0 ? 1 : normals.size() / pending.size();
  for (std::size_t p = 0; p < pending.size(); ++p) {
    const Points point = {pending.dimensions, {pending[p].begin(), pending[p].end()}};
    factor_.append(covariances(kernel_, points_, point), kernel_.total_variance() + model.noise_variance());
    points_.add(pending[p]);
  }
  weights_.resize(size() * draws_);
  for (std::size_t s = 0; s < draws_; ++s) {
    const auto draw = weights_.begin() + static_cast<std::ptrdiff_t>(s * size());
    std::copy(model.whitened().begin(), model.whitened().end(), draw);
    const auto normal = normals.subspan(s * pending.size(), pending.size());
    std::copy(normal.begin(), normal.end(), draw + static_cast<std::ptrdiff_t>(known));
  }
  means_at_points_.resize(weights_.size());
  Eigen::Map<Eigen::MatrixXd> means(means_at_points_.data(), index_of(size()), index_of(draws_));
  const ConstMatrix lower(factor_.lower().data(), index_of(size()), index_of(size()));
  Eigen::Map<Eigen::MatrixXd> weights(weights_.data(), index_of(size()), index_of(draws_));
  means = lower.triangularView<Eigen::Lower>() * weights;
  factor_.solve_upper(weights_);
  // Posterior means at the points themselves: K_f·weights = (K − σ_n²)·weights.
  means -= model.noise_variance() * weights;
  means.array() += mean_;
}

FantasyPosterior::Marginals FantasyPosterior::marginals(const Points& points) const {
  Marginals result;
  result.solved = covariances(kernel_, points_, points);
  result.means.resize(draws_ * points.size());
  Eigen::Map<Eigen::MatrixXd> means(result.means.data(), index_of(draws_), index_of(points.size()));
  const ConstMatrix weights(weights_.data(), index_of(size()), index_of(draws_));
  means.noalias() = weights.transpose() * ConstMatrix(result.solved.data(), index_of(size()), index_of(points.size()));
  means.array() += mean_;
  factor_.solve_lower(result.solved);
  const ConstMatrix solved(result.solved.data(), index_of(size()), index_of(points.size()));
  const double min_deviation = kMinDeviation * std::sqrt(kernel_.total_variance());
  for (Eigen::Index j = 0; j < solved.cols(); ++j) {
    const double variance = kernel_.total_variance() - solved.col(j).squaredNorm();
    result.floored.push_back(variance <= min_deviation * min_deviation);
    result.deviations.push_back(result.floored.back() ? min_deviation : std::sqrt(variance));
  }
  return result;
}

void FantasyPosterior::add_gradients(const Points& points, Marginals marginals, std::span<const double> by_means,
                                     std::span<const double> by_deviations, std::vector<double>& gradients) const {
  const Eigen::Index count = index_of(points.size());
  // ∂μ = J'·weights and ∂σ = −J'K⁻¹k/σ with J_ai = ∂k(x, x_a)/∂x_i: both through one vector a point.
  factor_.solve_upper(marginals.solved);
  const ConstMatrix solved(marginals.solved.data(), index_of(size()), count);
  const ConstMatrix weights(weights_.data(), index_of(size()), index_of(draws_));
  std::vector<double> pull_values(marginals.solved.size());
  Eigen::Map<Eigen::MatrixXd> pull(pull_values.data(), index_of(size()), count);
  pull.noalias() = weights * ConstMatrix(by_means.data(), index_of(draws_), count);
  for (std::size_t j = 0; j < points.size(); ++j) {
    if (marginals.floored[j]) continue;
    pull.col(index_of(j)) -= by_deviations[j] / marginals.deviations[j] * solved.col(index_of(j));
  }
  const std::vector<double> towards = point_gradients(kernel_, points_, points, pull_values);
  for (std::size_t i = 0; i < gradients.size(); ++i) gradients[i] += towards[i];
}

}  // namespace hone
