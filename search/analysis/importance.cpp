#include "search/analysis/importance.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "core/statistics.h"

namespace hone {

namespace {

constexpr double kTopShare = 0.1;
constexpr std::int64_t kGrid = 50;
/// Keeps the ratio of densities finite.
constexpr double kSmallMass = 1e-12;

using Counts = std::vector<double>;

/// Bins of a parameter: its categories, its levels when they are few, else kGrid points on its (log) range.
struct Bins {
  std::int64_t count = 0;
  bool categorical = false;
  std::function<std::int64_t(const ParamValue&)> of;
};

Bins make_bins(const SearchSpace& space, std::size_t index) {
  const SpaceParameter& parameter = space.parameters()[index];
  const ParameterType type = parameter.spec.type;
  Bins bins;
  bins.categorical = type == ParameterType::categorical || type == ParameterType::bool_;
  if (bins.categorical || type == ParameterType::ordinal || (parameter.levels > 0 && parameter.levels <= kGrid)) {
    bins.count = parameter.levels;
    bins.of = [&space, index](const ParamValue& value) { return space.level_of(index, value); };
    return bins;
  }
  bins.count = kGrid;
  const bool log = parameter.spec.log == LogScale::natural;
  const auto scale = [log](double x) { return log ? std::log(x) : x; };
  const double low = scale(*parameter.spec.low);
  const double step = (scale(*parameter.spec.high) - low) / static_cast<double>(kGrid - 1);
  bins.of = [scale, low, step](const ParamValue& value) {
    const auto bin = static_cast<std::int64_t>(std::ceil((scale(as_number(value)) - low) / step - 0.5));
    return std::clamp<std::int64_t>(bin, 0, kGrid - 1);
  };
  return bins;
}

/// Scott's bandwidth over binned values.
double bandwidth(const Counts& counts) {
  std::vector<double> at;
  std::vector<double> weight;
  double n = 0;
  for (std::size_t g = 0; g < counts.size(); ++g) {
    if (counts[g] == 0) continue;
    at.push_back(static_cast<double>(g));
    weight.push_back(counts[g]);
    n += counts[g];
  }
  double mean = 0;
  for (std::size_t i = 0; i < at.size(); ++i) mean += at[i] * weight[i] / n;
  double squares = 0;
  for (std::size_t i = 0; i < at.size(); ++i) squares += (at[i] - mean) * (at[i] - mean) * weight[i];
  const double deviation = std::sqrt(squares / std::max(1.0, n - 1));
  // First bin whose cumulated count reaches a quarter, first that exceeds three quarters.
  std::optional<double> first;
  std::optional<double> third;
  double cumulated = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    cumulated += weight[i];
    if (!first && cumulated >= std::floor(n / 4)) first = at[i];
    if (!third && cumulated > std::floor(3 * n / 4)) third = at[i];
  }
  const double quartiles = third.value_or(at.back()) - first.value_or(at.back());
  const double scott = 1.059 * std::min(quartiles / 1.34, deviation) * std::pow(n, -0.2);
  return std::max(0.5 / 1.64, scott);
}

/// Adds `weight` times a normal cut to [−½, G−½] to the masses of the bins.
void add_normal(std::vector<double>& mass, double weight, double mean, double deviation) {
  const auto cdf = [&](double x) { return normal_cdf((x - mean) / deviation); };
  const double end = static_cast<double>(mass.size()) - 0.5;
  const double whole = cdf(end) - cdf(-0.5);
  for (std::size_t g = 0; g < mass.size(); ++g) {
    const double center = static_cast<double>(g);
    mass[g] += weight * (cdf(center + 0.5) - cdf(center - 0.5)) / whole;
  }
}

std::vector<double> numeric_density(const Counts& counts) {
  std::vector<double> mass(counts.size(), 0.0);
  const double deviation = bandwidth(counts);
  for (std::size_t g = 0; g < counts.size(); ++g) {
    if (counts[g] > 0) add_normal(mass, counts[g], static_cast<double>(g), deviation);
  }
  const auto grid = static_cast<double>(counts.size());
  add_normal(mass, 1.0, (grid - 1) / 2, grid);
  return mass;
}

std::vector<double> categorical_density(const Counts& counts) {
  const auto categories = static_cast<double>(counts.size());
  const double distinct =
      static_cast<double>(std::count_if(counts.begin(), counts.end(), [](double c) { return c > 0; }));
  const double spread = 1.0 / (distinct + 1);
  double total = 0;
  for (const double count : counts) total += count;
  std::vector<double> mass;
  for (const double count : counts) {
    mass.push_back((count + total * spread) / (1 + categories * spread) + 1 / categories);
  }
  return mass;
}

std::vector<double> density(const Counts& counts, bool categorical) {
  std::vector<double> mass = categorical ? categorical_density(counts) : numeric_density(counts);
  double total = 0;
  for (const double value : mass) total += value;
  for (double& value : mass) value = value / total + kSmallMass;
  return mass;
}

/// Unscaled importance of one parameter.
double importance_of(const Bins& bins, const std::string& name, std::span<const ScoredParams> trials, double limit) {
  Counts all(static_cast<std::size_t>(bins.count), 0.0);
  Counts top = all;
  double n_top = 0;
  double active = 0;
  double active_top = 0;
  for (const ScoredParams& trial : trials) {
    const bool is_top = trial.value <= limit;
    n_top += is_top;
    const auto found = trial.params.find(name);
    if (found == trial.params.end()) continue;
    const auto bin = static_cast<std::size_t>(bins.of(found->second));
    ++all[bin];
    ++active;
    if (is_top) ++top[bin];
    active_top += is_top;
  }
  if (active == 0 || active_top == 0) return 0;
  const std::vector<double> p_all = density(all, bins.categorical);
  const std::vector<double> p_top = density(top, bins.categorical);
  double sum = 0;
  for (std::size_t g = 0; g < p_all.size(); ++g) {
    const double ratio = p_top[g] / p_all[g] - 1;
    sum += p_all[g] * ratio * ratio;
  }
  const auto n = static_cast<double>(trials.size());
  const double q = n_top / n;
  const double alpha = active_top / n_top;
  const double beta = active / n;
  return q * q * sum * alpha * alpha / beta;
}

}  // namespace

std::vector<ParameterImportance> parameter_importance(const SearchSpace& space, std::span<const ScoredParams> trials) {
  if (trials.size() < 2 || space.size() < 2) return {};
  std::vector<double> values;
  for (const ScoredParams& trial : trials) values.push_back(trial.value);
  std::sort(values.begin(), values.end());
  const auto top = static_cast<std::size_t>(std::ceil(kTopShare * static_cast<double>(values.size())));
  const double limit = values[top - 1];
  std::vector<ParameterImportance> shares;
  double total = 0;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const std::string& name = space.parameters()[i].spec.name;
    shares.push_back({name, importance_of(make_bins(space, i), name, trials, limit)});
    total += shares.back().share;
  }
  if (total <= 0) return {};
  for (ParameterImportance& entry : shares) entry.share /= total;
  std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  return shares;
}

}  // namespace hone
