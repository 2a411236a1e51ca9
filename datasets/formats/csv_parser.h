#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/complaints.h"
#include "datasets/formats/csv.h"

namespace hone {

/// What the parser makes of a text: lines of equally many cells, one after the other.
struct ParsedCsv {
  std::vector<CsvTable::Cell> cells;
  std::deque<std::string> unescaped;
  std::size_t columns = 0;
};

/// Cuts a text into cells; the first line gives the number of columns. Lines that do not fit and quotes that do not
/// close are complaints. `most_lines` bounds the lines kept.
ParsedCsv parse_csv(const std::string& file, std::string_view text, char separator,
                    std::optional<std::size_t> most_lines, Complaints& complaints);

}  // namespace hone
