#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hone {
namespace {

bool is_aligned(const void* block) { return reinterpret_cast<std::uintptr_t>(block) % 64 == 0; }

TEST(AlignedNew, BlocksOfEverySizeBeginAtTheWidestVector) {
  std::vector<std::vector<double>> kept;
  for (std::size_t size = 1; size < 300; ++size) {
    kept.emplace_back(size, 1.0);
    EXPECT_TRUE(is_aligned(kept.back().data())) << size;
    EXPECT_TRUE(is_aligned(std::make_unique<char[]>(size).get())) << size;
  }
}

TEST(AlignedNew, LargeBlocksTooAndTheyKeepTheirContent) {
  const std::vector<double> values(1 << 20, 3.0);
  EXPECT_TRUE(is_aligned(values.data()));
  const std::string text(1 << 20, 'x');
  EXPECT_EQ(text.find_first_not_of('x'), std::string::npos);
}

}  // namespace
}  // namespace hone
