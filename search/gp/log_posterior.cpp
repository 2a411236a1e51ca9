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
constexpr double kNoiseShape = 1.1;
constexpr double kNoiseRate = 30;
/// Of the signal's variance alone, and of each of two parts of it.
constexpr double kSignalShape = 2;
constexpr double kPartShape = 1.5;

double length_centre(std::size_t dimensions) {
  return std::numbers::sqrt2 + 0.5 * std::log(static_cast<double>(std::max<std::size_t>(dimensions, 1)));
}

/// Of log-normal length scales; adds the derivatives.
double length_prior(std::span<const double> logs, double centre, double* gradient) {
  double value = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const double distance = logs[i] - centre;
    value -= logs[i] + distance * distance / (2 * kLengthVariance);
    gradient[i] -= 1 + distance / kLengthVariance;
  }
  return value;
}

/// Of a Gamma variable given by its logarithm; adds the derivative.
double gamma_prior(double log, double shape, double rate, double& gradient) {
  const double value = std::exp(log);
  gradient += shape - 1 - rate * value;
  return (shape - 1) * log - rate * value;
}

/// Log density of the priors; adds its derivatives to `gradient`.
double log_prior(const GpParameters& parameters, std::vector<double>& gradient) {
  const std::size_t lengths = parameters.log_lengths.size();
  const bool additive = !parameters.log_single_lengths.empty();
  double value = length_prior(parameters.log_lengths, length_centre(lengths), gradient.data());
  value += gamma_prior(parameters.log_signal_variance, additive ? kPartShape : kSignalShape, 1, gradient[lengths]);
  value += gamma_prior(parameters.log_noise_variance, kNoiseShape, kNoiseRate, gradient[lengths + 1]);
  if (!additive) return value;
  value += length_prior(parameters.log_single_lengths, length_centre(1), gradient.data() + lengths + 2);
  return value + gamma_prior(parameters.log_single_variance, kPartShape, 1, gradient.back());
}

}  // namespace

std::size_t GpData::lengths() const { return groups.empty() ? 0 : 1 + *std::max_element(groups.begin(), groups.end()); }

GpParameters prior_mode(std::size_t lengths, bool additive) {
  GpParameters mode;
  mode.log_lengths.assign(lengths, length_centre(lengths) - kLengthVariance);
  mode.log_signal_variance = std::log((additive ? kPartShape : kSignalShape) - 1);
  mode.log_noise_variance = std::log((kNoiseShape - 1) / kNoiseRate);
  if (!additive) return mode;
  mode.log_single_lengths.assign(lengths, length_centre(1) - kLengthVariance);
  mode.log_single_variance = mode.log_signal_variance;
  return mode;
}

LogPosterior log_posterior(const GpData& data, const GpParameters& parameters) {
  const std::size_t size = data.points.size();
  const auto n = static_cast<Eigen::Index>(size);
  const std::size_t lengths = parameters.log_lengths.size();
  const double noise = std::exp(parameters.log_noise_variance);
  LogPosterior result;
  result.gradient.assign(parameters.log_single_lengths.empty() ? lengths + 2 : 2 * lengths + 3, 0.0);

  const Kernel kernel = make_kernel(parameters, data.groups);
  std::vector<double> with_noise = lower_covariances(kernel, data.points);
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
  result.gradient[lengths + 1] = 0.5 * noise * (alpha.squaredNorm() - inverse.trace());
  std::vector<double> weight_values(size * size);
  Eigen::Map<Eigen::MatrixXd> weights(weight_values.data(), n, n);
  for (Eigen::Index j = 0; j < n; ++j) weights.col(j) = 0.5 * (alpha * alpha[j] - inverse.col(j));
  const std::vector<double> found = parameter_gradients(kernel, data.points, weight_values);
  std::copy_n(found.begin(), lengths + 1, result.gradient.begin());
  std::copy(found.begin() + static_cast<std::ptrdiff_t>(lengths) + 1, found.end(),
            result.gradient.begin() + static_cast<std::ptrdiff_t>(lengths) + 2);
  result.value += log_prior(parameters, result.gradient);
  return result;
}

}  // namespace hone
