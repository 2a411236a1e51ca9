#include "search/study.h"

#include <gtest/gtest.h>

#include "tests/search/study_process.h"

namespace hone {
namespace {

TEST(StudyBudget, PromotionsAreLaunchedWhenNoNewTrialMayStart) {
  const FastFolder folder;
  Process process(folder, asha_spec(3, 3));
  std::vector<double> budgets;
  while (const auto launch = process.study->next()) {
    budgets.push_back(launch->budget);
    process.report(*launch, launch->budget, static_cast<double>(launch->trial));
    process.exit(*launch);
  }
  EXPECT_EQ(budgets, (std::vector<double>{1, 1, 1, 3}));
  EXPECT_TRUE(process.study->done());
  EXPECT_EQ(process.trial(0).state, TrialState::completed);
  EXPECT_EQ(process.trial(0).reached, (std::vector<double>{1, 3}));
}

TEST(StudyBudget, UnitsCountFromTheCheckpoint) {
  const FastFolder folder;
  ExperimentSpec spec = asha_spec(1, 3);
  spec.budget.units = 3;
  Process process(folder, spec);
  const Launch launch = process.study->next().value();
  process.report(launch, 1, 0.5);
  process.study->checkpoint({0, 1, "checkpoint-1.h5", 1});
  process.exit(launch);
  EXPECT_EQ(process.study->state().units, 1);
  EXPECT_EQ(process.study->next()->resume, "checkpoint-1.h5");
  EXPECT_EQ(process.study->state().units, 3);
}

TEST(StudyBudget, APromotionThatIsTooDearIsNotLaunched) {
  const FastFolder folder;
  ExperimentSpec spec = asha_spec(9, 3);
  spec.budget.units = 3;
  Process process(folder, spec);
  for (int i = 0; i < 3; ++i) {
    const Launch launch = process.study->next().value();
    EXPECT_EQ(launch.budget, 1);
    process.report(launch, 1, 0.5);
    process.exit(launch);
  }
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.study->close();
  EXPECT_EQ(process.study->state().closed_reason, "3 epochs");
}

TEST(StudyBudget, TheWallBudgetCountsOverAllProcessesAndStopsWhatWaits) {
  const FastFolder folder;
  ExperimentSpec spec = plane_spec(9);
  spec.budget.wall = 60;
  {
    Process process(folder, spec);
    const Launch launch = process.study->next().value();
    process.clock.advance(40);
    process.report(launch, 1, 0.5);
  }
  Process process(folder, spec);
  const Launch launch = process.study->next().value();
  process.clock.advance(19);
  EXPECT_TRUE(process.study->next());
  process.clock.advance(2);
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.exit(launch, FailureClass::crash);
  process.exit({1, 1, {}, 0, 0, ""}, FailureClass::crash);
  EXPECT_EQ(process.study->next(), std::nullopt);
  EXPECT_TRUE(process.study->done());
  process.study->close();
  EXPECT_EQ(process.study->state().closed_reason, "wall 1m");
  EXPECT_EQ(process.trial(0).state, TrialState::stopped);
  EXPECT_EQ(process.trial(0).message, "the study ended: wall 1m");
}

TEST(StudyBudget, AClosedStudyStaysClosed) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(2), bowl());
  const std::size_t events = open_store_to_read(folder.study())->load().size();
  Process process(folder, plane_spec(5));
  EXPECT_TRUE(process.study->done());
  EXPECT_EQ(process.study->next(), std::nullopt);
  process.study->close();
  EXPECT_EQ(open_store_to_read(folder.study())->load().size(), events);
}

TEST(StudyBudget, AReopenedStudySpendsItsLargerBudget) {
  const FastFolder folder;
  run_to_end(folder.study(), plane_spec(2), bowl());
  {
    Process process(folder, plane_spec(3));
    process.study->reopen("budget.trials 2 -> 3");
    EXPECT_FALSE(process.study->done());
  }
  EXPECT_EQ(run_to_end(folder.study(), plane_spec(3), bowl()).closed_reason, "3 trials");
  const FastFolder other;
  const StudyState whole = run_to_end(other.study(), plane_spec(3), bowl());
  const StudyState state = fold(open_store_to_read(folder.study())->load());
  ASSERT_EQ(state.trials.size(), 3U);
  for (std::size_t id = 0; id < 3; ++id) EXPECT_EQ(state.trials[id].params, whole.trials[id].params);
}

}  // namespace
}  // namespace hone
