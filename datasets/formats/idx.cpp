#include "datasets/formats/idx.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "datasets/formats/binary_source.h"

namespace hone {
namespace {

constexpr std::size_t kMagicBytes = 4;
constexpr std::size_t kSizeBytes = 4;
constexpr std::size_t kMostDimensions = 8;

[[noreturn]] void throw_bad(const std::string& file, std::size_t byte, const std::string& what) {
  throw Error("data::bad-idx", "IDX file `" + file + "` " + what + " (byte " + std::to_string(byte) + ")", Place{file});
}

std::optional<DType> type_of(unsigned char code) {
  switch (code) {
    case 0x08:
      return DType::u8;
    case 0x09:
      return DType::s8;
    case 0x0B:
      return DType::i16;
    case 0x0C:
      return DType::i32;
    case 0x0D:
      return DType::f32;
    case 0x0E:
      return DType::f64;
    default:
      return std::nullopt;
  }
}

bool is_magic(std::string_view bytes) {
  return bytes.size() >= kMagicBytes && bytes[0] == 0 && bytes[1] == 0 && type_of(bytes[2]) && bytes[3] > 0;
}

/// Sizes of the dimensions; their product times the size of a value is what the file must still hold.
std::vector<std::int64_t> read_sizes(const std::string& file, std::string_view bytes) {
  const auto dimensions = static_cast<std::size_t>(bytes[3]);
  if (dimensions > kMostDimensions) throw_bad(file, 3, "claims " + std::to_string(dimensions) + " dimensions");
  std::vector<std::int64_t> sizes;
  for (std::size_t at = kMagicBytes; sizes.size() < dimensions; at += kSizeBytes) {
    if (at + kSizeBytes > bytes.size()) throw_bad(file, bytes.size(), "ends inside its header: it was cut off");
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < kSizeBytes; ++i) size = size << 8 | static_cast<unsigned char>(bytes[at + i]);
    sizes.push_back(size);
  }
  return sizes;
}

std::string sizes_text(const std::vector<std::int64_t>& sizes) {
  std::string text;
  for (std::int64_t size : sizes) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

}  // namespace

Array read_idx(const std::string& file) {
  const std::string bytes = read_binary_source(file);
  if (!is_magic(bytes)) {
    throw_bad(file, 0, "does not begin with two zero bytes, a type and a number of dimensions: it is no IDX file");
  }
  Array array;
  array.type = *type_of(static_cast<unsigned char>(bytes[2]));
  array.shape = read_sizes(file, bytes);
  const std::size_t start = kMagicBytes + array.shape.size() * kSizeBytes;
  std::uint64_t wanted = size_of(array.type);
  bool too_large = false;
  for (std::int64_t size : array.shape) {
    too_large = too_large || __builtin_mul_overflow(wanted, static_cast<std::uint64_t>(size), &wanted);
  }
  const std::uint64_t there = bytes.size() - start;
  if (too_large || wanted != there) {
    const bool cut = too_large || wanted > there;
    throw_bad(file, cut ? bytes.size() : start + wanted,
              "says that it holds " + sizes_text(array.shape) + " values (" +
                  (too_large ? "more than 64 bits can count" : std::to_string(wanted)) + " bytes), but has " +
                  std::to_string(there) + (cut ? ": it was cut off, or its header is wrong" : ": more follows"));
  }
  array.bytes.resize(wanted);
  std::transform(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.end(), array.bytes.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  const std::size_t step = size_of(array.type);
  for (std::size_t at = 0; step > 1 && at < array.bytes.size(); at += step) {
    std::reverse(array.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 array.bytes.begin() + static_cast<std::ptrdiff_t>(at + step));
  }
  return array;
}

bool is_idx_file(const std::string& file) {
  try {
    return is_magic(read_binary_source(file));
  } catch (const Error&) {
    return false;
  }
}

}  // namespace hone
