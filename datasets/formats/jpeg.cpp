#include <cstdio>
// jpeglib.h needs FILE.
#include <jpeglib.h>
//
#include <jerror.h>

#include <csetjmp>

#include "core/error.h"
#include "core/text.h"
#include "datasets/formats/image_decoders.h"

namespace hone {
namespace {

/// libjpeg calls a function at an error that must not return: it jumps back to the reader.
struct JpegErrors {
  jpeg_error_mgr manager{};
  std::jmp_buf back{};
  char message[JMSG_LENGTH_MAX] = {};
};

void on_error(j_common_ptr info) {
  auto* errors = reinterpret_cast<JpegErrors*>(info->err);
  (*info->err->format_message)(info, errors->message);
  std::longjmp(errors->back, 1);
}

/// libjpeg only warns of a file that was cut or of lost data: here these are errors, for a grey half teaches nothing.
void on_message(j_common_ptr info, int level) {
  const int code = info->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) on_error(info);
}

void keep_silent(j_common_ptr) {}

/// Reads header and pixels; false with errors.message after an error. Nothing here has a destructor: errors jump over.
bool read_jpeg(jpeg_decompress_struct& info, JpegErrors& errors, std::string_view bytes, Picture& picture) {
  if (setjmp(errors.back) != 0) return false;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  picture.height = info.image_height;
  picture.width = info.image_width;
  picture.channels = info.num_components == 1 ? 1 : 3;
  if (picture.height * picture.width > kMostPixels) {
    std::snprintf(errors.message, sizeof errors.message, "it has more than 64 million pixels");
    return false;
  }
  info.out_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  picture.values.resize(static_cast<std::size_t>(picture.height * picture.width * picture.channels));
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row =
        picture.values.data() + static_cast<std::int64_t>(info.output_scanline) * picture.width * picture.channels;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

}  // namespace

Picture decode_jpeg(std::string_view bytes, const std::string& name) {
  jpeg_decompress_struct info{};
  JpegErrors errors;
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = on_error;
  errors.manager.emit_message = on_message;
  errors.manager.output_message = keep_silent;
  jpeg_create_decompress(&info);
  Picture picture;
  const bool done = read_jpeg(info, errors, bytes, picture);
  jpeg_destroy_decompress(&info);
  if (done) return picture;
  throw Error("data::bad-image",
              "JPEG file `" + name + "` is damaged or was cut off: " + without_controls(errors.message), Place{name});
}

}  // namespace hone
