#pragma once

#include <cstdint>
#include <vector>

namespace hone {

/// Sobol's quasi-random points, scrambled: the first 2ᵐ points fill every dyadic box of volume 2⁻ᵐ about equally
/// ((0, m, 2)-nets in the first two dimensions), and each point alone is uniform.
///
/// Direction numbers: Joe and Kuo 2008 for dimensions 1–21; beyond, the next primitive polynomials with odd initial
/// numbers hashed from the dimension (the same for every seed). Scrambling: Owen's nested uniform scrambling by a hash
/// of the bit-reversed coordinate (Burley 2020, "Practical hash-based Owen scrambling").
class SobolSequence {
 public:
  /// At least one dimension. Without `scramble_seed` the plain sequence, for tests.
  explicit SobolSequence(std::size_t dimensions);
  SobolSequence(std::size_t dimensions, std::uint64_t scramble_seed);

  /// Point `index` [dimensions], every coordinate in the open unit interval.
  std::vector<double> point(std::uint32_t index) const;

 private:
  /// 32 direction numbers a dimension.
  std::vector<std::uint32_t> directions_;
  /// A hash seed a dimension; empty = not scrambled.
  std::vector<std::uint32_t> seeds_;
};

}  // namespace hone
