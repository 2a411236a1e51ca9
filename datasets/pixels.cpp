#include "datasets/pixels.h"

#include <optional>
#include <string>

#include "core/text.h"

namespace hone {

std::vector<std::uint8_t> read_pixels(const Table& table, std::span<const std::size_t> columns,
                                      Complaints& complaints) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(table.rows() * columns.size());
  for (std::size_t row = 0; row < table.rows() && !complaints.full(); ++row) {
    for (std::size_t column : columns) {
      const std::optional<std::int64_t> pixel = parse_integer(table.cell(row, column));
      const bool fits = pixel && *pixel >= 0 && *pixel <= 255;
      pixels.push_back(fits ? static_cast<std::uint8_t>(*pixel) : 0);
      if (fits) continue;
      complaints.add("data::not-a-pixel",
                     "pixel `" + std::string(table.cell(row, column)) + "` in column `" + table.names()[column] +
                         "` must be an integer from 0 to 255",
                     table.place(row, column),
                     row == 0 && !table.has_header() ? "if the first line holds names, say header = true" : "");
    }
  }
  return pixels;
}

}  // namespace hone
