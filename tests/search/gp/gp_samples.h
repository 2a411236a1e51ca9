#pragma once

#include <cmath>

#include "core/random.h"
#include "search/gp/log_posterior.h"

namespace hone {

/// Points drawn in the unit cube with a smooth function of them, standardised by eye; every coordinate its own group.
inline GpData smooth_data(std::size_t size, std::size_t dimensions, std::uint64_t seed) {
  RandomStream random(seed, 0, "gp test");
  GpData data;
  data.points.dimensions = dimensions;
  for (std::size_t i = 0; i < dimensions; ++i) data.groups.push_back(i);
  for (std::size_t a = 0; a < size; ++a) {
    double sum = 0;
    for (std::size_t i = 0; i < dimensions; ++i) {
      const double x = random.uniform();
      data.points.values.push_back(x);
      sum += std::sin(5 * x + static_cast<double>(i));
    }
    data.targets.push_back(sum);
  }
  return data;
}

/// Parameters off the prior's mode, each its own.
inline GpParameters some_parameters(std::size_t lengths) {
  GpParameters parameters = prior_mode(lengths, /*additive=*/false);
  for (std::size_t i = 0; i < lengths; ++i) parameters.log_lengths[i] = -0.9 + 0.3 * static_cast<double>(i);
  parameters.log_signal_variance = 0.4;
  parameters.log_noise_variance = -6;
  return parameters;
}

/// The same with an additive part.
inline GpParameters additive_parameters(std::size_t lengths) {
  GpParameters parameters = some_parameters(lengths);
  for (std::size_t i = 0; i < lengths; ++i) {
    parameters.log_single_lengths.push_back(-1.1 + 0.2 * static_cast<double>(i));
  }
  parameters.log_single_variance = -0.7;
  return parameters;
}

}  // namespace hone
