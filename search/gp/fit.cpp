#include "search/gp/fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "search/gp/fit_subset.h"
#include "search/gp/lbfgs.h"

namespace hone {
namespace {

constexpr int kIterations = 30;
constexpr int kWarmIterations = 8;
/// Length of the additive part at the start of the search for a rugged function, and what the joint one is stretched
/// by.
constexpr double kShortLength = 0.1;
constexpr double kStretch = 3;
/// Observations beyond which the parameters are fitted to a part of them (search.md §4).
constexpr std::size_t kWhole = 600;
constexpr std::size_t kPart = 512;
/// Beyond these a parameter no longer changes the model of standardised values on the unit cube.
constexpr double kMaxLength = 1e4;
constexpr double kMinSignal = 1e-4;
constexpr double kMaxSignal = 1e4;
constexpr double kMaxNoise = 1e2;

/// In the order of the posterior's gradient.
std::vector<double> flat(const GpParameters& parameters) {
  std::vector<double> values = parameters.log_lengths;
  values.push_back(parameters.log_signal_variance);
  values.push_back(parameters.log_noise_variance);
  if (parameters.log_single_lengths.empty()) return values;
  values.insert(values.end(), parameters.log_single_lengths.begin(), parameters.log_single_lengths.end());
  values.push_back(parameters.log_single_variance);
  return values;
}

GpParameters unflat(const std::vector<double>& values, std::size_t lengths) {
  const auto joint = values.begin() + static_cast<std::ptrdiff_t>(lengths);
  GpParameters parameters = {{values.begin(), joint}, joint[0], joint[1]};
  if (values.size() == lengths + 2) return parameters;
  parameters.log_single_lengths.assign(joint + 2, values.end() - 1);
  parameters.log_single_variance = values.back();
  return parameters;
}

/// L-BFGS on the posterior from there.
Lbfgs climbed(const GpData& data, const GpParameters& start, int iterations) {
  const std::size_t lengths = data.lengths();
  const auto box = [&](double length, double signal, double noise) {
    GpParameters corner = {std::vector<double>(lengths, std::log(length)), std::log(signal), std::log(noise)};
    corner.log_single_lengths.assign(start.log_single_lengths.size(), std::log(length));
    corner.log_single_variance = std::log(signal);
    return flat(corner);
  };
  LbfgsOptions options;
  options.iterations = iterations;
  Lbfgs search(flat(start), box(kMinLength, kMinSignal, kMinNoiseVariance), box(kMaxLength, kMaxSignal, kMaxNoise),
               options);
  while (!search.done()) {
    LogPosterior posterior = log_posterior(data, unflat(search.query(), lengths));
    for (double& derivative : posterior.gradient) derivative = -derivative;
    search.tell(-posterior.value, posterior.gradient);
  }
  return search;
}

}  // namespace

GpParameters fit(const GpData& data, const FitOptions& options) {
  if (data.points.size() > kWhole) return fit(subset(data, representative(data, kPart)), options);
  const std::size_t lengths = data.lengths();
  std::vector<Lbfgs> found;
  if (options.start) found.push_back(climbed(data, *options.start, kWarmIterations));
  if (options.thorough || !options.start) {
    GpParameters start = prior_mode(lengths, /*additive=*/lengths > 1);
    found.push_back(climbed(data, start, kIterations));
    if (lengths > 1) {
      for (double& length : start.log_lengths) length += std::log(kStretch);
      for (double& length : start.log_single_lengths) length = std::log(kShortLength);
      found.push_back(climbed(data, start, kIterations));
    }
  }
  const auto best = std::min_element(found.begin(), found.end(),
                                     [](const Lbfgs& a, const Lbfgs& b) { return a.best_value() < b.best_value(); });
  return unflat(best->best(), lengths);
}

}  // namespace hone
