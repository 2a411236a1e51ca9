#pragma once

#include <ATen/core/Tensor.h>

#include "datasets/array.h"

namespace hone {

/// A tensor on the CPU with a copy of the array's values; its type is the array's.
at::Tensor to_tensor(const Array& array);
/// A copy of the values of a tensor on any device, row-major. The types are those of DType.
Array to_array(const at::Tensor& tensor);

}  // namespace hone
