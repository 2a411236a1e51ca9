#pragma once

#include <cstddef>
#include <vector>

#include "search/gp/log_posterior.h"

namespace hone {

/// Indices of `count` observations that stand for all, rising: the half with the lowest targets, then one after the
/// other the one that is farthest from those chosen (Gonzalez 1985), by Euclidean distance. All when there are no more.
std::vector<std::size_t> representative(const GpData& data, std::size_t count);

/// The observations of these indices.
GpData subset(const GpData& data, const std::vector<std::size_t>& indices);

}  // namespace hone
