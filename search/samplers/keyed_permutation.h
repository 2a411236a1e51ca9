#pragma once

#include <cstdint>

namespace hone {

/// A pseudo-random permutation of 0 … size−1 that is computed, not stored: a Feistel network of six rounds, its round
/// function a block of Philox, on the smallest even number of bits that holds the size (Luby, Rackoff 1988); numbers
/// beyond the size walk on along their cycle (Black, Rogaway 2002).
class KeyedPermutation {
 public:
  /// `size` from 1 to 2⁶².
  KeyedPermutation(std::uint64_t size, std::uint64_t key);

  std::uint64_t size() const { return size_; }
  /// `index` < size.
  std::uint64_t operator()(std::uint64_t index) const;

 private:
  std::uint64_t size_;
  std::uint64_t key_;
  /// Bits of each half.
  int half_ = 0;
};

}  // namespace hone
