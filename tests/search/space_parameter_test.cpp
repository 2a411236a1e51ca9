#include "search/trial/space_parameter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

ParameterSpec stepped(ParameterSpec spec, double step) {
  spec.step = step;
  return spec;
}

/// One parameter of every kind.
std::vector<SpaceParameter> all_kinds() {
  const std::vector<ParameterSpec> specs = {float_parameter("float", -3, 5),
                                            float_parameter("log", 1e-5, 1e-1, LogScale::natural),
                                            float_parameter("reverse", 0.8, 0.999, LogScale::reverse),
                                            stepped(float_parameter("stepped", 0, 0.6), 0.1),
                                            stepped(float_parameter("uneven", 0, 1), 0.3),
                                            int_parameter("int", 1, 7),
                                            int_parameter("log_int", 1, 1000, LogScale::natural),
                                            int_parameter("reverse_int", 1, 50, LogScale::reverse),
                                            stepped(int_parameter("stepped_int", 16, 24), 4),
                                            bool_parameter("bool"),
                                            categorical_parameter("categorical", {"a", "b", "c"}),
                                            ordinal_parameter("ordinal", {0.1, 0.5, 2.0}),
                                            float_parameter("constant", 3, 3)};
  std::vector<SpaceParameter> parameters;
  for (const ParameterSpec& spec : specs) parameters.push_back(SpaceParameter::make(spec));
  return parameters;
}

TEST(SpaceParameter, CountsItsLevels) {
  std::vector<std::int64_t> levels;
  for (const SpaceParameter& parameter : all_kinds()) levels.push_back(parameter.levels);
  EXPECT_EQ(levels, (std::vector<std::int64_t>{0, 0, 0, 7, 4, 7, 1000, 50, 3, 2, 3, 3, 1}));
}

TEST(SpaceParameter, StaysInBoundsAtTheEndsOfTheUnitInterval) {
  for (const SpaceParameter& parameter : all_kinds()) {
    for (const double unit : {0.0, 1e-300, 0.5, 1 - 0x1p-53, 1.0}) {
      EXPECT_EQ(parameter.complaint_about(parameter.value_at(unit)), std::nullopt) << parameter.spec.name << unit;
    }
  }
}

TEST(SpaceParameter, ReadsBackEveryLevel) {
  for (const SpaceParameter& parameter : all_kinds()) {
    for (std::int64_t level = 0; level < parameter.levels; ++level) {
      const ParamValue value = parameter.value_of_level(level);
      EXPECT_EQ(parameter.level_of(value), level) << parameter.spec.name;
      EXPECT_EQ(parameter.value_at(parameter.unit_of(value)), value) << parameter.spec.name;
    }
  }
}

TEST(SpaceParameter, TilesTheUnitIntervalWithItsLevels) {
  for (const SpaceParameter& parameter : all_kinds()) {
    double end = 0;
    for (std::int64_t level = 0; level < parameter.levels; ++level) {
      const auto [low, high] = parameter.unit_interval(level);
      EXPECT_NEAR(low, end, 1e-12) << parameter.spec.name << level;
      EXPECT_EQ(parameter.value_at((low + high) / 2), parameter.value_of_level(level)) << parameter.spec.name;
      end = high;
    }
    EXPECT_EQ(end, parameter.levels > 0 ? 1 : 0) << parameter.spec.name;
  }
}

TEST(SpaceParameter, ReadsBackContinuousValues) {
  for (const SpaceParameter& parameter : all_kinds()) {
    if (parameter.levels > 0) continue;
    for (const double unit : {0.01, 0.3, 0.77}) {
      EXPECT_NEAR(parameter.unit_of(parameter.value_at(unit)), unit, 1e-12) << parameter.spec.name;
    }
  }
}

TEST(SpaceParameter, GivesEveryIntEqualRoom) {
  const SpaceParameter parameter = SpaceParameter::make(int_parameter("n", 1, 4));
  EXPECT_EQ(parameter.value_at(0.24), ParamValue(std::int64_t{1}));
  EXPECT_EQ(parameter.value_at(0.26), ParamValue(std::int64_t{2}));
  EXPECT_EQ(parameter.value_at(0.76), ParamValue(std::int64_t{4}));
}

TEST(SpaceParameter, WritesStepsWithoutDust) {
  const SpaceParameter parameter = SpaceParameter::make(stepped(float_parameter("dropout", 0, 0.6), 0.1));
  EXPECT_EQ(to_text(parameter.value_of_level(3)), "0.3");
}

TEST(SpaceParameter, SaysWhatAValueShouldBe) {
  const auto complaint = [](const ParameterSpec& spec, const ParamValue& value) {
    return SpaceParameter::make(spec).complaint_about(value).value_or("");
  };
  EXPECT_EQ(complaint(float_parameter("lr", 1e-5, 0.1), 0.5), "`lr` must be from 1e-05 to 0.1 (is `0.5`)");
  EXPECT_EQ(complaint(int_parameter("width", 8, 64), std::int64_t{65}), "`width` must be from 8 to 64 (is `65`)");
  EXPECT_EQ(complaint(int_parameter("width", 8, 64), 8.5), "`width` must be an integer (is `8.5`)");
  EXPECT_EQ(complaint(float_parameter("lr", 0, 1), "much"), "`lr` must be a number (is `much`)");
  EXPECT_EQ(complaint(stepped(int_parameter("width", 16, 24), 4), std::int64_t{18}),
            "`width` must be 16 plus a multiple of 4 (is `18`)");
  EXPECT_EQ(complaint(bool_parameter("norm"), std::int64_t{1}), "`norm` must be true or false (is `1`)");
  EXPECT_EQ(complaint(categorical_parameter("kind", {"a", "b"}), "c"), "`kind` must be one of `a`, `b` (is `c`)");
  EXPECT_EQ(complaint(float_parameter("lr", 0, 1), std::int64_t{1}), "");
  EXPECT_EQ(complaint(stepped(float_parameter("dropout", 0, 0.6), 0.1), 0.1 + 0.2), "");
}

}  // namespace
}  // namespace hone
