#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "search/trial/history.h"

namespace hone {

/// How much thought a proposal of a model may take, most first (search.md §16, last row).
enum class AskEffort {
  full,
  /// The Gaussian process, but a quarter of the points are looked at.
  fewer_points,
  /// And it learns from 512 values only.
  part_of_values,
  /// TPE.
  ranks_only,
};
std::string_view name_of(AskEffort effort);

/// Points looked at and values learnt from when not all may be.
inline constexpr std::int64_t kFewerPoints = 192;
inline constexpr std::size_t kPartOfValues = 512;

/// Seconds that a proposal of a Gaussian process takes, by a model measured once (ask_effort.cpp): never by a clock, so
/// that a replay decides alike. `models` is how many it fits: one an objective and an outcome constraint.
double modelled_ask_seconds(AskEffort effort, std::size_t values, std::size_t dimensions, std::size_t models);

/// The most thought that keeps a proposal within `limit` seconds. What takes less than a quarter of a second is never
/// too long; nothing = no limit.
AskEffort affordable_effort(const std::optional<double>& limit, std::size_t values, std::size_t dimensions,
                            std::size_t models);

/// Median time of the trials whose time is known; nothing for less than five of them.
std::optional<double> median_trial_seconds(const History& history);

}  // namespace hone
