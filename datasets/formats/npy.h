#pragma once

#include <string>

#include "datasets/array.h"

namespace hone {

/// Reads a NumPy array file (.npy, also .gz; numpy.lib.format versions 1 to 3): numbers of 1 to 8 bytes and booleans in
/// row-major order. Throws Error("data::bad-npy") with file and byte for a wrong magic, a header that is cut or cannot
/// be understood, Python objects (never unpickled), column-major order, or a size that the file does not have.
Array read_npy(const std::string& file);

}  // namespace hone
