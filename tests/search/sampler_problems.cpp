#include "tests/search/sampler_problems.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <set>

#include "core/statistics.h"

namespace hone {
namespace {

double number(const Params& params, const std::string& name) { return as_number(params.at(name)); }

double branin(const Params& params) {
  const double x = number(params, "x");
  const double y = number(params, "y");
  constexpr double kPi = std::numbers::pi;
  const double a = y - 5.1 / (4 * kPi * kPi) * x * x + 5 / kPi * x - 6;
  return a * a + 10 * (1 - 1 / (8 * kPi)) * std::cos(x) + 10 - 0.39788735772973816;
}

double bowl(const Params& params) {
  const double shift[] = {0.7, 0.2, 0.85, 0.35};
  double sum = 0;
  for (int i = 0; i < 4; ++i) {
    const double distance = number(params, "x" + std::to_string(i)) - shift[i];
    sum += std::pow(10.0, i) * distance * distance;
  }
  return sum;
}

/// Like a training run: a learning rate with an optimum that depends on the optimizer, a width, a momentum.
double training(const Params& params) {
  const bool sgd = params.at("optimizer") == ParamValue(std::string("sgd"));
  const double rate = std::log10(number(params, "rate")) - (sgd ? -1.2 : -2.7);
  const double width = std::log2(number(params, "width")) - 6.5;
  const double momentum = sgd ? number(params, "momentum") - 0.93 : 0.05;
  const bool norm = params.at("norm") == ParamValue(true);
  const double batch = std::log2(number(params, "batch")) - 6;
  return rate * rate + 0.3 * width * width + 20 * momentum * momentum + (norm ? 0 : 0.4) + 0.1 * batch * batch;
}

/// A small random space of all kinds with conditions.
SearchSpace random_space(RandomStream& random) {
  std::vector<ParameterSpec> parameters = {categorical_parameter("kind", {"a", "b", "c"})};
  const auto maybe_conditional = [&](ParameterSpec parameter) {
    const char* conditions[] = {"", "", "kind == 'a'", "kind != 'b'"};
    parameter.when = conditions[random.index(4)];
    parameters.push_back(std::move(parameter));
  };
  const double low = random.uniform(0.001, 1);
  maybe_conditional(float_parameter("rate", low, low * random.uniform(2, 1000), LogScale::natural));
  maybe_conditional(float_parameter("decay", 0.5, random.uniform(0.6, 0.999), LogScale::reverse));
  ParameterSpec stepped = float_parameter("dropout", 0, 0.1 * static_cast<double>(1 + random.index(8)));
  stepped.step = 0.1;
  maybe_conditional(stepped);
  maybe_conditional(int_parameter("width", 1, static_cast<double>(2 + random.index(500)), LogScale::natural));
  ParameterSpec heads = int_parameter("heads", 2, static_cast<double>(4 + random.index(20)));
  heads.step = 2;
  maybe_conditional(heads);
  maybe_conditional(bool_parameter("norm"));
  maybe_conditional(ordinal_parameter("batch", {std::int64_t{16}, std::int64_t{32}, std::int64_t{64}}));
  if (parameters.back().when.empty()) parameters.push_back(when(float_parameter("extra", -1, 1), "batch > 16"));
  return space_of(parameters);
}

}  // namespace

ParameterSpec float_parameter(const std::string& name, double low, double high, LogScale log) {
  ParameterSpec parameter;
  parameter.name = name;
  parameter.low = low;
  parameter.high = high;
  parameter.log = log;
  return parameter;
}

ParameterSpec int_parameter(const std::string& name, double low, double high, LogScale log) {
  ParameterSpec parameter = float_parameter(name, low, high, log);
  parameter.type = ParameterType::int_;
  return parameter;
}

ParameterSpec bool_parameter(const std::string& name) {
  ParameterSpec parameter;
  parameter.name = name;
  parameter.type = ParameterType::bool_;
  return parameter;
}

ParameterSpec categorical_parameter(const std::string& name, std::vector<ParamValue> choices) {
  ParameterSpec parameter;
  parameter.name = name;
  parameter.type = ParameterType::categorical;
  parameter.choices = std::move(choices);
  return parameter;
}

ParameterSpec ordinal_parameter(const std::string& name, std::vector<ParamValue> choices) {
  ParameterSpec parameter = categorical_parameter(name, std::move(choices));
  parameter.type = ParameterType::ordinal;
  return parameter;
}

ParameterSpec when(ParameterSpec parameter, const std::string& condition) {
  parameter.when = condition;
  return parameter;
}

SearchSpace space_of(const std::vector<ParameterSpec>& parameters) { return SearchSpace(parameters, {}); }

std::vector<Problem> problems() {
  std::vector<ParameterSpec> cube;
  for (int i = 0; i < 4; ++i) cube.push_back(float_parameter("x" + std::to_string(i), 0, 1));
  const SearchSpace trainer =
      space_of({categorical_parameter("optimizer", {"adamw", "sgd"}),
                float_parameter("rate", 1e-5, 1, LogScale::natural), int_parameter("width", 8, 512, LogScale::natural),
                when(float_parameter("momentum", 0.5, 0.99), "optimizer == 'sgd'"), bool_parameter("norm"),
                ordinal_parameter("batch", {std::int64_t{16}, std::int64_t{32}, std::int64_t{64}, std::int64_t{128}})});
  return {{"branin", space_of({float_parameter("x", -5, 10), float_parameter("y", 0, 15)}), branin},
          {"bowl", space_of(cube), bowl},
          {"training", trainer, training}};
}

HistoryTrial completed_trial(std::int64_t id, const Params& params, double value) {
  HistoryTrial trial;
  trial.id = id;
  trial.params = params;
  trial.state = TrialState::completed;
  trial.value = value;
  trial.curve = trial.rungs = {{0, value}};
  return trial;
}

History run_trials(const Sampler& sampler, const Problem& problem, int trials, std::uint64_t seed) {
  History history;
  for (std::int64_t id = 0; id < trials; ++id) {
    RandomStream random(seed, id, "sampler");
    const auto suggestion = sampler.suggest(problem.space, history, id, random);
    if (!suggestion) break;
    history.trials.push_back(completed_trial(id, suggestion->params, problem.value(suggestion->params)));
    history.trials.back().notes = suggestion->notes;
  }
  return history;
}

double median_best(const std::function<std::unique_ptr<Sampler>(std::uint64_t seed)>& make, const Problem& problem,
                   int trials, int seeds) {
  std::vector<double> bests;
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto sampler = make(static_cast<std::uint64_t>(seed));
    double best = std::numeric_limits<double>::infinity();
    for (const HistoryTrial& trial : run_trials(*sampler, problem, trials, static_cast<std::uint64_t>(seed)).trials) {
      best = std::min(best, *trial.value);
    }
    bests.push_back(best);
  }
  return median(bests);
}

