#include "configs/fields.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace hone {
namespace {

struct Sample {
  double rate = 0.1;
  std::int64_t count = 3;
  std::string mode = "fast";
  std::optional<double> wall;
  std::optional<std::int64_t> slots;
  std::int64_t memory = 2048;
  double share = 0.25;
  std::vector<std::string> names = {"a", "b"};
  bool on = true;
  std::string file;
};

constexpr std::string_view kModes[] = {"fast", "slow"};
constexpr std::string_view kAuto[] = {"auto"};
constexpr Field<Sample> kFields[] = {
    {"rate", &Sample::rate, {.low = 0, .high = 1, .above_low = true}, "a rate"},
    {"count", &Sample::count, {.low = 1}, "a count"},
    {"mode", &Sample::mode, {.words = kModes}, "a mode"},
    {"wall", &Sample::wall, {}, "a time", FieldForm::duration},
    {"slots", &Sample::slots, {.words = kAuto}, "slots"},
    {"memory", &Sample::memory, {}, "a size", FieldForm::size},
    {"share", &Sample::share, {}, "a share", FieldForm::share},
    {"names", &Sample::names, {}, "names", FieldForm::texts},
    {"on", &Sample::on, {}, "a switch"},
    {"file", &Sample::file, {.required = true}, "a file"},
};
constexpr std::span<const Field<Sample>> kTable(kFields);

std::string mistake_of(const OptionValues& values) {
  try {
    from_options(kTable, values);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Fields, PrintDefaultsAsAUserWouldWriteThem) {
  std::vector<std::string> defaults;
  for (const OptionInfo& info : option_infos(kTable)) defaults.push_back(info.name + " = " + info.default_text);
  EXPECT_EQ(defaults, (std::vector<std::string>{"rate = 0.1", "count = 3", "mode = \"fast\"", "wall = none",
                                                "slots = auto", "memory = \"2.0 KiB\"", "share = \"25%\"",
                                                "names = [\"a\", \"b\"]", "on = true", "file = required"}));
}

TEST(Fields, LayValuesOverDefaults) {
  const Sample sample = from_options(kTable, {{"count", std::int64_t{7}}, {"rate", std::int64_t{1}}, {"wall", 2.5}});
  EXPECT_EQ(sample.count, 7);
  EXPECT_EQ(sample.rate, 1.0);
  EXPECT_EQ(sample.wall, 2.5);
  EXPECT_EQ(sample.mode, "fast");
}

TEST(Fields, RefuseWhatTheTableDoesNotKnowOrAccept) {
  EXPECT_EQ(mistake_of({{"cuont", std::int64_t{7}}}), "spec::unknown-option: unknown option `cuont`");
  EXPECT_EQ(mistake_of({{"count", 7.5}}), "spec::bad-option: count must be an integer (is 7.5)");
  EXPECT_EQ(mistake_of({{"count", std::int64_t{0}}}), "spec::bad-option: count must be at least 1 (is 0)");
  EXPECT_EQ(mistake_of({{"rate", 0.0}}), "spec::bad-option: rate must be above 0 (is 0)");
  EXPECT_EQ(mistake_of({{"rate", 1.5}}), "spec::bad-option: rate must be at most 1 (is 1.5)");
  EXPECT_EQ(mistake_of({{"mode", std::string("fats")}}), "spec::bad-option: mode must be one of fast, slow (is fats)");
  EXPECT_EQ(mistake_of({{"on", std::int64_t{1}}}), "spec::bad-option: on must be true or false (is 1)");
}

}  // namespace
}  // namespace hone
