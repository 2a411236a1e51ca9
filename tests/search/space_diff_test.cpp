#include "search/analysis/space_diff.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

std::vector<std::string> lines_of(const std::vector<ParameterSpec>& before, const std::vector<ParameterSpec>& after) {
  std::vector<std::string> lines;
  for (const SpaceDifference& one : space_diff(before, after)) {
    lines.push_back(std::string(name_of(one.change)) + " " + one.name + ": " + one.text);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(SpaceDiff, SaysNothingOfEqualSpaces) {
  const std::vector<ParameterSpec> space = {float_parameter("lr", 1e-4, 1, LogScale::natural), bool_parameter("b")};
  EXPECT_EQ(lines_of(space, space), Lines());
}

TEST(SpaceDiff, TellsWideningFromNarrowing) {
  EXPECT_EQ(lines_of({float_parameter("a", 0, 1), int_parameter("b", 1, 9), float_parameter("c", 0, 1),
                      categorical_parameter("d", {"x", "y"})},
                     {float_parameter("a", 0, 2), int_parameter("b", 2, 9), float_parameter("c", 0.5, 2),
                      categorical_parameter("d", {"y", "x", "z"})}),
            (Lines{"widened a: float 0 to 1 -> float 0 to 2", "narrowed b: int 1 to 9 -> int 2 to 9",
                   "moved c: float 0 to 1 -> float 0.5 to 2", "widened d: categorical x, y -> categorical y, x, z"}));
}

TEST(SpaceDiff, FindsCandidatesForRenaming) {
  EXPECT_EQ(
      lines_of({float_parameter("lr", 1e-4, 1, LogScale::natural), bool_parameter("gone")},
               {float_parameter("rate", 1e-4, 1, LogScale::natural), int_parameter("fresh", 1, 2)}),
      (Lines{"renamed lr: rate? both are float 1e-04 to 1 log", "added fresh: int 1 to 2", "removed gone: bool"}));
}

TEST(SpaceDiff, ShowsOtherTypesScalesAndConditions) {
  ParameterSpec after = when(float_parameter("a", 1, 2, LogScale::natural), "c");
  after.default_value = 1.5;
  EXPECT_EQ(lines_of({float_parameter("a", 1, 2), int_parameter("b", 1, 2), bool_parameter("c")},
                     {after, float_parameter("b", 1, 2), bool_parameter("c")}),
            (Lines{"changed a: scale none -> log, default none -> 1.5, when none -> c",
                   "retyped b: int 1 to 2 -> float 1 to 2"}));
}

}  // namespace
}  // namespace hone
