#include <algorithm>

#include "core/error.h"
#include "datasets/formats/binary_source.h"
#include "datasets/formats/idx.h"
#include "datasets/formats/image.h"
#include "datasets/formats/npy.h"
#include "datasets/preprocess.h"

namespace hone {
namespace {

std::vector<float> encode_all(const Preprocess& preprocess, std::span<const std::uint8_t> pixels, std::int64_t rows) {
  std::vector<float> encoded(pixels.size());
  encode_pixels(preprocess, pixels, rows, encoded);
  return encoded;
}

std::vector<float> encode_picture(const Preprocess& preprocess, const std::string& file) {
  const std::vector<std::int64_t>& shape = preprocess.facts.shape;
  const Picture picture = decode_picture(read_binary_source(file), file);
  std::vector<std::uint8_t> pixels;
  append_planes(with_channels(resized(picture, shape[1], shape[2]), shape[0]), pixels);
  return encode_all(preprocess, pixels, 1);
}

std::vector<float> encode_array(const Preprocess& preprocess, const std::string& file, const Array& array,
                                std::int64_t* rows) {
  std::vector<std::int64_t> row(array.shape.begin() + (array.shape.empty() ? 0 : 1), array.shape.end());
  if (row.size() == 2) row.insert(row.begin(), 1);
  if (array.type != DType::u8 || row != preprocess.facts.shape) {
    throw Error("data::bad-array",
                "`" + file + "` does not hold images of unsigned bytes in the size that the model was trained on",
                Place{file});
  }
  *rows = array.shape[0];
  return encode_all(preprocess, array.as<std::uint8_t>(), *rows);
}

}  // namespace

std::vector<float> encode_file(const Preprocess& preprocess, const std::string& file, std::int64_t* rows) {
  const std::vector<std::int64_t>& shape = preprocess.facts.shape;
  if (shape.empty()) return encode_csv(preprocess, file, rows);
  if (is_picture_name(file)) {
    if (shape[0] != 1 && shape[0] != 3) {
      throw Error("data::bad-image", "the model wants " + std::to_string(shape[0]) + " channels, a picture has 1 or 3");
    }
    *rows = 1;
    return encode_picture(preprocess, file);
  }
  if (file.ends_with(".npy") || file.ends_with(".npy.gz")) return encode_array(preprocess, file, read_npy(file), rows);
  if (is_idx_file(file)) return encode_array(preprocess, file, read_idx(file), rows);
  return encode_csv(preprocess, file, rows);
}

}  // namespace hone
