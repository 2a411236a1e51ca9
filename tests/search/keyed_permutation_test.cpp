#include "search/samplers/keyed_permutation.h"

#include <gtest/gtest.h>

#include <set>

namespace hone {
namespace {

TEST(KeyedPermutation, MeetsEveryNumberOnce) {
  for (const std::uint64_t size : {1u, 2u, 3u, 7u, 16u, 100u, 1000u}) {
    const KeyedPermutation order(size, 5);
    std::set<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < size; ++i) numbers.insert(order(i));
    EXPECT_EQ(numbers.size(), size);
    EXPECT_EQ(*numbers.rbegin(), size - 1);
  }
}

TEST(KeyedPermutation, SpreadsEveryPrefix) {
  // 200 of a million in ten equal parts: 20 each on average; outside 4 to 36 lies less than one part in 10⁴.
  const KeyedPermutation order(1'000'000, 9);
  int counts[10] = {};
  for (std::uint64_t i = 0; i < 200; ++i) ++counts[order(i) / 100'000];
  for (const int count : counts) {
    EXPECT_GE(count, 4);
    EXPECT_LE(count, 36);
  }
}

TEST(KeyedPermutation, DependsOnItsKey) {
  int same = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) same += KeyedPermutation(1000, 1)(i) == KeyedPermutation(1000, 2)(i) ? 1 : 0;
  EXPECT_LT(same, 10);
}

TEST(KeyedPermutation, CountsTo2To62) {
  const KeyedPermutation order(std::uint64_t{1} << 62, 1);
  EXPECT_LT(order((std::uint64_t{1} << 62) - 1), std::uint64_t{1} << 62);
  EXPECT_NE(order(0), order(1));
}

}  // namespace
}  // namespace hone
