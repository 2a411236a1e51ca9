#include "search/gp/outcome_warp.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/statistics.h"
#include "search/gp/cholesky.h"

namespace hone {
namespace {

using Kind = OutcomeWarp::Kind;

constexpr double kBoundOffset = 1e-3;
constexpr double kFarQuartiles = 20;

/// Interquartile range; of values that mostly agree the whole range, of equal values 1.
double spread_of(const std::vector<double>& values) {
  const double quartiles = quantile(values, 0.75) - quantile(values, 0.25);
  if (quartiles > 0) return quartiles;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return *high > *low ? *high - *low : 1;
}

double yeo_johnson(double x, double lambda) {
  if (x >= 0) return lambda == 0 ? std::log1p(x) : (std::pow(1 + x, lambda) - 1) / lambda;
  return lambda == 2 ? -std::log1p(-x) : -(std::pow(1 - x, 2 - lambda) - 1) / (2 - lambda);
}

std::vector<OutcomeWarp> candidates(bool with_bound) {
  std::vector<OutcomeWarp> list = {{Kind::identity, 0}};
  if (with_bound) list.push_back({Kind::log_bound, 0});
  for (const double share : {1e-3, 1e-2, 0.1, 1.0}) list.push_back({Kind::log_best, share});
  for (const double lambda : {-2.0, -1.0, 0.0, 0.5, 1.5}) list.push_back({Kind::yeo_johnson, lambda});
  return list;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

std::string to_text(const OutcomeWarp& warp) {
  switch (warp.kind) {
    case Kind::log_bound:
      return "log-bound";
    case Kind::log_best:
      return fmt::format("log-best:{}", warp.parameter);
    case Kind::yeo_johnson:
      return fmt::format("yeo-johnson:{}", warp.parameter);
    case Kind::identity:
      break;
  }
  return "identity";
}

std::optional<OutcomeWarp> outcome_warp_named(std::string_view text) {
  for (const OutcomeWarp& warp : candidates(/*with_bound=*/true)) {
    if (to_text(warp) == text) return warp;
  }
  return std::nullopt;
}

Warped apply(const OutcomeWarp& warp, std::span<const double> values, const std::optional<double>& bound) {
  const std::vector<double> raw(values.begin(), values.end());
  const double spread = spread_of(raw);
  const double centre = median(raw);
  const double least = *std::min_element(raw.begin(), raw.end());
  const double offset = warp.kind == Kind::log_bound ? kBoundOffset * spread - std::min(bound.value_or(least), least)
                                                     : warp.parameter * spread - least;
  Warped warped;
  for (const double y : raw) {
    switch (warp.kind) {
      case Kind::identity:
        warped.values.push_back(y);
        break;
      case Kind::log_bound:
      case Kind::log_best:
        warped.values.push_back(std::log(y + offset));
        warped.log_jacobian -= std::log(y + offset);
        break;
      case Kind::yeo_johnson: {
        const double x = (y - centre) / spread;
        warped.values.push_back(yeo_johnson(x, warp.parameter));
        const double power = x >= 0 ? warp.parameter - 1 : 1 - warp.parameter;
        warped.log_jacobian += power * std::log1p(std::abs(x)) - std::log(spread);
        break;
      }
    }
  }
  return warped;
}

OutcomeWarp choose_warp(const GpData& data, const GpParameters& parameters, const std::optional<double>& bound) {
  const std::size_t size = data.points.size();
  const auto n = static_cast<double>(size);
  const std::vector<OutcomeWarp> warps = candidates(bound.has_value());
  std::vector<Warped> warped;
  for (const OutcomeWarp& warp : warps) warped.push_back(apply(warp, data.targets, bound));
  std::size_t best = 0;
  double best_score = -std::numeric_limits<double>::infinity();
  for (const double factor : {0.3, 1.0, 3.0}) {
    Kernel kernel = make_kernel(parameters, data.groups);
    const double total = kernel.total_variance();
    kernel.variance /= total;
    kernel.single_variance /= total;
    for (double& length : kernel.single_lengths) length *= factor;
    for (double& length : kernel.lengths) length *= factor;
    const std::vector<double> correlations = lower_covariances(kernel, data.points);
    for (const double noise : {1e-5, 1e-3, 1e-2, 0.1}) {
      std::vector<double> matrix = correlations;
      for (std::size_t i = 0; i < size; ++i) matrix[i * size + i] += noise;
      const auto factorised = Cholesky::of(std::move(matrix), size);
      if (!factorised) continue;
      std::vector<double> ones(size, 1.0);
      factorised->solve_lower(ones);
      for (std::size_t w = 0; w < warps.size(); ++w) {
        std::vector<double> solved = warped[w].values;
        factorised->solve_lower(solved);
        const double mean = dot(ones, solved) / dot(ones, ones);
        const double variance = (dot(solved, solved) - mean * dot(ones, solved)) / n;
        if (!(variance > 0)) continue;
        const double score = -0.5 * factorised->log_determinant() - n / 2 * std::log(variance) + warped[w].log_jacobian;
        if (score > best_score) {
          best_score = score;
          best = w;
        }
      }
    }
  }
  return warps[best];
}

std::vector<double> standardised(std::vector<double> values) {
  const double quartile = quantile(values, 0.75);
  const double spread = quartile - quantile(values, 0.25);
  if (spread > 0) {
    for (double& value : values) value = std::min(value, quartile + kFarQuartiles * spread);
  }
  const double centre = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
  for (double& value : values) value = deviation > 0 ? (value - centre) / deviation : 0;
  return values;
}

}  // namespace hone
