#include "search/trial/trial.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TEST(Trial, NamesEveryStateAndReadsItBack) {
  EXPECT_EQ(name_of(TrialState::waiting), "waiting");
  EXPECT_EQ(name_of(TrialState::failed), "failed");
  for (int i = 0; i <= static_cast<int>(TrialState::failed); ++i) {
    const auto state = static_cast<TrialState>(i);
    EXPECT_EQ(trial_state_named(name_of(state)), state);
  }
  EXPECT_EQ(trial_state_named("paused"), std::nullopt);
}

TEST(Trial, NamesEveryOriginAndReadsItBack) {
  EXPECT_EQ(name_of(TrialOrigin::default_), "default");
  EXPECT_EQ(name_of(TrialOrigin::sampler), "sampler");
  for (int i = 0; i <= static_cast<int>(TrialOrigin::reproduce); ++i) {
    const auto origin = static_cast<TrialOrigin>(i);
    EXPECT_EQ(trial_origin_named(name_of(origin)), origin);
  }
  EXPECT_EQ(trial_origin_named("default_"), std::nullopt);
}

}  // namespace
}  // namespace hone
