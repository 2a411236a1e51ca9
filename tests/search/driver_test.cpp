#include "search/driver.h"

#include <gtest/gtest.h>

#include "tests/search/simulation.h"

namespace hone {
namespace {

using Trace = std::vector<std::string>;

TEST(Driver, RunsAStudyToItsEnd) {
  const FastFolder folder;
  const StudyState state = run_to_end(folder.study(), plane_spec(3), bowl());
  EXPECT_TRUE(state.closed);
  EXPECT_EQ(state.closed_reason, "3 trials");
  ASSERT_EQ(state.trials.size(), 3U);
  for (const Trial& trial : state.trials) EXPECT_EQ(trial.state, TrialState::completed);
  const Trace expected = {"study_opened", "asked 0", "launched 0", "reported 0", "checkpointed 0",
                          "completed 0",  "asked 1", "launched 1", "reported 1", "checkpointed 1",
                          "completed 1",  "asked 2", "launched 2", "reported 2", "checkpointed 2",
                          "completed 2",  "closed"};
  EXPECT_EQ(trace_of(open_store_to_read(folder.study())->load()), expected);
}

}  // namespace
}  // namespace hone
