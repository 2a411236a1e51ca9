#include "search/gp/hypervolume_improvement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/gp/log_improvement.h"

namespace hone {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// log[EI(high) − EI(low)] and its derivatives by mean and deviation.
struct LogDifference {
  double log = 0;
  double by_mean = 0;
  double by_deviation = 0;
};

/// `low` nothing = −infinity, where EI is 0.
LogDifference log_difference(const LogImprovement& high, const LogImprovement* low, double deviation) {
  if (low == nullptr) {
    return {std::log(deviation) + high.log_h, -high.cdf_ratio / deviation, high.pdf_ratio / deviation};
  }
  const double ratio = std::exp(low->log_h - high.log_h);
  const double rest = -std::expm1(low->log_h - high.log_h);
  if (!(rest > 0)) return {-kInfinity, 0, 0};  // an interval without width
  return {std::log(deviation) + high.log_h + std::log(rest),
          -(high.cdf_ratio - ratio * low->cdf_ratio) / rest / deviation,
          (high.pdf_ratio - ratio * low->pdf_ratio) / rest / deviation};
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
                                                     const std::vector<bool>& eligible) {
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
    add_boxes(improvement_boxes(std::move(points), worst, models.size()));
  }
}

void LogHypervolumeImprovement::add_boxes(const std::vector<ImprovementBox>& boxes) {
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
  std::array<std::vector<LogImprovement>, 3> at_edges;
  for (std::size_t k = 0; k < means.size(); ++k) {
    for (const double edge : boxes.edges[k]) {
      at_edges[k].push_back(log_improvement((edge - means[k]) / deviations[k]));
    }
  }
  for (const auto& intervals : boxes.intervals) {
    Term term;
    term.draw = draw;
    for (std::size_t k = 0; k < means.size(); ++k) {
      const auto& [low, high] = intervals[k];
      const LogDifference gain = log_difference(at_edges[k][high], low ? &at_edges[k][*low] : nullptr, deviations[k]);
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
  for (const FantasyPosterior& posterior : posteriors_)
    marginals.push_back(posterior.marginals(points));
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
