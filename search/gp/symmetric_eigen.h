#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hone {

/// A symmetric matrix as V·diag(values)·Vᵀ.
struct SymmetricEigen {
  /// Rising [size].
  std::vector<double> values;
  /// Orthonormal columns [size, size], column-major.
  std::vector<double> vectors;
};

/// Reads the lower half of `matrix` [size, size] column-major; all entries are finite.
SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t size);

}  // namespace hone
