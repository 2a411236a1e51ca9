#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hone {

/// One block of Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// A named stream of random numbers: a pure function of (study seed, trial, purpose) and of how many were drawn.
/// Counter-based, so nothing is ever stored to resume. Copyable; not shared between threads.
class RandomStream {
 public:
  /// `trial` −1 = the study itself. `purpose` is hashed (FNV-1a 32).
  RandomStream(std::uint64_t seed, std::int64_t trial, std::string_view purpose);

  std::uint64_t bits();
  /// In the open interval (0, 1): ((x >> 11) + ½)·2⁻⁵³.
  double uniform();
  double uniform(double low, double high);
  /// 0 … n−1 without bias worth naming (n < 2³²).
  std::int64_t index(std::int64_t n);
  /// Standard normal by the inverse cdf of core/statistics.
  double normal();

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> block_{};
  int used_ = 4;
};

/// Seed of a trial's training: 64 bits from (study seed, trial).
std::uint64_t trial_seed(std::uint64_t study_seed, std::int64_t trial);

}  // namespace hone
