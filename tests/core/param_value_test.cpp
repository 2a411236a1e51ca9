#include "core/param_value.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

TEST(ParamValue, WritesTheShortestNumberThatReadsBack) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(1e-5), "1e-05");
  for (double value : {1.0 / 3, 2e-308, 123456789.123456789, -0.0}) EXPECT_EQ(parse_number(to_text(value)), value);
}

TEST(ParamValue, WritesEveryType) {
  EXPECT_EQ(to_text(ParamValue(true)), "true");
  EXPECT_EQ(to_text(ParamValue(std::int64_t{-3})), "-3");
  EXPECT_EQ(to_text(ParamValue(std::string("a b"))), "a b");
}

TEST(ParamValue, JsonKeepsTypes) {
  const Params params = {
      {"b", false}, {"i", std::int64_t{3}}, {"d", 3.0}, {"s", std::string("3")}, {"big", std::int64_t{1} << 60}};
  EXPECT_EQ(params_from_json(nlohmann::json::parse(to_json_object(params).dump())), params);
}

TEST(ParamValue, RefusesWhatIsNoValue) {
  EXPECT_THROW(param_from_json(nullptr), Error);
  EXPECT_THROW(param_from_json(nlohmann::json::array({1})), Error);
  try {
    params_from_json(nlohmann::json::array());
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "protocol::bad-value: parameters must be an object (are [])");
  }
}

TEST(ParamValue, BooleansCountAsNumbersAndTextsDoNot) {
  EXPECT_EQ(as_number(ParamValue(true)), 1);
  EXPECT_EQ(as_number(ParamValue(std::int64_t{4})), 4);
  EXPECT_THROW(as_number(ParamValue(std::string("4"))), std::bad_variant_access);
}

}  // namespace
}  // namespace hone
