#include "core/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace hone {
namespace {

// Known answers of the Random123 distribution (kat_vectors, philox4x32 with 10 rounds).
TEST(Philox, GivesTheKnownAnswers) {
  using Block = std::array<std::uint32_t, 4>;
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, IsAFunctionOfSeedTrialAndPurpose) {
  RandomStream stream(7, 3, "sampler");
  RandomStream same(7, 3, "sampler");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(stream.bits(), same.bits());

  const std::uint64_t first = RandomStream(7, 3, "sampler").bits();
  EXPECT_NE(RandomStream(8, 3, "sampler").bits(), first);
  EXPECT_NE(RandomStream(7 + (1ull << 32), 3, "sampler").bits(), first);
  EXPECT_NE(RandomStream(7, 4, "sampler").bits(), first);
  EXPECT_NE(RandomStream(7, -1, "sampler").bits(), first);
  EXPECT_NE(RandomStream(7, 3, "noise").bits(), first);
}

TEST(RandomStream, DrawsUniformNumbersInTheOpenInterval) {
  RandomStream stream(1, -1, "test");
  constexpr int kDraws = 100000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = stream.uniform();
    ASSERT_GT(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
    squares += x * x;
  }
  // Five standard errors of mean (1/√(12 n)) and of the second moment (√(4/45)/√n).
  EXPECT_NEAR(sum / kDraws, 0.5, 5 / std::sqrt(12.0 * kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / kDraws));
}

TEST(RandomStream, DrawsEveryIndexEquallyOften) {
  RandomStream stream(2, 0, "test");
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) ++counts.at(static_cast<std::size_t>(stream.index(7)));
  // Five standard deviations of a binomial count.
  for (const int count : counts) EXPECT_NEAR(count, 10000, 5 * std::sqrt(10000 * 6.0 / 7));
  EXPECT_EQ(stream.index(1), 0);
}

TEST(RandomStream, DrawsStandardNormals) {
  RandomStream stream(3, 0, "test");
  constexpr int kDraws = 100000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = stream.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(1.0 * kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
}

// Whatever changes these numbers changes every study ever run: resume and verify would no longer agree.
TEST(RandomStream, NeverChangesItsNumbers) {
  EXPECT_EQ(RandomStream(0, 0, "sampler").bits(), 0xa01c36f3e5e31e75ULL);
  EXPECT_EQ(trial_seed(0, 0), 0xd231cbb8d2f276a8ULL);
}

TEST(TrialSeed, DiffersBetweenTrialsAndStudies) {
  EXPECT_EQ(trial_seed(5, 17), trial_seed(5, 17));
  EXPECT_NE(trial_seed(5, 17), trial_seed(5, 18));
  EXPECT_NE(trial_seed(5, 17), trial_seed(6, 17));
}

}  // namespace
}  // namespace hone
