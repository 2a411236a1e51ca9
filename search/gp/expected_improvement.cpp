#include "search/gp/expected_improvement.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "search/gp/log_improvement.h"

namespace hone {
namespace {

using ConstMatrix = Eigen::Map<const Eigen::MatrixXd>;

/// Smallest deviation, in units of the signal's: below it rounding decides.
constexpr double kMinDeviation = 1e-9;

Eigen::Index index_of(std::size_t i) { return static_cast<Eigen::Index>(i); }

}  // namespace

LogExpectedImprovement::LogExpectedImprovement(const GaussianProcess& model, const Points& pending,
                                               std::span<const double> normals)
    : kernel_(model.kernel()), points_(model.points()), factor_(model.factor()), mean_(model.mean()) {
  const std::size_t known = model.size();
  draws_ = pending.size() == 0 ? 1 : normals.size() / pending.size();
  for (std::size_t p = 0; p < pending.size(); ++p) {
    const Points point = {pending.dimensions, {pending[p].begin(), pending[p].end()}};
    factor_.append(covariances(kernel_, points_, point, /*with_slopes=*/false).values,
                   kernel_.variance + model.noise_variance());
    points_.add(pending[p]);
  }
  const std::size_t size = points_.size();
  weights_.resize(size * draws_);
  for (std::size_t s = 0; s < draws_; ++s) {
    const auto draw = weights_.begin() + static_cast<std::ptrdiff_t>(s * size);
    std::copy(model.whitened().begin(), model.whitened().end(), draw);
    const auto normal = normals.subspan(s * pending.size(), pending.size());
    std::copy(normal.begin(), normal.end(), draw + static_cast<std::ptrdiff_t>(known));
  }
  const ConstMatrix lower(factor_.lower().data(), index_of(size), index_of(size));
  Eigen::Map<Eigen::MatrixXd> weights(weights_.data(), index_of(size), index_of(draws_));
  Eigen::MatrixXd means = lower.triangularView<Eigen::Lower>() * weights;
  factor_.solve_upper(weights_);
  // Posterior means at the points themselves: K_f·weights = (K − σ_n²)·weights.
  means -= model.noise_variance() * weights;
  for (Eigen::Index s = 0; s < weights.cols(); ++s) best_.push_back(mean_ + means.col(s).minCoeff());
}

std::vector<double> LogExpectedImprovement::values(const Points& points) const {
  return evaluate(points, /*with_gradients=*/false).values;
}

Acquisition::WithGradients LogExpectedImprovement::with_gradients(const Points& points) const {
  return evaluate(points, /*with_gradients=*/true);
}

Acquisition::WithGradients LogExpectedImprovement::evaluate(const Points& points, bool with_gradients) const {
  const Eigen::Index size = index_of(points_.size());
  const Eigen::Index draws = index_of(draws_);
  const Eigen::Index count = index_of(points.size());
  const Eigen::Index dimensions = index_of(points.dimensions);
  WithGradients result;
  result.values.resize(points.size());

  Covariances covariance = covariances(kernel_, points_, points, with_gradients);
  const ConstMatrix weights(weights_.data(), size, draws);
  const ConstMatrix covariance_columns(covariance.values.data(), size, count);
  const Eigen::MatrixXd means = weights.transpose() * covariance_columns;
  std::vector<double>& solved_values = covariance.values;
  factor_.solve_lower(solved_values);
  Eigen::Map<Eigen::MatrixXd> solved(solved_values.data(), size, count);
  const double min_deviation = kMinDeviation * std::sqrt(kernel_.variance);

  // Of each point and draw: its share of the expected improvement times Φ/h; of each point: Σ share·φ/h and 1/σ.
  Eigen::MatrixXd cdf_shares(draws, count);
  Eigen::VectorXd pdf_shares(count);
  Eigen::VectorXd deviations(count);
  std::vector<LogImprovement> improvements(draws_);
  for (Eigen::Index j = 0; j < count; ++j) {
    const double variance = kernel_.variance - solved.col(j).squaredNorm();
    const bool floored = variance <= min_deviation * min_deviation;
    deviations[j] = floored ? min_deviation : std::sqrt(variance);
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < draws_; ++s) {
      improvements[s] = log_improvement((best_[s] - mean_ - means(index_of(s), j)) / deviations[j]);
      largest = std::max(largest, improvements[s].log_h);
    }
    double total = 0;
    for (const LogImprovement& improvement : improvements) total += std::exp(improvement.log_h - largest);
    pdf_shares[j] = 0;
    for (std::size_t s = 0; s < draws_; ++s) {
      const double share = std::exp(improvements[s].log_h - largest) / total;
      cdf_shares(index_of(s), j) = share * improvements[s].cdf_ratio;
      if (!floored) pdf_shares[j] += share * improvements[s].pdf_ratio;
    }
    result.values[static_cast<std::size_t>(j)] =
        std::log(deviations[j]) + largest + std::log(total / static_cast<double>(draws_));
  }
  if (!with_gradients) return result;

  // ∂μ = J'·weights and ∂σ = −J'K⁻¹k/σ with J_ai = −slope_a(x_i − x_ai)/ℓ_i²: both through one vector a point.
  factor_.solve_upper(solved_values);
  Eigen::MatrixXd pull = -(weights * cdf_shares);
  for (Eigen::Index j = 0; j < count; ++j) {
    pull.col(j) = (pull.col(j) - pdf_shares[j] / deviations[j] * solved.col(j)) / deviations[j];
  }
  pull.array() *= ConstMatrix(covariance.slopes.data(), size, count).array();
  const ConstMatrix known(points_.values.data(), dimensions, size);
  const ConstMatrix asked(points.values.data(), dimensions, count);
  const Eigen::RowVectorXd sums = pull.colwise().sum();
  const Eigen::ArrayXd inverse_squares =
      Eigen::Map<const Eigen::ArrayXd>(kernel_.lengths.data(), dimensions).square().inverse();
  result.gradients.resize(points.values.size());
  Eigen::Map<Eigen::MatrixXd> gradients(result.gradients.data(), dimensions, count);
  gradients.noalias() = known * pull;
  gradients -= asked * sums.asDiagonal();
  gradients.array().colwise() *= inverse_squares;
  return result;
}

}  // namespace hone
