#include "search/samplers/unseen.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

TEST(Unseen, KnowsEveryTrialWhateverItsState) {
  const SearchSpace space = space_of({int_parameter("n", 1, 3)});
  HistoryTrial running;
  running.params = {{"n", std::int64_t{1}}};
  running.state = TrialState::running;
  HistoryTrial failed = running;
  failed.params = {{"n", std::int64_t{3}}};
  failed.state = TrialState::failed;
  const History history = {{running, failed}};
  const Unseen unseen(space, history, /*dedupe=*/true);
  EXPECT_FALSE(unseen.has({{"n", std::int64_t{1}}}));
  EXPECT_TRUE(unseen.has({{"n", std::int64_t{2}}}));
  EXPECT_FALSE(unseen.has({{"n", std::int64_t{3}}}));
  EXPECT_TRUE(Unseen(space, history, /*dedupe=*/false).has({{"n", std::int64_t{1}}}));
}

TEST(Unseen, FindsTheLastConfigurationOfALargeSpace) {
  const SearchSpace space = space_of({int_parameter("n", 0, 999), when(bool_parameter("b"), "n == 500")});
  History history;
  for (std::int64_t n = 0; n < 1000; ++n) {
    Params params = {{"n", n}};
    if (n == 500) params["b"] = true;
    history.trials.push_back(completed_trial(n, params, 0));
  }
  RandomStream random(1, 0, "test");
  const auto last = Unseen(space, history, true).draw(random);
  ASSERT_TRUE(last);
  EXPECT_EQ(*last, (Params{{"n", std::int64_t{500}}, {"b", false}}));
  history.trials.push_back(completed_trial(1000, *last, 0));
  EXPECT_EQ(Unseen(space, history, true).draw(random), std::nullopt);
}

TEST(Unseen, GivesTheOneConfigurationOfAnEmptySpaceOnce) {
  const SearchSpace space = space_of({});
  RandomStream random(1, 0, "test");
  EXPECT_EQ(Unseen(space, {}, true).draw(random), Params{});
  EXPECT_EQ(Unseen(space, {{completed_trial(0, {}, 0)}}, true).draw(random), std::nullopt);
}

}  // namespace
}  // namespace hone
