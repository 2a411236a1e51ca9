#include "search/samplers/keyed_permutation.h"

#include <bit>

#include "core/random.h"

namespace hone {
namespace {

constexpr std::uint32_t kRounds = 6;

}  // namespace

KeyedPermutation::KeyedPermutation(std::uint64_t size, std::uint64_t key)
    : size_(size), key_(key), half_((std::bit_width(size - 1) + 1) / 2) {}

std::uint64_t KeyedPermutation::operator()(std::uint64_t index) const {
  const std::uint64_t mask = (std::uint64_t{1} << half_) - 1;
  const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)};
  do {
    std::uint64_t left = index >> half_;
    std::uint64_t right = index & mask;
    for (std::uint32_t round = 0; round < kRounds; ++round) {
      // A half has at most 31 bits.
      const std::uint64_t mixed = philox4x32({static_cast<std::uint32_t>(right), round, 0, 0}, key)[0];
      const std::uint64_t next = left ^ (mixed & mask);
      left = right;
      right = next;
    }
    index = left << half_ | right;
  } while (index >= size_);
  return index;
}

}  // namespace hone
