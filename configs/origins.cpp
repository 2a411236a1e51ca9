#include "configs/check_spec.h"
#include "configs/load_spec.h"
#include "core/unicode.h"

namespace hone {
namespace {

/// The written parent: "a.b[2].c" → "a.b[2]" → "a.b" → "a".
std::string parent_of(const std::string& path) {
  const std::size_t at = path.find_last_of(".[");
  return at == std::string::npos ? "" : path.substr(0, at);
}

const Origin* nearest(const Origins& origins, std::string path) {
  for (; !path.empty(); path = parent_of(path)) {
    const auto found = origins.find(path);
    if (found != origins.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace

Place place_inside(const Place& value, const std::string& text, int column, int end_column) {
  const bool one_line = value.known() && value.line == value.end_line;
  const auto points = static_cast<int>(to_code_points(text).size());
  if (!one_line || value.end_column - value.column != points + 2) return value;
  Place place = value;
  place.column = value.column + column;
  place.end_column = value.column + end_column;
  return place;
}

Place place_of(const Origins& origins, const std::string& path) {
  const Origin* origin = nearest(origins, path);
  return origin == nullptr ? Place{} : origin->value;
}

Place key_place_of(const Origins& origins, const std::string& path) {
  const Origin* origin = nearest(origins, path);
  return origin == nullptr ? Place{} : origin->key;
}

}  // namespace hone
