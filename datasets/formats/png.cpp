#include <png.h>

#include "core/error.h"
#include "core/text.h"
#include "datasets/formats/image_decoders.h"

namespace hone {
namespace {

/// libpng's simplified interface, whose errors come back as values.
class PngImage {
 public:
  PngImage() { image_.version = PNG_IMAGE_VERSION; }
  ~PngImage() { png_image_free(&image_); }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
  png_image* get() { return &image_; }
  png_image* operator->() { return &image_; }

 private:
  png_image image_{};
};

[[noreturn]] void throw_bad(const std::string& name, const std::string& why) {
  throw Error("data::bad-image", "PNG file `" + name + "` is damaged or was cut off: " + without_controls(why),
              Place{name});
}

}  // namespace

Picture decode_png(std::string_view bytes, const std::string& name) {
  PngImage image;
  if (png_image_begin_read_from_memory(image.get(), bytes.data(), bytes.size()) == 0) throw_bad(name, image->message);
  const bool color = (image->format & PNG_FORMAT_FLAG_COLOR) != 0;
  Picture picture{static_cast<std::int64_t>(image->height), static_cast<std::int64_t>(image->width), color ? 3 : 1, {}};
  if (picture.height * picture.width > kMostPixels) throw_bad(name, "it has more than 64 million pixels");
  image->format = color ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  picture.values.assign(static_cast<std::size_t>(picture.height * picture.width * picture.channels), 0);
  png_color black{};
  if (png_image_finish_read(image.get(), &black, picture.values.data(), 0, nullptr) == 0) {
    throw_bad(name, image->message);
  }
  return picture;
}

}  // namespace hone
