#pragma once

#include <string>
#include <string_view>

#include "datasets/formats/image.h"

namespace hone {

/// A picture of more pixels is refused before memory is taken for it.
inline constexpr std::int64_t kMostPixels = std::int64_t{1} << 26;

/// Both throw Error("data::bad-image") naming `name`.
Picture decode_png(std::string_view bytes, const std::string& name);
Picture decode_jpeg(std::string_view bytes, const std::string& name);

}  // namespace hone
