#include "search/samplers/trust_region.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

/// Observations of these values, all but the first proposed by the region.
struct Told {
  explicit Told(const std::vector<double>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      trials.push_back(completed_trial(static_cast<std::int64_t>(i), {}, values[i]));
      if (i > 0) trials.back().notes = R"({"arm":"trust-region"})";
    }
    for (const HistoryTrial& trial : trials) observed.push_back({&trial, 0, *trial.value});
  }
  std::vector<HistoryTrial> trials;
  std::vector<Observation> observed;
};

TEST(TrustRegion, GrowsAfterThreeGainsInARowAndShrinksAfterAsManyFailuresAsItIsPatient) {
  EXPECT_DOUBLE_EQ(trust_length(Told({5}).observed, 4), 0.8);
  EXPECT_DOUBLE_EQ(trust_length(Told({5, 4, 3}).observed, 4), 0.8);
  EXPECT_DOUBLE_EQ(trust_length(Told({5, 4, 3, 2}).observed, 4), 1.6);
  EXPECT_DOUBLE_EQ(trust_length(Told({5, 6, 6, 6}).observed, 4), 0.8);
  EXPECT_DOUBLE_EQ(trust_length(Told({5, 6, 6, 6, 6}).observed, 4), 0.4);
  EXPECT_DOUBLE_EQ(trust_length(Told({5, 6, 6, 4, 6, 6}).observed, 4), 0.8);
}

TEST(TrustRegion, BeginsAnewWhenItIsTooSmall) {
  std::vector<double> values(1 + 7 * 4, 6.0);
  values.front() = 5;
  EXPECT_DOUBLE_EQ(trust_length(Told(values).observed, 4), 0.8);
}

TEST(TrustRegion, PatienceFollowsDimensionsAndBudget) {
  EXPECT_EQ(trust_patience(100, std::nullopt), 100);
  EXPECT_EQ(trust_patience(100, 300), 10);
  EXPECT_EQ(trust_patience(2, 300), 4);
}

TEST(TrustRegion, BoxIsWiderWhereTheModelIsSmoother) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), float_parameter("y", 0, 1)});
  const GpEmbedding embedding(space);
  const SearchBox box = trust_box(embedding, {0.5, 0.9}, {1, 4}, 0.2);
  EXPECT_NEAR(box.high[0] - box.low[0], 0.1, 1e-12);
  EXPECT_NEAR(0.9 - box.low[1], 0.2, 1e-12);
  EXPECT_DOUBLE_EQ(box.high[1], 1);
}

TEST(TrustRegion, LeavesUnorderedParametersTheirWholeRange) {
  const SearchSpace space =
      space_of({float_parameter("x", 0, 1), categorical_parameter("c", {std::string("a"), std::string("b")})});
  const GpEmbedding embedding(space);
  const SearchBox box = trust_box(embedding, {0.5, 0.25}, {1, 1}, 0.2);
  EXPECT_EQ(box.low[1], 0);
  EXPECT_EQ(box.high[1], 1);
}

}  // namespace
}  // namespace hone
