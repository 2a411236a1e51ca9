#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "datasets/complaints.h"
#include "datasets/table.h"

namespace hone {

/// Reads columns as pixels, [rows, columns.size()] row-major. Whatever is no integer 0…255 is a complaint with its
/// place.
std::vector<std::uint8_t> read_pixels(const Table& table, std::span<const std::size_t> columns, Complaints& complaints);

}  // namespace hone
