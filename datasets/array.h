#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hone {

enum class DType { f32, f64, u8, s8, i16, i32, i64 };
std::size_t size_of(DType type);

/// A dense row-major array of plain numbers, as it stands in an HDF5 file.
struct Array {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;

  std::int64_t count() const;
  template <class T>
  std::span<const T> as() const {
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  template <class T>
  std::span<T> as() {
    return {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, float>) return DType::f32;
  if constexpr (std::is_same_v<T, double>) return DType::f64;
  if constexpr (std::is_same_v<T, std::uint8_t>) return DType::u8;
  if constexpr (std::is_same_v<T, std::int8_t>) return DType::s8;
  if constexpr (std::is_same_v<T, std::int16_t>) return DType::i16;
  if constexpr (std::is_same_v<T, std::int32_t>) return DType::i32;
  if constexpr (std::is_same_v<T, std::int64_t>) return DType::i64;
}

template <class T>
Array make_array(std::vector<std::int64_t> shape, std::span<const T> values) {
  Array array;
  array.type = dtype_of<T>();
  array.shape = std::move(shape);
  const auto* first = reinterpret_cast<const std::byte*>(values.data());
  array.bytes.assign(first, first + values.size_bytes());
  return array;
}

/// Arrays by their path in the file, "fc1/weight".
using NamedArrays = std::map<std::string, Array>;

}  // namespace hone
