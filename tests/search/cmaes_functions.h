#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace hone {

using RealFunction = std::function<double(const std::vector<double>&)>;

double sphere(const std::vector<double>& x);
double rosenbrock(const std::vector<double>& x);
double rastrigin(const std::vector<double>& x);
/// Axes of 1 to `condition`, turned by a random rotation.
RealFunction rotated_ellipsoid(std::size_t dimensions, double condition, std::uint64_t seed);

struct CmaesRunOptions {
  bool separable = false;
  bool adapt_rates = false;
  /// Standard deviation of what is added to each value.
  double noise = 0;
  std::int64_t evaluations = 100'000;
};
/// Evaluations until a value of 1e-8 is met from U(−4, 4) with a step of 2; nothing when it is not.
std::optional<std::int64_t> evaluations_to_target(const RealFunction& function, std::size_t dimensions,
                                                  std::uint64_t seed, const CmaesRunOptions& options);

/// Value of the mean after all evaluations, from the same start.
double value_of_last_mean(const RealFunction& function, std::size_t dimensions, std::uint64_t seed,
                          const CmaesRunOptions& options);

}  // namespace hone
