#include "core/random.h"

#include <algorithm>
#include <cmath>

#include "core/statistics.h"

namespace hone {
namespace {

std::uint32_t fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619u;
  }
  return hash;
}

std::uint32_t low_word(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t high_word(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t even = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t odd = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {high_word(odd) ^ counter[1] ^ key[0], low_word(odd), high_word(even) ^ counter[3] ^ key[1],
               low_word(even)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

// counter = (draw, purpose, trial): 2³² blocks of two numbers for every trial and purpose.
RandomStream::RandomStream(std::uint64_t seed, std::int64_t trial, std::string_view purpose)
    : key_{low_word(seed), high_word(seed)},
      counter_{0, fnv1a(purpose), low_word(static_cast<std::uint64_t>(trial)),
               high_word(static_cast<std::uint64_t>(trial))} {}

std::uint64_t RandomStream::bits() {
  if (used_ == 4) {
    block_ = philox4x32(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  const std::uint64_t low = block_[used_];
  const std::uint64_t high = block_[used_ + 1];
  used_ += 2;
  return high << 32 | low;
}

double RandomStream::uniform() {
  // The largest draw plus ½ needs 54 bits and would round to 1.
  constexpr double kBelowOne = 1 - 0x1p-53;
  return std::min((static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53, kBelowOne);
}

double RandomStream::uniform(double low, double high) { return low + (high - low) * uniform(); }

std::int64_t RandomStream::index(std::int64_t n) {
  // Lemire 2019, "Fast random integer generation in an interval", without its rejection: the bias is n/2⁶⁴.
  const auto product = static_cast<unsigned __int128>(bits()) * static_cast<std::uint64_t>(n);
  return static_cast<std::int64_t>(product >> 64);
}

double RandomStream::normal() { return normal_quantile(uniform()); }

std::uint64_t trial_seed(std::uint64_t study_seed, std::int64_t trial) {
  return RandomStream(study_seed, trial, "training").bits();
}

}  // namespace hone