void expect_sound(const std::function<std::unique_ptr<Sampler>(std::uint64_t seed)>& make) {
  constexpr int kTrials = 40;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed, -1, "space");
    const SearchSpace space = random_space(random);
    // The value depends on every parameter, so that models have something to follow.
    const Problem problem = {"random", space, [&](const Params& params) {
                               double sum = 0;
                               for (const auto& unit : space.encode(params))
                                 sum += unit ? (*unit - 0.3) * (*unit - 0.3) : 0.1;
                               return sum;
                             }};
    const auto sampler = make(seed);
    const History history = run_trials(*sampler, problem, kTrials, seed);
    EXPECT_EQ(history.trials.size(), static_cast<std::size_t>(kTrials));
    std::set<std::string> keys;
    for (const HistoryTrial& trial : history.trials) {
      EXPECT_EQ(space.complaint_about(trial.params), std::nullopt);
      EXPECT_TRUE(keys.insert(space.key(trial.params)).second) << space.key(trial.params);
    }
    const History again = run_trials(*make(seed), problem, kTrials, seed);
    for (std::size_t i = 0; i < history.trials.size(); ++i) {
      EXPECT_EQ(history.trials[i].params, again.trials.at(i).params);
    }
    const History other = run_trials(*make(seed + 100), problem, kTrials, seed + 100);
    EXPECT_NE(history.trials.back().params, other.trials.back().params);
  }

  const SearchSpace finite = space_of({int_parameter("n", 1, 6), when(bool_parameter("b"), "n > 3")});
  const Problem small = {"finite", finite, [](const Params& params) { return std::abs(number(params, "n") - 4.4); }};
  const History used_up = run_trials(*make(1), small, 100, 1);
  EXPECT_EQ(used_up.trials.size(), 9u);
}

}  // namespace hone
