#include "search/samplers/cmaes_restarts.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

CmaesRun first_run() {
  CmaesRun run;
  run.population = 8;
  run.sigma = 0.2;
  return run;
}

TEST(CmaesRestarts, IpopDoublesThePopulation) {
  RandomStream random(1, 0, "test");
  std::vector<FinishedCmaesRun> runs = {{first_run(), 500}};
  for (const std::int64_t expected : {16, 32, 64}) {
    const CmaesRun next = next_run(CmaesRestarts::ipop, runs, random);
    EXPECT_EQ(next.population, expected);
    EXPECT_EQ(next.sigma, 0.2);
    EXPECT_FALSE(next.limit);
    runs.push_back({next, 700});
  }
}

TEST(CmaesRestarts, BipopGivesSmallRunsAsManyTrialsAsLargeOnes) {
  RandomStream random(1, 0, "test");
  std::vector<FinishedCmaesRun> runs = {{first_run(), 500}};
  const CmaesRun large = next_run(CmaesRestarts::bipop, runs, random);
  EXPECT_TRUE(large.large);
  EXPECT_EQ(large.population, 16);
  runs.push_back({large, 1200});
  for (std::int64_t small = 500; small < 1200; small += 300) {
    const CmaesRun next = next_run(CmaesRestarts::bipop, runs, random);
    EXPECT_FALSE(next.large);
    EXPECT_EQ(next.population, 8);
    EXPECT_LE(next.sigma, 0.2);
    EXPECT_GE(next.sigma, 0.002);
    EXPECT_EQ(next.limit, 600);
    runs.push_back({next, 300});
  }
  const CmaesRun again = next_run(CmaesRestarts::bipop, runs, random);
  EXPECT_TRUE(again.large);
  EXPECT_EQ(again.population, 32);
  runs.push_back({again, 3000});
  for (int i = 0; i < 20; ++i) {
    const CmaesRun next = next_run(CmaesRestarts::bipop, runs, random);
    EXPECT_GE(next.population, 8);
    EXPECT_LE(next.population, 16);
  }
}

}  // namespace
}  // namespace hone
