#include "datasets/array.h"

namespace hone {

std::size_t size_of(DType type) {
  switch (type) {
    case DType::u8:
    case DType::s8:
      return 1;
    case DType::i16:
      return 2;
    case DType::f32:
    case DType::i32:
      return 4;
    case DType::f64:
    case DType::i64:
      return 8;
  }
  return 0;
}

std::int64_t Array::count() const {
  std::int64_t count = 1;
  for (std::int64_t size : shape) count *= size;
  return count;
}

}  // namespace hone
