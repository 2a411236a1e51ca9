#include "datasets/tensor/array_tensor.h"

#include <torch/torch.h>

#include <cassert>

namespace hone {
namespace {

at::ScalarType scalar_type(DType type) {
  switch (type) {
    case DType::f32:
      return at::kFloat;
    case DType::f64:
      return at::kDouble;
    case DType::u8:
      return at::kByte;
    case DType::s8:
      return at::kChar;
    case DType::i16:
      return at::kShort;
    case DType::i32:
      return at::kInt;
    case DType::i64:
      return at::kLong;
  }
  return at::kFloat;
}

DType dtype_of_tensor(const at::Tensor& tensor) {
  for (DType type : {DType::f32, DType::f64, DType::u8, DType::s8, DType::i16, DType::i32, DType::i64}) {
    if (scalar_type(type) == tensor.scalar_type()) return type;
  }
  assert(false && "a tensor type that no array has");
  return DType::f32;
}

}  // namespace

at::Tensor to_tensor(const Array& array) {
  const at::Tensor tensor = at::empty(array.shape, at::TensorOptions().dtype(scalar_type(array.type)));
  assert(tensor.nbytes() == array.bytes.size());
  std::memcpy(tensor.data_ptr(), array.bytes.data(), array.bytes.size());
  return tensor;
}

Array to_array(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
  Array array;
  array.type = dtype_of_tensor(plain);
  array.shape = plain.sizes().vec();
  const auto* first = static_cast<const std::byte*>(plain.data_ptr());
  array.bytes.assign(first, first + plain.nbytes());
  return array;
}

}  // namespace hone
