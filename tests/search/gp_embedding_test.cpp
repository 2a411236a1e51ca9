#include "search/samplers/gp_embedding.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

double squared_distance(const GpEmbedding& embedding, const Params& a, const Params& b) {
  const std::vector<double> x = embedding.coordinates(embedding.unit_of(a));
  const std::vector<double> y = embedding.coordinates(embedding.unit_of(b));
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
  return sum;
}

TEST(GpEmbedding, OrderedParametersHaveTheirUnitCoordinate) {
  const SearchSpace space = space_of({float_parameter("x", 0, 4), int_parameter("n", 1, 4)});
  const GpEmbedding embedding(space);
  EXPECT_EQ(embedding.groups(), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(embedding.coordinates(embedding.unit_of({{"x", 1.0}, {"n", std::int64_t{2}}})),
            (std::vector<double>{0.25, 0.375}));
}

TEST(GpEmbedding, LevelsWithoutOrderLieOneApart) {
  const SearchSpace space = space_of({categorical_parameter("kind", {"a", "b", "c"}), bool_parameter("norm")});
  const GpEmbedding embedding(space);
  EXPECT_EQ(embedding.groups(), (std::vector<std::size_t>{0, 0, 0, 1}));
  for (const char* other : {"b", "c"}) {
    EXPECT_NEAR(squared_distance(embedding, {{"kind", "a"}, {"norm", true}}, {{"kind", other}, {"norm", true}}), 1,
                1e-15);
  }
  EXPECT_EQ(squared_distance(embedding, {{"kind", "a"}, {"norm", true}}, {{"kind", "a"}, {"norm", false}}), 1);
}

TEST(GpEmbedding, InactiveIsAsFarAsTwoActiveOnesOnAverage) {
  const SearchSpace space = space_of({bool_parameter("on"), when(float_parameter("x", 0, 1), "on"),
                                      when(categorical_parameter("kind", {"a", "b", "c", "d"}), "on")});
  const GpEmbedding embedding(space);
  const auto point = [](double x, const char* kind) { return Params{{"on", true}, {"x", x}, {"kind", kind}}; };
  // The switch itself lies 1 away; x adds 1/6 on average, the category 1 − 1/K.
  double sum = 0;
  constexpr int kSteps = 1000;
  for (int i = 0; i < kSteps; ++i) {
    sum += squared_distance(embedding, point((i + 0.5) / kSteps, "a"), {{"on", false}}) / kSteps;
  }
  EXPECT_NEAR(sum, 1 + 1.0 / 6 + 0.75, 1e-6);
  EXPECT_NEAR(squared_distance(embedding, point(0.5, "a"), point(0.5, "d")), 1, 1e-15);
}

TEST(GpEmbedding, FindsTheWayBackFromCoordinates) {
  const SearchSpace space =
      space_of({bool_parameter("on"), categorical_parameter("kind", {"a", "b", "c"}), float_parameter("x", 0, 4),
                when(int_parameter("n", 1, 4), "on"), when(bool_parameter("norm"), "on")});
  const GpEmbedding embedding(space);
  for (const double on : {0.25, 0.75}) {
    const std::vector<double> unit = {on, 0.5, 0.3, 0.375, 0.25};
    const auto back = embedding.unit_at(embedding.coordinates(unit));
    for (std::size_t i = 0; i < unit.size(); ++i) {
      ASSERT_EQ(back[i].has_value(), on > 0.5 || i < 3) << i;
      EXPECT_NEAR(back[i].value_or(unit[i]), unit[i], 1e-15) << i;
    }
  }
}

TEST(GpEmbedding, ParametersOfOneValueHaveNoCoordinate) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), int_parameter("n", 3, 3)});
  const GpEmbedding embedding(space);
  EXPECT_EQ(embedding.dimensions(), 1u);
  EXPECT_EQ(embedding.lengths(), 1u);
  EXPECT_FALSE(embedding.slope_coordinate(1));
}

TEST(GpEmbedding, SnapsToTheMiddleOfALevel) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), int_parameter("n", 1, 4), bool_parameter("b"),
                                      int_parameter("w", 8, 512, LogScale::natural)});
  const GpEmbedding embedding(space);
  std::vector<double> unit = {0.3, 0.99, 0.1, 0.5};
  embedding.snap(unit);
  EXPECT_EQ(unit[0], 0.3);
  EXPECT_EQ(unit[1], 0.875);
  EXPECT_EQ(unit[2], 0.25);
  EXPECT_EQ(unit, embedding.unit_of(space.decode(unit)));
}

}  // namespace
}  // namespace hone
