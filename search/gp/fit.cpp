#include "search/gp/fit.h"

#include <cmath>

#include "search/gp/lbfgs.h"

namespace hone {
namespace {

constexpr int kIterations = 30;
constexpr int kWarmIterations = 8;
/// Observations beyond which a second search costs more than it finds: the earlier optimum knows most of them.
constexpr std::size_t kTwoStarts = 100;
/// Beyond these a parameter no longer changes the model of standardised values on the unit cube.
constexpr double kMaxLength = 1e4;
constexpr double kMinSignal = 1e-4;
constexpr double kMaxSignal = 1e4;
constexpr double kMaxNoise = 1e2;

std::vector<double> flat(const GpParameters& parameters) {
  std::vector<double> values = parameters.log_lengths;
  values.push_back(parameters.log_signal_variance);
  values.push_back(parameters.log_noise_variance);
  return values;
}

GpParameters unflat(const std::vector<double>& values) {
  return {{values.begin(), values.end() - 2}, values[values.size() - 2], values.back()};
}

/// L-BFGS on the posterior from there.
Lbfgs climbed(const GpData& data, const GpParameters& start, int iterations) {
  const std::size_t lengths = data.lengths();
  const auto box = [&](double length, double signal, double noise) {
    return flat({std::vector<double>(lengths, std::log(length)), std::log(signal), std::log(noise)});
  };
  LbfgsOptions options;
  options.iterations = iterations;
  Lbfgs search(flat(start), box(kMinLength, kMinSignal, kMinNoiseVariance), box(kMaxLength, kMaxSignal, kMaxNoise),
               options);
  while (!search.done()) {
    LogPosterior posterior = log_posterior(data, unflat(search.query()));
    for (double& derivative : posterior.gradient) derivative = -derivative;
    search.tell(-posterior.value, posterior.gradient);
  }
  return search;
}

}  // namespace

GpParameters fit(const GpData& data, const std::optional<GpParameters>& start) {
  if (!start) return unflat(climbed(data, prior_mode(data.lengths()), kIterations).best());
  const Lbfgs from_start = climbed(data, *start, kWarmIterations);
  if (data.points.size() > kTwoStarts) return unflat(from_start.best());
  const Lbfgs from_mode = climbed(data, prior_mode(data.lengths()), kIterations);
  return unflat(from_start.best_value() <= from_mode.best_value() ? from_start.best() : from_mode.best());
}

}  // namespace hone
