#include "search/samplers/failure_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "search/gp/gaussian_process.h"
#include "search/gp/log_feasibility.h"
#include "search/gp/log_posterior.h"

namespace hone {
namespace {

struct TeachingClass {
  FailureClass failure;
  /// How much one such failure says about the parameters.
  double weight;
};
constexpr TeachingClass kTeaching[] = {
    {FailureClass::out_of_memory, 1}, {FailureClass::non_finite, 1}, {FailureClass::infeasible, 1},
    {FailureClass::timeout, 0.5},     {FailureClass::stalled, 0.5},  {FailureClass::crash, 0.5},
};

/// Failures from which a Gaussian process knows more than neighbours.
constexpr std::size_t kModelled = 10;
/// Variances of the function behind the labels and of their noise: across the long lengths a step takes a large one.
constexpr double kLabelVariance = 10;
constexpr double kLabelNoise = 0.01;
/// Newest failed and newest other trials that it sees: 200 points take a millisecond.
constexpr std::size_t kNewest = 100;

/// Trials that failed and that did not, with weights of failure.
struct Labels {
  Points points;
  std::vector<double> weights;
};

/// Votes of the nearest labelled trials.
class NearestFailures final : public Acquisition {
 public:
  explicit NearestFailures(Labels labels) : labels_(std::move(labels)) {}

  std::vector<double> values(const Points& points) const override {
    std::vector<double> values;
    for (std::size_t j = 0; j < points.size(); ++j) values.push_back(value(points[j]));
    return values;
  }

  /// Steps have no gradient.
  WithGradients with_gradients(const Points& points) const override {
    return {values(points), std::vector<double>(points.values.size(), 0.0)};
  }

 private:
  double value(std::span<const double> point) const {
    std::vector<std::pair<double, std::size_t>> distances;
    for (std::size_t a = 0; a < labels_.points.size(); ++a) {
      double squares = 0;
      for (std::size_t i = 0; i < point.size(); ++i) {
        const double difference = point[i] - labels_.points[a][i];
        squares += difference * difference;
      }
      distances.emplace_back(squares, a);
    }
    const auto nearest = static_cast<std::ptrdiff_t>(std::ceil(std::sqrt(static_cast<double>(distances.size()))));
    std::nth_element(distances.begin(), distances.begin() + nearest - 1, distances.end());
    double failed = 0;
    for (auto one = distances.begin(); one != distances.begin() + nearest; ++one)
      failed += labels_.weights[one->second];
    const auto votes = static_cast<double>(nearest);
    return std::log((votes - failed + 1) / (votes + 2));
  }

  Labels labels_;
};

bool has_value(const HistoryTrial& trial) { return trial.value.has_value() && trial.state != TrialState::failed; }

/// Appends the newest of the trials that `is_wanted`.
template <class IsWanted>
void add_newest(Labels& labels, const GpEmbedding& embedding, const History& history, double weight, std::size_t most,
                const IsWanted& is_wanted) {
  for (auto trial = history.trials.rbegin(); trial != history.trials.rend() && most > 0; ++trial) {
    if (!trial->teaches || !is_wanted(*trial)) continue;
    labels.points.add(embedding.coordinates(embedding.unit_of(trial->params)));
    labels.weights.push_back(weight);
    --most;
  }
}

/// P(label < 0) of a Gaussian process on labels −1 … 1.
std::unique_ptr<Acquisition> label_regression(const GpEmbedding& embedding, const Labels& labels) {
  GpData data = {labels.points, embedding.groups(), {}};
  for (const double weight : labels.weights) data.targets.push_back(2 * weight - 1);
  GpParameters parameters = prior_mode(data.lengths(), /*additive=*/false);
  const auto count = static_cast<double>(data.lengths());
  parameters.log_lengths.assign(data.lengths(), std::numbers::sqrt2 + 0.5 * std::log(count));
  parameters.log_signal_variance = std::log(kLabelVariance);
  parameters.log_noise_variance = std::log(kLabelNoise);
  const GaussianProcess process(data, parameters);
  FeasibilityOptions options;
  options.noise_variance = process.noise_variance();
  return std::make_unique<LogFeasibility>(process, /*threshold=*/0.0, options);
}

}  // namespace

std::vector<std::unique_ptr<Acquisition>> failure_terms(const GpEmbedding& embedding, const History& history) {
  std::vector<std::unique_ptr<Acquisition>> terms;
  for (const TeachingClass& teaching : kTeaching) {
    const auto failed = [&](const HistoryTrial& trial) {
      return trial.state == TrialState::failed && trial.failure == teaching.failure;
    };
    Labels labels = {{embedding.dimensions(), {}}, {}};
    add_newest(labels, embedding, history, teaching.weight, kNewest, failed);
    const std::size_t failures = labels.weights.size();
    if (failures == 0) continue;
    add_newest(labels, embedding, history, /*weight=*/0, kNewest, has_value);
    if (failures < kModelled) {
      terms.push_back(std::make_unique<NearestFailures>(std::move(labels)));
    } else {
      terms.push_back(label_regression(embedding, labels));
    }
  }
  return terms;
}

}  // namespace hone
