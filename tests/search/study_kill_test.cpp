// A whole coordinator, killed with SIGKILL at seeded moments and started again until its study ends.
#include <gtest/gtest.h>

#include "core/random.h"
#include "tests/search/child.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

ExperimentSpec spec_of_the_study() {
  ExperimentSpec spec = plane_spec(60);
  spec.sampler.kind = "auto";
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = 9;
  return spec;
}

/// Runs the study and tells the number of every event once it is announced; a SIGKILL comes after so many of them.
void coordinate(const std::filesystem::path& folder, int report_fd, std::int64_t events_left) {
  const StudyLock lock(folder);
  SimulatedClock clock;
  const auto store = open_store(folder);
  const auto study = make_study(*store, spec_of_the_study(), clock);
  study->open(std::nullopt);
  SimulatedExecutor executor(bowl(), 2, clock);
  EventWatch watch([&](const Study&, const Event& event) {
    tell(report_fd, event.seq);
    if (--events_left < 0) ::raise(SIGKILL);
  });
  drive(*study, executor, watch, never);
}

TEST(StudyKill, NothingAcknowledgedIsLostAndTheStudyEnds) {
  const FastFolder folder;
  RandomStream random(3, -1, "kills");
  int kills = 0;
  for (; kills < 300; ++kills) {
    const std::int64_t lifetime = random.index(25);
    Child coordinator([&](int report) { coordinate(folder.study(), report, lifetime); });
    std::int64_t told = 0;
    while (const auto seq = coordinator.next()) told = *seq;
    coordinator.kill_and_reap();
    ASSERT_FALSE(StudyLock::is_held(folder.study()));
    const StudyState state = fold(open_store_to_read(folder.study())->load());
    ASSERT_GE(state.last_seq, told);
    ASSERT_LE(state.trials.size(), 60U);
    if (state.closed) break;
  }
  EXPECT_GT(kills, 10);
  const StudyState state = fold(open_store_to_read(folder.study())->load());
  EXPECT_TRUE(state.closed);
  EXPECT_EQ(state.trials.size(), 60U);
  EXPECT_EQ(state.running, 0);
}

}  // namespace
}  // namespace hone
