#include "tests/bench/search/record.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace hone {
namespace {

std::filesystem::path new_file(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove(path);
  return path;
}

TEST(BenchRecord, ReadsWhatItAppends) {
  const std::filesystem::path path = new_file("records.csv");
  Record record;
  record.opponent = "hone auto, 4 workers";
  record.version = "hone 1";
  record.problem = "bbob:f3:d5:i7";
  record.seed = 7;
  record.trials = 100;
  record.at = {{25, 0.25}, {100, 1e-7}};
  record.host = "a processor, 2 cores";
  append_record(path, record);
  append_record(path, record);
  const std::vector<Record> records = read_records(path);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].opponent, record.opponent);
  EXPECT_EQ(records[1].at, record.at);
  EXPECT_EQ(records[1].host, record.host);
}

TEST(BenchRecord, AFileThatIsNotThereHoldsNone) { EXPECT_TRUE(read_records(new_file("none.csv")).empty()); }

TEST(BenchRecord, ScoresAreByProblemWithoutItsInstance) {
  EXPECT_EQ(without_instance("bbob:f3:d5:i17"), "bbob:f3:d5");
  EXPECT_EQ(without_instance("branin:i2+noise"), "branin+noise");
  Record record;
  record.opponent = "a";
  record.problem = "bbob:f3:d5:i1";
  record.at = {{100, 0.5}};
  Record other = record;
  other.problem = "bbob:f3:d5:i2";
  other.at = {{100, 0.25}};
  EXPECT_EQ(scores_of({record, other}, "a", 100).at("bbob:f3:d5"), (std::vector<double>{0.5, 0.25}));
  EXPECT_TRUE(scores_of({record, other}, "a", 50).empty());
}

}  // namespace
}  // namespace hone
