#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

/// Trials as points of a space: the unit coordinate of a continuous parameter, the level of any other, kAbsent for an
/// inactive one.
///
/// Remembers the points of a generation of trials (History::generation); the answer is the same without. Not for
/// several threads at once.
class TrialPoints {
 public:
  static constexpr double kAbsent = -1;
  /// By parameter: [parameters][points].
  using Columns = std::vector<std::vector<double>>;

  /// The points of those of the trials that are of this space; the trials are of a history of this generation.
  Columns columns(const SearchSpace& space, std::optional<std::int64_t> generation,
                  std::span<const HistoryTrial* const> trials);

 private:
  /// Forgets what is of another space or generation.
  void begin(const SearchSpace& space, std::optional<std::int64_t> generation);
  /// The point of a trial [parameters]; null when it is of another space.
  const double* point_of(const SearchSpace& space, const HistoryTrial& trial);
  /// Reads a trial's parameters into `point`; false when they are of another space.
  bool read(const SearchSpace& space, const Params& params, double* point) const;

  enum class Known : unsigned char { unread, point, other_space };

  std::optional<std::int64_t> generation_;
  /// Of the space that the rest belongs to: parameters in the order of names, which is that of a trial's, so that one
  /// walk does instead of a search for each.
  std::vector<std::size_t> by_name_;
  /// By id: whether the trial was read, and its point [trials][parameters].
  std::vector<Known> known_;
  std::vector<double> points_;
};

}  // namespace hone
