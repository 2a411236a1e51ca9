#include "search/executors/tensorboard_events.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace hone {
namespace {

/// Walks over the fields of a protocol buffer message.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  /// The next field; false at the end and where the bytes are no message.
  bool next() {
    bytes = {};
    value = 0;
    const auto key = varint();
    if (!key) return false;
    number = static_cast<int>(*key >> 3);
    switch (*key & 7) {
      case 0: {
        const auto read = varint();
        value = read.value_or(0);
        return read.has_value();
      }
      case 1:
        return fixed(8);
      case 2: {
        const auto length = varint();
        if (!length || *length > rest_.size()) return false;
        bytes = rest_.substr(0, *length);
        rest_.remove_prefix(*length);
        return true;
      }
      case 5:
        return fixed(4);
      default:
        return false;
    }
  }

  int number = 0;
  /// Of varints.
  std::uint64_t value = 0;
  /// Of all others.
  std::string_view bytes;

 private:
  std::optional<std::uint64_t> varint() {
    std::uint64_t result = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      result |= std::uint64_t{byte & 0x7FU} << shift;
      if ((byte & 0x80) == 0) return result;
    }
    return std::nullopt;
  }

  bool fixed(std::size_t size) {
    if (rest_.size() < size) return false;
    bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  std::string_view rest_;
};

std::optional<double> float_in(std::string_view bytes) {
  if (bytes.size() != sizeof(float)) return std::nullopt;
  float number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

/// A TensorProto with one float: dtype 1 = DT_FLOAT (field 1), tensor_content (4) or float_val (5).
std::optional<double> scalar_tensor(std::string_view message) {
  std::uint64_t type = 0;
  std::optional<double> number;
  for (Fields field(message); field.next();) {
    if (field.number == 1) type = field.value;
    if (field.number == 4 || field.number == 5) number = float_in(field.bytes);
  }
  return type == 1 ? number : std::nullopt;
}

/// Summary.Value: tag (1), simple_value (2), tensor (8).
void take_value(std::string_view message, double step, std::vector<ReportLine>& lines) {
  std::string tag;
  std::optional<double> number;
  for (Fields field(message); field.next();) {
    if (field.number == 1) tag = std::string(field.bytes);
    if (field.number == 2) number = float_in(field.bytes);
    if (field.number == 8) number = scalar_tensor(field.bytes);
  }
  if (!number || tag.empty() || is_reserved_metric(tag)) return;
  ReportLine line;
  line.step = step;
  if (std::isfinite(*number)) {
    line.metrics[tag] = *number;
  } else {
    line.non_finite = true;
    line.non_finite_metrics.push_back(tag);
  }
  lines.push_back(std::move(line));
}

/// Event: step (2), summary (5) with values (1).
void take_event(std::string_view message, std::vector<ReportLine>& lines) {
  double step = 0;
  std::string_view summary;
  for (Fields field(message); field.next();) {
    if (field.number == 2) step = static_cast<double>(field.value);
    if (field.number == 5) summary = field.bytes;
  }
  for (Fields field(summary); field.next();) {
    if (field.number == 1) take_value(field.bytes, step, lines);
  }
}

}  // namespace

std::vector<ReportLine> read_tensorboard_events(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::size_t kHead = 12;  // length and its checksum
  constexpr std::size_t kTail = 4;   // the checksum of the data
  std::vector<ReportLine> lines;
  while (bytes.size() >= kHead + kTail) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > bytes.size() - kHead - kTail) break;
    take_event(bytes.substr(kHead, length), lines);
    bytes.remove_prefix(kHead + length + kTail);
  }
  return lines;
}

}  // namespace hone
