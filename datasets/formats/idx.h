#pragma once

#include <string>

#include "datasets/array.h"

namespace hone {

/// Reads an IDX file (LeCun's format of MNIST), also .gz: two zero bytes, a type (8 unsigned byte, 9 signed byte, 11
/// int16, 12 int32, 13 float32, 14 float64), the number of dimensions, their sizes as big-endian 32-bit integers, the
/// values big-endian and row-major. Throws Error("data::bad-idx") with file and byte for a wrong magic, a header that
/// is cut, or a size that the file does not have.
Array read_idx(const std::string& file);

/// Whether a file begins as an IDX file does; false for one that cannot be read.
bool is_idx_file(const std::string& file);

}  // namespace hone
