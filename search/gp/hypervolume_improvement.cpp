#include "search/gp/hypervolume_improvement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/gp/log_improvement.h"

namespace hone {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Where the units do not grow a length would have no logarithm.
constexpr double kMinSlope = 1e-12;

/// The logarithm of a positive value, and its derivatives by mean and deviation.
struct LogValue {
  double log = -kInfinity;
  double by_mean = 0;
  double by_deviation = 0;
};

LogValue scaled(double factor, LogValue value) {
  value.log += std::log(factor);
  return value;
}

LogValue sum(const LogValue& a, const LogValue& b) {
  const LogValue& larger = a.log < b.log ? b : a;
  const LogValue& smaller = a.log < b.log ? a : b;
  if (smaller.log == -kInfinity) return larger;
  const double ratio = std::exp(smaller.log - larger.log);
  return {larger.log + std::log1p(ratio), (larger.by_mean + ratio * smaller.by_mean) / (1 + ratio),
          (larger.by_deviation + ratio * smaller.by_deviation) / (1 + ratio)};
}

/// Of values that grow: `low` is not above `high`; 0 when both are equal.
LogValue difference(const LogValue& high, const LogValue& low) {
  if (low.log == -kInfinity) return high;
  const double rest = -std::expm1(low.log - high.log);
  if (!(rest > 0)) return {};
  const double ratio = std::exp(low.log - high.log);
  return {high.log + std::log(rest), (high.by_mean - ratio * low.by_mean) / rest,
          (high.by_deviation - ratio * low.by_deviation) / rest};
}

/// Expected improvement over an edge.
LogValue improvement(double edge, double mean, double deviation) {
  const LogImprovement over = log_improvement((edge - mean) / deviation);
  return {std::log(deviation) + over.log_h, -over.cdf_ratio / deviation, over.pdf_ratio / deviation};
}

}  // namespace

/// One box under one draw at one point.
struct LogHypervolumeImprovement::Term {
  std::size_t draw = 0;
  double log = 0;
  std::array<double, 3> by_means = {};
  std::array<double, 3> by_deviations = {};
};

LogHypervolumeImprovement::LogHypervolumeImprovement(const std::vector<const GaussianProcess*>& models,
                                                     const Points& pending,
                                                     const std::vector<std::vector<double>>& normals,
                                                     const std::vector<double>& reference,
                                                     const std::vector<bool>& eligible,
                                                     const std::vector<OutcomeMap>& units) {
  for (std::size_t k = 0; k < models.size(); ++k) posteriors_.emplace_back(*models[k], pending, normals[k]);
  FrontPoint worst = {};
  std::copy(reference.begin(), reference.end(), worst.begin());
  const std::size_t size = posteriors_.front().size();
  for (std::size_t s = 0; s < posteriors_.front().draws(); ++s) {
    std::vector<FrontPoint> points;
    for (std::size_t a = 0; a < size; ++a) {
      if (a < eligible.size() && !eligible[a]) continue;
      FrontPoint point = {};
      for (std::size_t k = 0; k < models.size(); ++k) point[k] = posteriors_[k].means_at_points()[s * size + a];
      points.push_back(point);
    }
    add_boxes(improvement_boxes(std::move(points), worst, models.size()), units);
  }
}

void LogHypervolumeImprovement::add_boxes(const std::vector<ImprovementBox>& boxes,
                                          const std::vector<OutcomeMap>& units) {
  Boxes indexed;
  indexed.intervals.resize(boxes.size());
  for (std::size_t k = 0; k < posteriors_.size(); ++k) {
    std::vector<double>& edges = indexed.edges[k];
    for (const ImprovementBox& box : boxes) {
      edges.push_back(box.high[k]);
      if (box.low[k] > -kInfinity) edges.push_back(box.low[k]);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const double below = e > 0 ? edges[e - 1] : edges[e] - 1;
      const double slope = units.empty() ? 1 : (units[k](edges[e]) - units[k](below)) / (edges[e] - below);
      indexed.slopes[k].push_back(std::max(slope, kMinSlope));
    }
    const auto index_of = [&](double edge) {
      return static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), edge) - edges.begin());
    };
    for (std::size_t b = 0; b < boxes.size(); ++b) {
      Interval& interval = indexed.intervals[b][k];
      interval.high = index_of(boxes[b].high[k]);
      if (boxes[b].low[k] > -kInfinity) interval.low = index_of(boxes[b].low[k]);
    }
  }
  boxes_.push_back(std::move(indexed));
}

