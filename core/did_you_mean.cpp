#include <algorithm>

#include "core/diagnostics.h"
#include "core/unicode.h"

namespace hone {
namespace {

int osa_distance(const std::u32string& a, const std::u32string& b) {
  // Optimal string alignment (restricted Damerau-Levenshtein): three rows of the table are enough.
  std::vector<int> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::vector<std::string> did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  struct Near {
    int distance;
    const std::string* name;
  };
  const std::u32string points = to_code_points(word);
  const int limit = std::max(1, static_cast<int>(points.size() / 3));
  std::vector<Near> near;
  for (const std::string& candidate : candidates) {
    const int distance = osa_distance(points, to_code_points(candidate));
    if (distance <= limit) near.push_back({distance, &candidate});
  }
  std::stable_sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.distance < b.distance; });
  std::vector<std::string> names;
  for (const Near& one : near) {
    const bool known = std::find(names.begin(), names.end(), *one.name) != names.end();
    if (!known && names.size() < 3) names.push_back(*one.name);
  }
  return names;
}

std::string suggestion_for(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string> names = did_you_mean(word, candidates);
  if (names.empty()) return {};
  std::string text = "did you mean `" + names[0] + "`";
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += (i + 1 == names.size() ? " or `" : ", `") + names[i] + "`";
  }
  return text + "?";
}

}  // namespace hone
