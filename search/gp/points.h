#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hone {

/// Points of a model's input space, one after the other: [size, dimensions] row-major.
struct Points {
  std::size_t dimensions = 0;
  std::vector<double> values;

  std::size_t size() const { return dimensions == 0 ? 0 : values.size() / dimensions; }
  std::span<const double> operator[](std::size_t i) const {
    return std::span(values).subspan(i * dimensions, dimensions);
  }
  void add(std::span<const double> point) { values.insert(values.end(), point.begin(), point.end()); }
};

}  // namespace hone