std::vector<double> LogHypervolumeImprovement::values(const Points& points) const {
  return evaluate(points, /*with_gradients=*/false).values;
}

Acquisition::WithGradients LogHypervolumeImprovement::with_gradients(const Points& points) const {
  return evaluate(points, /*with_gradients=*/true);
}

void LogHypervolumeImprovement::add_terms(std::size_t draw, std::span<const double> means,
                                          std::span<const double> deviations, std::vector<Term>& terms) const {
  const Boxes& boxes = boxes_[draw];
  // Of each edge: the expected length below it that the point adds, piece by piece.
  std::array<std::vector<LogValue>, 3> lengths;
  for (std::size_t k = 0; k < means.size(); ++k) {
    LogValue length;
    LogValue over_last;
    for (std::size_t e = 0; e < boxes.edges[k].size(); ++e) {
      const LogValue over = improvement(boxes.edges[k][e], means[k], deviations[k]);
      length = sum(length, scaled(boxes.slopes[k][e], difference(over, over_last)));
      lengths[k].push_back(length);
      over_last = over;
    }
  }
  for (const auto& intervals : boxes.intervals) {
    Term term;
    term.draw = draw;
    for (std::size_t k = 0; k < means.size(); ++k) {
      const auto& [low, high] = intervals[k];
      const LogValue gain = difference(lengths[k][high], low ? lengths[k][*low] : LogValue());
      term.log += gain.log;
      term.by_means[k] = gain.by_mean;
      term.by_deviations[k] = gain.by_deviation;
    }
    if (term.log > -kInfinity) terms.push_back(term);
  }
}

Acquisition::WithGradients LogHypervolumeImprovement::evaluate(const Points& points, bool with_gradients) const {
  const std::size_t objectives = posteriors_.size();
  const std::size_t draws = boxes_.size();
  std::vector<FantasyPosterior::Marginals> marginals;
  for (const FantasyPosterior& posterior : posteriors_) marginals.push_back(posterior.marginals(points));
  std::vector<std::vector<double>> by_means(objectives, std::vector<double>(draws * points.size(), 0.0));
  std::vector<std::vector<double>> by_deviations(objectives, std::vector<double>(points.size(), 0.0));
  WithGradients result;
  result.values.resize(points.size());
  std::vector<double> means(objectives);
  std::vector<double> deviations(objectives);
  std::vector<Term> terms;
  for (std::size_t j = 0; j < points.size(); ++j) {
    terms.clear();
    for (std::size_t s = 0; s < draws; ++s) {
      for (std::size_t k = 0; k < objectives; ++k) {
        means[k] = marginals[k].means[j * draws + s];
        deviations[k] = marginals[k].deviations[j];
      }
      add_terms(s, means, deviations, terms);
    }
    double largest = -kInfinity;
    for (const Term& term : terms) largest = std::max(largest, term.log);
    double total = 0;
    for (const Term& term : terms) total += std::exp(term.log - largest);
    result.values[j] = largest + std::log(total / static_cast<double>(draws));
    if (!with_gradients) continue;
    for (const Term& term : terms) {
      const double share = std::exp(term.log - largest) / total;
      for (std::size_t k = 0; k < objectives; ++k) {
        by_means[k][j * draws + term.draw] += share * term.by_means[k];
        by_deviations[k][j] += share * term.by_deviations[k];
      }
    }
  }
  if (!with_gradients) return result;
  result.gradients.assign(points.values.size(), 0.0);
  for (std::size_t k = 0; k < objectives; ++k) {
    posteriors_[k].add_gradients(points, std::move(marginals[k]), by_means[k], by_deviations[k], result.gradients);
  }
  return result;
}

}  // namespace hone
