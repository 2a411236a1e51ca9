#include "datasets/formats/image.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"
#include "datasets/formats/image_decoders.h"

namespace hone {
namespace {

constexpr std::string_view kPngMagic = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kJpegMagic = "\xff\xd8\xff";

/// What a new pixel takes of the old ones along one axis.
struct Cover {
  std::int64_t first = 0;
  std::vector<double> shares;
};

/// Shares of the old pixels that each of `to` new pixels covers, each summing to 1.
std::vector<Cover> covers(std::int64_t from, std::int64_t to) {
  std::vector<Cover> all;
  const double step = static_cast<double>(from) / static_cast<double>(to);
  for (std::int64_t i = 0; i < to; ++i) {
    const double start = static_cast<double>(i) * step;
    const double end = start + step;
    Cover cover;
    cover.first = static_cast<std::int64_t>(start);
    for (std::int64_t at = cover.first; at < from && static_cast<double>(at) < end; ++at) {
      const double share = std::min(end, static_cast<double>(at + 1)) - std::max(start, static_cast<double>(at));
      if (share > 0) cover.shares.push_back(share / step);
    }
    if (cover.shares.empty()) cover.shares = {1};
    all.push_back(std::move(cover));
  }
  return all;
}

}  // namespace

bool is_picture_name(std::string_view name) {
  const std::string lower = to_lower(name);
  return lower.ends_with(".png") || lower.ends_with(".jpg") || lower.ends_with(".jpeg");
}

Picture decode_picture(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with(kPngMagic)) return decode_png(bytes, name);
  if (bytes.starts_with(kJpegMagic)) return decode_jpeg(bytes, name);
  throw Error("data::bad-image", "`" + name + "` is neither PNG nor JPEG (byte 0)", Place{name});
}

Picture resized(const Picture& picture, std::int64_t height, std::int64_t width) {
  if (picture.height == height && picture.width == width) return picture;
  const std::vector<Cover> rows = covers(picture.height, height);
  const std::vector<Cover> columns = covers(picture.width, width);
  Picture result{height, width, picture.channels, {}};
  result.values.reserve(static_cast<std::size_t>(height * width * picture.channels));
  for (const Cover& row : rows) {
    for (const Cover& column : columns) {
      for (std::int64_t channel = 0; channel < picture.channels; ++channel) {
        double sum = 0;
        for (std::size_t y = 0; y < row.shares.size(); ++y) {
          const std::int64_t line = (row.first + static_cast<std::int64_t>(y)) * picture.width + column.first;
          for (std::size_t x = 0; x < column.shares.size(); ++x) {
            const std::int64_t at = (line + static_cast<std::int64_t>(x)) * picture.channels + channel;
            sum += row.shares[y] * column.shares[x] * picture.values[static_cast<std::size_t>(at)];
          }
        }
        result.values.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(sum, 0.0, 255.0))));
      }
    }
  }
  return result;
}

Picture with_channels(const Picture& picture, std::int64_t channels) {
  if (picture.channels == channels) return picture;
  Picture result{picture.height, picture.width, channels, {}};
  const std::int64_t pixels = picture.height * picture.width;
  for (std::int64_t i = 0; i < pixels; ++i) {
    const std::uint8_t* pixel = picture.values.data() + i * picture.channels;
    if (channels == 3) {
      result.values.insert(result.values.end(), 3, *pixel);
    } else {
      const double luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
      result.values.push_back(static_cast<std::uint8_t>(std::lround(luma)));
    }
  }
  return result;
}

void append_planes(const Picture& picture, std::vector<std::uint8_t>& out) {
  const std::int64_t pixels = picture.height * picture.width;
  for (std::int64_t channel = 0; channel < picture.channels; ++channel) {
    for (std::int64_t i = 0; i < pixels; ++i) {
      out.push_back(picture.values[static_cast<std::size_t>(i * picture.channels + channel)]);
    }
  }
}

}  // namespace hone
