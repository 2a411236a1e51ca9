#include "search/samplers/sobol_sequence.h"

#include <array>
#include <bit>

#include "core/random.h"

namespace hone {
namespace {

constexpr int kBits = 32;

/// A primitive polynomial over GF(2), all its bits, and the initial numbers m of its direction numbers.
struct Polynomial {
  std::uint32_t bits = 0;
  std::array<std::uint32_t, kBits> initial{};

  int degree() const { return static_cast<int>(std::bit_width(bits)) - 1; }
};

// Joe and Kuo 2008, "Constructing Sobol sequences with better two-dimensional projections", dimensions 2–21.
constexpr Polynomial kJoeKuo[] = {
    {3, {1}},
    {7, {1, 3}},
    {11, {1, 3, 1}},
    {13, {1, 1, 1}},
    {19, {1, 1, 3, 3}},
    {25, {1, 3, 5, 13}},
    {37, {1, 1, 5, 5, 17}},
    {41, {1, 1, 5, 5, 5}},
    {47, {1, 1, 7, 11, 19}},
    {55, {1, 1, 5, 1, 1}},
    {59, {1, 1, 1, 3, 11}},
    {61, {1, 3, 5, 5, 31}},
    {67, {1, 3, 3, 9, 7, 49}},
    {91, {1, 1, 1, 15, 21, 21}},
    {97, {1, 3, 1, 13, 27, 49}},
    {103, {1, 1, 1, 15, 7, 5}},
    {109, {1, 3, 1, 15, 13, 25}},
    {115, {1, 1, 5, 5, 19, 61}},
    {131, {1, 3, 7, 11, 23, 15, 103}},
    {137, {1, 3, 7, 13, 13, 15, 69}},
};

/// Whether x generates all non-zero elements of GF(2)[x] modulo the polynomial.
bool is_primitive(std::uint32_t polynomial) {
  const std::uint32_t top = std::bit_floor(polynomial);
  std::uint32_t power = 1;
  for (std::uint32_t order = 1; order < top; ++order) {
    power <<= 1;
    if (power & top) power ^= polynomial;
    if (power == 1) return order == top - 1;
  }
  return false;
}

/// The polynomials of dimensions 2, 3, …
std::vector<Polynomial> first_polynomials(std::size_t count) {
  std::vector<Polynomial> polynomials;
  for (const Polynomial& known : kJoeKuo) {
    if (polynomials.size() < count) polynomials.push_back(known);
  }
  while (polynomials.size() < count) {
    Polynomial next;
    next.bits = polynomials.back().bits + 2;
    while (!is_primitive(next.bits)) next.bits += 2;
    RandomStream stream(next.bits, -1, "sobol initial numbers");
    // mᵢ is odd and below 2ⁱ.
    for (int i = 0; i < next.degree(); ++i) {
      next.initial[static_cast<std::size_t>(i)] =
          2 * static_cast<std::uint32_t>(stream.index(std::int64_t{1} << i)) + 1;
    }
    polynomials.push_back(next);
  }
  return polynomials;
}

/// Direction numbers v₁ … v₃₂ by Sobol's recurrence (Bratley and Fox 1988).
std::array<std::uint32_t, kBits> directions_of(const Polynomial& polynomial) {
  const int degree = polynomial.degree();
  std::array<std::uint32_t, kBits> v{};
  for (int i = 0; i < kBits; ++i) {
    if (i < degree) {
      v[i] = polynomial.initial[i] << (kBits - 1 - i);
      continue;
    }
    v[i] = v[i - degree] ^ v[i - degree] >> degree;
    for (int k = 1; k < degree; ++k) {
      if (polynomial.bits >> (degree - k) & 1) v[i] ^= v[i - k];
    }
  }
  return v;
}

std::uint32_t reverse_bits(std::uint32_t x) {
  x = (x & 0x55555555) << 1 | (x >> 1 & 0x55555555);
  x = (x & 0x33333333) << 2 | (x >> 2 & 0x33333333);
  x = (x & 0x0f0f0f0f) << 4 | (x >> 4 & 0x0f0f0f0f);
  x = (x & 0x00ff00ff) << 8 | (x >> 8 & 0x00ff00ff);
  return x << 16 | x >> 16;
}

/// Every bit is flipped by a hash of the bits above it: Laine and Karras' permutation with Burley's constants.
std::uint32_t scramble(std::uint32_t x, std::uint32_t seed) {
  x = reverse_bits(x);
  x += seed;
  x ^= x * 0x6c50b47c;
  x ^= x * 0xb82f1e52;
  x ^= x * 0xc7afe638;
  x ^= x * 0x8d22f6e6;
  return reverse_bits(x);
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions) {
  // Dimension 1 is van der Corput's sequence.
  for (int i = 0; i < kBits; ++i) directions_.push_back(std::uint32_t{1} << (kBits - 1 - i));
  for (const Polynomial& polynomial : first_polynomials(dimensions - 1)) {
    const auto v = directions_of(polynomial);
    directions_.insert(directions_.end(), v.begin(), v.end());
  }
}

SobolSequence::SobolSequence(std::size_t dimensions, std::uint64_t scramble_seed) : SobolSequence(dimensions) {
  RandomStream stream(scramble_seed, -1, "sobol scrambling");
  for (std::size_t d = 0; d < dimensions; ++d) seeds_.push_back(static_cast<std::uint32_t>(stream.bits()));
}

std::vector<double> SobolSequence::point(std::uint32_t index) const {
  const std::size_t dimensions = directions_.size() / kBits;
  std::vector<double> point(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::uint32_t x = 0;
    for (int bit = 0; bit < kBits; ++bit) {
      if (index >> bit & 1) x ^= directions_[d * kBits + static_cast<std::size_t>(bit)];
    }
    if (!seeds_.empty()) x = scramble(x, seeds_[d]);
    point[d] = (static_cast<double>(x) + 0.5) * 0x1p-32;
  }
  return point;
}

}  // namespace hone
