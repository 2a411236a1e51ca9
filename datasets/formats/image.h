#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// A decoded picture: values [height, width, channels] of 0 … 255; one channel (grey) or three (red, green, blue).
struct Picture {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t channels = 1;
  std::vector<std::uint8_t> values;
};

/// Whether the name ends as that of a PNG or JPEG file.
bool is_picture_name(std::string_view name);

/// Decodes PNG and JPEG, told apart by their first bytes; transparency is taken as black behind the picture, 16 bits as
/// 8. Throws Error("data::bad-image") naming `name` for anything else, for damaged or cut files, and for more than
/// 64 million pixels.
Picture decode_picture(std::string_view bytes, const std::string& name);

/// The picture in another size: each new pixel is the mean of the area it covers.
Picture resized(const Picture& picture, std::int64_t height, std::int64_t width);

/// Grey as three equal channels, or three channels as grey (Rec. 601 luma).
Picture with_channels(const Picture& picture, std::int64_t channels);

/// Appends the picture as planes, [channels, height, width].
void append_planes(const Picture& picture, std::vector<std::uint8_t>& out);

}  // namespace hone
