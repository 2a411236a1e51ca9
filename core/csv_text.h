#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// A record of a CSV text.
struct CsvRecord {
  std::vector<std::string> fields;
  /// Line on which it begins, from 1.
  int line = 1;
};

/// Records of a comma-separated text (RFC 4180): fields in quotes may hold commas, line breaks and doubled quotes.
/// Empty lines are left out, a byte order mark too. An unclosed quote ends with the text.
std::vector<CsvRecord> parse_csv_text(std::string_view text);

}  // namespace hone
