#include "search/gp/log_posterior.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "search/gp/cholesky.h"

namespace hone {
namespace {

constexpr double kLengthVariance = 3;
constexpr double kNoiseCentre = -4;

double length_centre(std::size_t lengths) {
  return std::numbers::sqrt2 + 0.5 * std::log(static_cast<double>(std::max<std::size_t>(lengths, 1)));
}

/// Log density of the priors; adds its derivatives to `gradient`.
double log_prior(const GpParameters& parameters, std::vector<double>& gradient) {
  const std::size_t lengths = parameters.log_lengths.size();
  double value = 0;
  for (std::size_t i = 0; i < lengths; ++i) {
    const double distance = parameters.log_lengths[i] - length_centre(lengths);
    value -= parameters.log_lengths[i] + distance * distance / (2 * kLengthVariance);
    gradient[i] -= 1 + distance / kLengthVariance;
  }
  const double signal = std::exp(parameters.log_signal_variance);
  value += parameters.log_signal_variance - signal;
  gradient[lengths] += 1 - signal;
  const double distance = parameters.log_noise_variance - kNoiseCentre;
  value -= parameters.log_noise_variance + distance * distance / 2;
  gradient[lengths + 1] -= 1 + distance;
  return value;
}

}  // namespace

std::size_t GpData::lengths() const { return groups.empty() ? 0 : 1 + *std::max_element(groups.begin(), groups.end()); }

GpParameters prior_mode(std::size_t lengths) {
  return {std::vector<double>(lengths, length_centre(lengths) - kLengthVariance), 0, kNoiseCentre - 1};
}

LogPosterior log_posterior(const GpData& data, const GpParameters& parameters) {
  const std::size_t size = data.points.size();
  const auto n = static_cast<Eigen::Index>(size);
  const auto dimensions = static_cast<Eigen::Index>(data.points.dimensions);
  const std::size_t lengths = parameters.log_lengths.size();
  const double noise = std::exp(parameters.log_noise_variance);
  LogPosterior result;
  result.gradient.assign(lengths + 2, 0.0);

  const Kernel kernel = make_kernel(parameters, data.groups);
  Covariances covariance = covariances(kernel, data.points, data.points, /*with_slopes=*/true);
  std::vector<double> with_noise = covariance.values;
  for (std::size_t i = 0; i < size; ++i) with_noise[i * size + i] += noise;
  const auto factor = Cholesky::of(std::move(with_noise), size);
  if (!factor) {
    result.value = -std::numeric_limits<double>::infinity();
    return result;
  }
  const std::vector<double> inverse_values = factor->inverse();
  const Eigen::Map<const Eigen::MatrixXd> inverse(inverse_values.data(), n, n);
  const Eigen::Map<const Eigen::VectorXd> targets(data.targets.data(), n);
  const Eigen::VectorXd row_sums = inverse.rowwise().sum();
  const double mean = row_sums.dot(targets) / row_sums.sum();
  const Eigen::VectorXd residuals = targets.array() - mean;
  const Eigen::VectorXd alpha = inverse * residuals;
  result.value = -0.5 * residuals.dot(alpha) - 0.5 * factor->log_determinant();

  // The mean is at its optimum, so that its own dependence on the parameters does not enter the derivatives.
  const Eigen::Map<const Eigen::MatrixXd> values(covariance.values.data(), n, n);
  const double residual_form = alpha.dot(values * alpha);
  result.gradient[lengths] = 0.5 * (residual_form - values.cwiseProduct(inverse).sum());
  result.gradient[lengths + 1] = 0.5 * noise * (alpha.squaredNorm() - inverse.trace());

  Eigen::Map<Eigen::MatrixXd> weighted(covariance.slopes.data(), n, n);
  for (Eigen::Index j = 0; j < n; ++j) weighted.col(j).array() *= alpha.array() * alpha[j] - inverse.col(j).array();
  const Eigen::VectorXd sums = weighted.rowwise().sum();
  const Eigen::Map<const Eigen::MatrixXd> columns(data.points.values.data(), dimensions, n);
  const Eigen::MatrixXd products = columns * weighted;
  for (Eigen::Index i = 0; i < dimensions; ++i) {
    const double length = kernel.lengths[static_cast<std::size_t>(i)];
    const double squares = columns.row(i).array().square().matrix().dot(sums.transpose());
    result.gradient[data.groups[static_cast<std::size_t>(i)]] +=
        (squares - products.row(i).dot(columns.row(i))) / (length * length);
  }
  result.value += log_prior(parameters, result.gradient);
  return result;
}

}  // namespace hone
