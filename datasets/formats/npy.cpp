#include "datasets/formats/npy.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "core/text.h"
#include "datasets/formats/binary_source.h"

namespace hone {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMostHeader = 1 << 16;
constexpr std::size_t kMostDimensions = 8;

[[noreturn]] void throw_bad(const std::string& file, std::size_t byte, const std::string& what) {
  throw Error("data::bad-npy", "NumPy file `" + file + "` " + what + " (byte " + std::to_string(byte) + ")",
              Place{file});
}

/// What the values of a file are. Unsigned ones of two and four bytes become the next larger signed type.
struct NpyType {
  DType type = DType::f32;
  std::size_t bytes = 0;
  bool big_endian = false;
};

std::optional<NpyType> type_of(const std::string& descr) {
  if (descr.size() < 3 || std::string_view("<>|=").find(descr[0]) == std::string_view::npos) return std::nullopt;
  const bool big = descr[0] == '>';
  const std::string word = descr.substr(1);
  if (word == "f4") return NpyType{DType::f32, 4, big};
  if (word == "f8") return NpyType{DType::f64, 8, big};
  if (word == "u1" || word == "b1") return NpyType{DType::u8, 1, big};
  if (word == "i1") return NpyType{DType::s8, 1, big};
  if (word == "i2") return NpyType{DType::i16, 2, big};
  if (word == "i4") return NpyType{DType::i32, 4, big};
  if (word == "i8") return NpyType{DType::i64, 8, big};
  if (word == "u2") return NpyType{DType::i32, 2, big};
  if (word == "u4") return NpyType{DType::i64, 4, big};
  return std::nullopt;
}

/// The text behind `'key':` in the header, a Python dictionary; empty when there is none.
std::string_view value_of(std::string_view header, std::string_view key) {
  const std::size_t found = header.find("'" + std::string(key) + "'");
  if (found == std::string_view::npos) return {};
  const std::size_t colon = header.find(':', found);
  return colon == std::string_view::npos ? std::string_view() : trim(header.substr(colon + 1));
}

std::optional<std::vector<std::int64_t>> read_shape(std::string_view text) {
  const std::size_t end = text.find(')');
  if (!text.starts_with('(') || end == std::string_view::npos) return std::nullopt;
  std::vector<std::int64_t> shape;
  for (const std::string& part : split(text.substr(1, end - 1), ',')) {
    if (trim(part).empty()) continue;
    const std::optional<std::int64_t> size = parse_integer(trim(part));
    if (!size || *size < 0) return std::nullopt;
    shape.push_back(*size);
  }
  return shape;
}

/// Values in this machine's order; unsigned ones of two and four bytes in a type that holds them all.
void take_values(const NpyType& type, std::string_view values, Array& array) {
  const std::size_t size = size_of(array.type);
  array.bytes.assign(values.size() / type.bytes * size, std::byte{0});
  for (std::size_t from = 0, to = 0; from < values.size(); from += type.bytes, to += size) {
    std::memcpy(array.bytes.data() + to, values.data() + from, type.bytes);
    if (type.big_endian) {
      std::reverse(array.bytes.begin() + static_cast<std::ptrdiff_t>(to),
                   array.bytes.begin() + static_cast<std::ptrdiff_t>(to + type.bytes));
    }
  }
}

/// Where the values start and what the header says of them.
struct Header {
  std::size_t start = 0;
  NpyType type;
  std::vector<std::int64_t> shape;
};

Header read_header(const std::string& file, std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) throw_bad(file, 0, "does not begin with \\x93NUMPY: it is no NumPy file");
  const std::size_t length_bytes = bytes.size() > 6 && bytes[6] == 1 ? 2 : 4;
  const std::size_t start = kMagic.size() + 2 + length_bytes;
  if (bytes.size() < start) throw_bad(file, bytes.size(), "ends inside its header: it was cut off");
  std::size_t length = 0;
  for (std::size_t i = length_bytes; i-- > 0;) {
    length = length << 8 | static_cast<unsigned char>(bytes[kMagic.size() + 2 + i]);
  }
  if (length > kMostHeader)
    throw_bad(file, kMagic.size() + 2, "claims a header of " + std::to_string(length) + " bytes");
  if (bytes.size() - start < length) throw_bad(file, bytes.size(), "ends inside its header: it was cut off");
  const std::string_view text = bytes.substr(start, length);

  const std::string_view descr = value_of(text, "descr");
  const std::size_t quote = descr.starts_with('\'') ? descr.find('\'', 1) : std::string_view::npos;
  const std::string word(quote == std::string_view::npos ? "" : descr.substr(1, quote - 1));
  const std::optional<NpyType> type = type_of(word);
  if (!type) {
    const bool objects = word.find('O') != std::string::npos;
    throw_bad(file, start,
              "holds values of type `" + word + "`: " +
                  (objects ? "Python objects, which hone never unpacks; save numbers"
                           : "numbers of 1, 2, 4 or 8 bytes are read"));
  }
  const std::optional<std::vector<std::int64_t>> shape = read_shape(value_of(text, "shape"));
  if (!shape || shape->size() > kMostDimensions) throw_bad(file, start, "has a header whose shape cannot be read");
  if (value_of(text, "fortran_order").starts_with("True") && shape->size() > 1) {
    throw_bad(file, start, "is in column-major order; save numpy.ascontiguousarray of it");
  }
  return {start + length, *type, *shape};
}

}  // namespace

Array read_npy(const std::string& file) {
  const std::string bytes = read_binary_source(file);
  const Header header = read_header(file, bytes);
  std::uint64_t wanted = header.type.bytes;
  bool too_large = false;
  for (std::int64_t size : header.shape) {
    too_large = too_large || __builtin_mul_overflow(wanted, static_cast<std::uint64_t>(size), &wanted);
  }
  const std::uint64_t there = bytes.size() - header.start;
  if (too_large || wanted != there) {
    throw_bad(file, bytes.size(),
              "says that it holds " + (too_large ? "more than 64 bits can count" : std::to_string(wanted)) +
                  " bytes of values, but has " + std::to_string(there) +
                  (too_large || wanted > there ? ": it was cut off, or its header is wrong" : ": more follows"));
  }
  Array array;
  array.type = header.type.type;
  array.shape = header.shape;
  take_values(header.type, std::string_view(bytes).substr(header.start), array);
  return array;
}

}  // namespace hone
