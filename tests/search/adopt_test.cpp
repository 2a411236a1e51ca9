#include "search/trial/adopt.h"

#include <gtest/gtest.h>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

const ParamValue kSgd = std::string("sgd");

SearchSpace new_space() {
  ParameterSpec width = int_parameter("width", 8, 64);
  width.default_value = std::int64_t{16};
  return space_of({float_parameter("rate", 0.001, 1), width, categorical_parameter("optimizer", {"adam", "sgd"}),
                   when(float_parameter("momentum", 0, 1), "optimizer == 'sgd'")});
}

TEST(Adopted, KeepsValuesUnderNewNamesAndFillsInDefaults) {
  SpaceMap map;
  map.renamed = {{"lr", "rate"}};
  map.added = {{"momentum", 0.9}};
  map.dropped = {"seed"};
  const Adopted found =
      adopted(new_space(), {{"lr", std::int64_t{1}}, {"optimizer", kSgd}, {"seed", std::int64_t{3}}}, map);
  EXPECT_EQ(found.params, (Params{{"rate", 1.0}, {"width", std::int64_t{16}}, {"optimizer", kSgd}, {"momentum", 0.9}}));
}

TEST(Adopted, ForgetsWhatIsNoLongerActive) {
  const Params old = {{"rate", 0.5}, {"optimizer", std::string("adam")}, {"momentum", 0.5}};
  EXPECT_EQ(adopted(new_space(), old, {}).params,
            (Params{{"rate", 0.5}, {"width", std::int64_t{16}}, {"optimizer", std::string("adam")}}));
}

TEST(Adopted, SaysWhatStandsAgainstIt) {
  const auto complaint = [](const Params& old) { return adopted(new_space(), old, {}).complaint; };
  EXPECT_EQ(complaint({{"rate", 2.0}, {"optimizer", kSgd}}), "`rate` must be from 0.001 to 1 (is `2`)");
  EXPECT_EQ(complaint({{"optimizer", kSgd}}), "`rate` is new and has no value there");
  EXPECT_EQ(complaint({{"rate", 0.5}, {"optimizer", kSgd}, {"momentum", 0.5}, {"old", true}}),
            "`old` is no parameter of the space");
}

}  // namespace
}  // namespace hone
