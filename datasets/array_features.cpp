#include "datasets/array_features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "datasets/labels.h"

namespace hone {
namespace {

constexpr std::int64_t kMostSize = 1 << 20;

[[noreturn]] void throw_bad(const std::string& file, const std::string& what) {
  throw Error("data::bad-array", "`" + file + "` " + what, Place{file});
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::vector<std::string> sizes;
  for (std::int64_t size : shape) sizes.push_back(std::to_string(size));
  return "[" + join(sizes, ", ") + "]";
}

/// Every value of an array as a double, whatever its type.
template <class Visit>
void for_each_value(const Array& array, Visit visit) {
  const auto each = [&](auto values) {
    for (auto value : values) visit(static_cast<double>(value));
  };
  switch (array.type) {
    case DType::f32:
      return each(array.as<float>());
    case DType::f64:
      return each(array.as<double>());
    case DType::u8:
      return each(array.as<std::uint8_t>());
    case DType::s8:
      return each(array.as<std::int8_t>());
    case DType::i16:
      return each(array.as<std::int16_t>());
    case DType::i32:
      return each(array.as<std::int32_t>());
    case DType::i64:
      return each(array.as<std::int64_t>());
  }
}

bool is_integer(DType type) { return type != DType::f32 && type != DType::f64; }

/// The first `rows` rows.
void keep_rows(Array& array, std::int64_t rows) {
  const std::size_t row_bytes = array.bytes.size() / static_cast<std::size_t>(array.shape[0]);
  array.shape[0] = rows;
  array.bytes.resize(static_cast<std::size_t>(rows) * row_bytes);
}

void check_part(LabelledArrays& part, const LabelledArrays& first, const DatasetSpec& spec) {
  const std::vector<std::int64_t>& shape = part.values.shape;
  if (shape.empty() || shape.size() > 4 || part.values.count() == 0) {
    throw_bad(part.values_file, "has the shape " + shape_text(shape) + ": rows of values or of pixels are wanted");
  }
  for (std::int64_t size : shape) {
    const bool rows = &size == shape.data();
    if (!rows && size > kMostSize) throw_bad(part.values_file, "has the shape " + shape_text(shape));
  }
  const std::vector<std::int64_t>& labels = part.labels.shape;
  if (labels.empty() || labels.size() > 2 || (labels.size() == 2 && labels[1] != 1)) {
    throw_bad(part.labels_file, "has the shape " + shape_text(labels) + ": one label a row is wanted");
  }
  if (labels[0] != shape[0]) {
    throw_bad(part.labels_file, "has " + std::to_string(labels[0]) + " labels, `" + part.values_file + "` has " +
                                    std::to_string(shape[0]) + " rows");
  }
  const bool alike = part.values.type == first.values.type && shape.size() == first.values.shape.size() &&
                     std::equal(shape.begin() + 1, shape.end(), first.values.shape.begin() + 1);
  if (!alike) {
    throw_bad(part.values_file, "holds rows of shape and type other than those of `" + first.values_file + "`");
  }
  if (spec.limit && *spec.limit < shape[0]) {
    keep_rows(part.values, *spec.limit);
    keep_rows(part.labels, *spec.limit);
  }
}

/// [channels, height, width] of images; whether the channels stand last in the array.
struct ImageLayout {
  std::vector<std::int64_t> shape;
  bool channels_last = false;
};

ImageLayout image_layout(const LabelledArrays& part) {
  const std::vector<std::int64_t>& shape = part.values.shape;
  if (part.values.type != DType::u8) {
    throw_bad(part.values_file, "has the shape " + shape_text(shape) + ", but pixels must be unsigned bytes");
  }
  if (shape.size() == 3) return {{1, shape[1], shape[2]}, false};
  const auto few = [](std::int64_t size) { return size == 1 || size == 3 || size == 4; };
  if (!few(shape[1]) && few(shape[3])) return {{shape[3], shape[1], shape[2]}, true};
  return {{shape[1], shape[2], shape[3]}, false};
}

void add_images(const std::vector<LabelledArrays>& parts, ImportedData& data) {
  const ImageLayout layout = image_layout(parts.front());
  data.facts.shape = layout.shape;
  const std::int64_t channels = layout.shape[0];
  const std::int64_t plane = layout.shape[1] * layout.shape[2];
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(data.facts.rows * channels * plane));
  for (const LabelledArrays& part : parts) {
    const auto values = part.values.as<std::uint8_t>();
    if (!layout.channels_last) {
      pixels.insert(pixels.end(), values.begin(), values.end());
      continue;
    }
    for (std::int64_t row = 0; row < part.values.shape[0]; ++row) {
      const std::uint8_t* image = values.data() + row * channels * plane;
      for (std::int64_t channel = 0; channel < channels; ++channel) {
        for (std::int64_t at = 0; at < plane; ++at) pixels.push_back(image[at * channels + channel]);
      }
    }
  }
  data.arrays["image"] =
      make_array<std::uint8_t>({data.facts.rows, layout.shape[0], layout.shape[1], layout.shape[2]}, pixels);
}

/// Facts of one numeric column of a row-major table.
ColumnFacts column_facts(std::span<const float> values, std::size_t columns, std::size_t column) {
  ColumnFacts facts;
  facts.name = "x" + std::to_string(column + 1);
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  for (std::size_t at = column; at < values.size(); at += columns) {
    facts.missing += std::isnan(values[at]) ? 1 : 0;
    low = std::isnan(values[at]) ? low : std::min(low, values[at]);
    high = std::isnan(values[at]) ? high : std::max(high, values[at]);
  }
  facts.dropped = !(low < high);
  if (facts.dropped) facts.why = low == high ? "constant: every value is " + format_short(low) : "no value in any row";
  return facts;
}

void add_table(const std::vector<LabelledArrays>& parts, ImportedData& data) {
  const std::vector<std::int64_t>& shape = parts.front().values.shape;
  const std::size_t columns = shape.size() == 1 ? 1 : static_cast<std::size_t>(shape[1]);
  std::vector<float> values;
  for (const LabelledArrays& part : parts) {
    std::size_t row_value = 0;
    for_each_value(part.values, [&](double value) {
      if (std::abs(value) > std::numeric_limits<float>::max()) {
        throw_bad(part.values_file, "holds a value beyond the range of float32 in row " +
                                        std::to_string(row_value / columns) + " (from 0)");
      }
      values.push_back(static_cast<float>(value));
      ++row_value;
    });
  }
  std::vector<std::size_t> kept;
  for (std::size_t column = 0; column < columns; ++column) {
    data.facts.columns.push_back(column_facts(values, columns, column));
    if (!data.facts.columns.back().dropped) kept.push_back(column);
  }
  if (kept.empty()) throw_bad(parts.front().values_file, "has no column to learn from: each is constant or empty");
  std::vector<float> numeric;
  for (std::size_t row = 0; row * columns < values.size(); ++row) {
    for (std::size_t column : kept) numeric.push_back(values[row * columns + column]);
  }
  data.arrays["numeric"] = make_array<float>({data.facts.rows, static_cast<std::int64_t>(kept.size())}, numeric);
}

void add_target(const std::vector<LabelledArrays>& parts, const DatasetSpec& spec, ImportedData& data) {
  const bool integers =
      std::all_of(parts.begin(), parts.end(), [](const LabelledArrays& part) { return is_integer(part.labels.type); });
  const LabelledArrays& first = parts.front();
  std::vector<double> values;
  for (const LabelledArrays& part : parts) {
    for_each_value(part.labels, [&](double value) {
      if (!std::isfinite(value)) throw_bad(part.labels_file, "holds a label that is no finite number");
      values.push_back(value);
    });
  }
  const bool classes = spec.task == "auto" ? integers : spec.task == "classification";
  if (!classes) {
    data.facts.task = "regression";
    data.facts.target = "value";
    data.arrays["target"] = make_array<double>({data.facts.rows}, values);
    return;
  }
  if (!integers) throw_bad(first.labels_file, "holds labels that are no integers, but task is classification");
  std::vector<std::int64_t> labels(values.begin(), values.end());
  add_labels(labels_from_integers(labels), first.labels_file, data);
}

}  // namespace

ImportedData from_arrays(std::vector<LabelledArrays> parts, const DatasetSpec& spec) {
  ImportedData data;
  std::vector<std::pair<Part, std::int64_t>> counts;
  for (LabelledArrays& part : parts) {
    check_part(part, parts.front(), spec);
    counts.emplace_back(part.part, part.values.shape[0]);
    data.facts.rows += part.values.shape[0];
  }
  if (parts.front().values.shape.size() > 2) {
    add_images(parts, data);
  } else {
    add_table(parts, data);
  }
  add_target(parts, spec, data);
  add_parts(counts, data);
  return data;
}

}  // namespace hone
