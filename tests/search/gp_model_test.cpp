#include "search/samplers/gp_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

constexpr int kSize = 60;

/// A smooth function of one parameter at sixty places, the last one raised.
History history_with_last_raised_by(double more) {
  History history;
  for (int id = 0; id < kSize; ++id) {
    const double x = std::fmod(0.618 * (id + 1), 1.0);
    HistoryTrial trial;
    trial.id = id;
    trial.params = {{"x", x}};
    trial.state = TrialState::completed;
    trial.value = std::sin(6 * x) + 0.05 * std::sin(97 * x) + (id == kSize - 1 ? more : 0);
    trial.rungs = {{0, *trial.value}};
    history.trials.push_back(std::move(trial));
  }
  return history;
}

/// How many values were there at the last fit when the last but one had been fitted.
std::size_t fitted_with_last_raised_by(double more) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1)});
  const GpEmbedding embedding(space);
  History history = history_with_last_raised_by(more);
  const std::vector<Observation> all = observations_at_one_budget(history, 2);
  std::vector<Observation> earlier = all;
  earlier.pop_back();
  const FittedModel before = fit_model(embedding, earlier, std::nullopt, std::nullopt);
  return fit_model(embedding, all, before.facts, std::nullopt).facts.fitted;
}

TEST(GpModel, IsFittedAnewWhenTheNewestValueIsFarFromWhatTheOthersSay) {
  EXPECT_EQ(fitted_with_last_raised_by(0), kSize - 1);
  EXPECT_EQ(fitted_with_last_raised_by(2), kSize);
}

}  // namespace
}  // namespace hone
