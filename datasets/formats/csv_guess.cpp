#include "datasets/formats/csv_guess.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

#include "core/text.h"

namespace hone {
namespace {

constexpr std::size_t kSampledLines = 20;

/// How often `separator` stands outside quotes in each of the first lines.
std::vector<int> counts_per_line(std::string_view text, char separator) {
  std::vector<int> counts;
  int count = 0;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size() && counts.size() < kSampledLines; ++at) {
    const bool end = at == text.size() || (text[at] == '\n' && !quoted);
    if (end) {
      if (!trim(text.substr(start, at - start)).empty()) counts.push_back(count);
      start = at + 1;
      count = 0;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == separator && !quoted) {
      ++count;
    }
  }
  return counts;
}

bool is_number(std::string_view cell) { return parse_number(cell).has_value(); }

}  // namespace

char guess_separator(std::string_view text) {
  char best = ',';
  int best_lines = 0;
  int best_count = 0;
  for (char candidate : {',', ';', '\t', '|'}) {
    std::map<int, int> lines_by_count;
    for (int count : counts_per_line(text, candidate)) {
      if (count > 0) lines_by_count[count] += 1;
    }
    for (const auto& [count, lines] : lines_by_count) {
      if (lines > best_lines || (lines == best_lines && count > best_count)) {
        best = candidate;
        best_lines = lines;
        best_count = count;
      }
    }
  }
  return best;
}

bool looks_like_header(const std::vector<std::vector<std::string_view>>& lines) {
  if (lines.size() < 2) return false;
  const std::vector<std::string_view>& names = lines.front();
  if (std::any_of(names.begin(), names.end(), [](auto name) { return name.empty() || is_number(name); })) return false;
  bool any_number = false;
  bool repeated = false;
  for (std::size_t column = 0; column < names.size(); ++column) {
    std::size_t numbers = 0;
    for (std::size_t line = 1; line < lines.size(); ++line) {
      numbers += is_number(lines[line][column]) ? 1 : 0;
      repeated = repeated || lines[line][column] == names[column];
    }
    if (numbers * 2 > lines.size() - 1) return true;
    any_number = any_number || numbers > 0;
  }
  return !any_number && !repeated;
}

}  // namespace hone
