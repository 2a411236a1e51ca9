#include "search/gp/hypervolume_improvement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "tests/search/gp/gp_samples.h"

namespace hone {
namespace {

const Points kAsked = {2, {0.31, 0.62, 0.9, 0.05, 0.5, 0.5}};
const Points kPending = {2, {0.3, 0.6, 0.8, 0.1}};

/// Models of functions that do not agree, of the same points.
std::vector<GaussianProcess> models(std::size_t objectives) {
  std::vector<GaussianProcess> list;
  for (std::size_t k = 0; k < objectives; ++k) {
    GpData data = smooth_data(10, 2, 1);
    for (std::size_t a = 0; a < data.points.size(); ++a) {
      data.targets[a] =
          std::sin(4 * data.points[a][0] + 2.0 * static_cast<double>(k)) + data.points[a][1] * (k == 1 ? -1.0 : 1.0);
    }
    list.emplace_back(data, some_parameters(2));
  }
  return list;
}

std::vector<const GaussianProcess*> pointers(const std::vector<GaussianProcess>& list) {
  std::vector<const GaussianProcess*> result;
  for (const GaussianProcess& model : list) result.push_back(&model);
  return result;
}

std::vector<std::vector<double>> normals(std::size_t objectives, std::size_t count) {
  RandomStream random(2, 0, "normals");
  std::vector<std::vector<double>> values(objectives, std::vector<double>(count));
  for (auto& list : values) {
    for (double& value : list) value = random.normal();
  }
  return values;
}

void expect_gradients(const Acquisition& acquisition, const Points& asked) {
  const auto at = acquisition.with_gradients(asked);
  EXPECT_EQ(at.values, acquisition.values(asked));
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < asked.values.size(); ++i) {
    Points more = asked;
    Points less = asked;
    more.values[i] += kStep;
    less.values[i] -= kStep;
    const std::size_t point = i / 2;
    const double slope = (acquisition.values(more)[point] - acquisition.values(less)[point]) / (2 * kStep);
    EXPECT_NEAR(at.gradients[i], slope, 1e-5 * (1 + std::abs(slope))) << i;
  }
}

/// The volume up to `reference` that y adds to the points, by peeling boxes along the last objective.
double volume(const std::vector<std::vector<double>>& points, const std::vector<double>& reference, std::size_t k) {
  if (points.empty()) return 0;
  if (k == 0) {
    double best = reference[0];
    for (const auto& point : points) best = std::min(best, point[0]);
    return reference[0] - best;
  }
  std::vector<std::vector<double>> sorted = points;
  std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return a[k] < b[k]; });
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double end = std::min(reference[k], i + 1 < sorted.size() ? sorted[i + 1][k] : reference[k]);
    if (sorted[i][k] >= end) continue;
    const std::vector<std::vector<double>> below(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    sum += (end - sorted[i][k]) * volume(below, reference, k - 1);
  }
  return sum;
}

void expect_monte_carlo_agrees(std::size_t objectives) {
  const auto list = models(objectives);
  const std::vector<double> reference(objectives, 1.0);
  const auto asked = kAsked;
  const auto values =
      LogHypervolumeImprovement(pointers(list), {2, {}}, std::vector<std::vector<double>>(objectives), reference)
          .values(asked);
  std::vector<std::vector<double>> front;
  for (std::size_t a = 0; a < list[0].size(); ++a) {
    front.emplace_back();
    for (const GaussianProcess& model : list) front.back().push_back(model.predict(model.points()[a]).mean);
  }
  const double before = volume(front, reference, objectives - 1);
  RandomStream random(3, 0, "monte carlo");
  constexpr int kDraws = 20'000;
  double largest = 0;
  for (std::size_t j = 0; j < asked.size(); ++j) {
    double sum = 0;
    double squares = 0;
    std::vector<Prediction> at;
    for (const GaussianProcess& model : list) at.push_back(model.predict(asked[j]));
    for (int draw = 0; draw < kDraws; ++draw) {
      auto more = front;
      more.emplace_back();
      for (const Prediction& one : at) more.back().push_back(one.mean + std::sqrt(one.variance) * random.normal());
      const double gain = volume(more, reference, objectives - 1) - before;
      sum += gain;
      squares += gain * gain;
    }
    const double mean = sum / kDraws;
    const double error = std::sqrt((squares / kDraws - mean * mean) / kDraws);
    // Three standard errors of the draws, and gains so rare that no draw had them.
    EXPECT_NEAR(std::exp(values[j]), mean, 3 * error + 1e-6) << j;
    largest = std::max(largest, mean);
  }
  EXPECT_GT(largest, 0.01);
}

TEST(LogHypervolumeImprovement, AgreesWithMonteCarloForTwoObjectives) { expect_monte_carlo_agrees(2); }

TEST(LogHypervolumeImprovement, AgreesWithMonteCarloForThreeObjectives) { expect_monte_carlo_agrees(3); }

TEST(LogHypervolumeImprovement, GradientAgreesWithFiniteDifferences) {
  for (std::size_t objectives = 2; objectives <= 3; ++objectives) {
    const auto list = models(objectives);
    const std::vector<std::vector<double>> none(objectives);
    const std::vector<double> reference(objectives, 1.0);
    expect_gradients(LogHypervolumeImprovement(pointers(list), {2, {}}, none, reference), kAsked);
    const auto draws = normals(objectives, 2 * 8);
    expect_gradients(LogHypervolumeImprovement(pointers(list), kPending, draws, reference), kAsked);
  }
}

TEST(LogHypervolumeImprovement, LivesWhereNothingCanBeGained) {
  // A reference 20 below all values: the improvement itself would be exp(−1000) or less.
  const auto list = models(2);
  const LogHypervolumeImprovement acquisition(pointers(list), {2, {}}, {{}, {}}, {-20, -20});
  for (const double value : acquisition.values(kAsked)) {
    EXPECT_LT(value, -800);
    EXPECT_TRUE(std::isfinite(value));
  }
  const auto at = acquisition.with_gradients(kAsked);
  for (const double slope : at.gradients) EXPECT_TRUE(std::isfinite(slope));
  EXPECT_GT(std::abs(at.gradients[0]), 1);
}

TEST(LogHypervolumeImprovement, PointsThatMayNotStandInTheFrontLeaveMoreToGain) {
  const auto list = models(2);
  const std::vector<std::vector<double>> none(2);
  std::vector<bool> eligible(list[0].size(), false);
  const auto without = LogHypervolumeImprovement(pointers(list), {2, {}}, none, {1, 1}, eligible).values(kAsked);
  const auto with = LogHypervolumeImprovement(pointers(list), {2, {}}, none, {1, 1}).values(kAsked);
  for (std::size_t j = 0; j < with.size(); ++j) EXPECT_GT(without[j], with[j]);
}

}  // namespace
}  // namespace hone
