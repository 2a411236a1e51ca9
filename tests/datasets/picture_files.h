#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
// jpeglib.h needs FILE.
#include <jpeglib.h>
#include <png.h>

#include <string>
#include <vector>

namespace hone {

/// A PNG of one colour: one value is grey, three are red, green, blue.
inline std::string png(unsigned height, unsigned width, const std::vector<std::uint8_t>& color) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.height = height;
  image.width = width;
  image.format = color.size() == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  std::vector<std::uint8_t> values;
  for (unsigned i = 0; i < height * width; ++i) values.insert(values.end(), color.begin(), color.end());
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, values.data(), 0, nullptr);
  std::string bytes(size, '\0');
  png_image_write_to_memory(&image, bytes.data(), &size, 0, values.data(), 0, nullptr);
  return bytes;
}

/// A grey JPEG of one value.
inline std::string jpeg(unsigned height, unsigned width, std::uint8_t value) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_height = height;
  info.image_width = width;
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_start_compress(&info, TRUE);
  std::vector<std::uint8_t> line(width, value);
  JSAMPROW row = line.data();
  while (info.next_scanline < height) jpeg_write_scanlines(&info, &row, 1);
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  const std::string bytes(reinterpret_cast<const char*>(out), size);
  std::free(out);
  return bytes;
}

/// An entry of a tar archive (POSIX ustar): `type` 0 file, 2 symbolic link, 3 device, 5 folder. `claimed` is the size
/// its header tells, when that is not the content's.
inline std::string tar_entry(const std::string& name, const std::string& content, char type = '0',
                             const std::string& link = "", long claimed = -1) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) { header.replace(at, text.size(), text); };
  char octal[16];
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  std::snprintf(octal, sizeof octal, "%011lo", claimed >= 0 ? claimed : static_cast<long>(content.size()));
  put(124, octal);
  put(136, "00000000000");
  put(148, "        ");
  header[156] = type;
  put(157, link);
  put(257, std::string("ustar\0", 6) + "00");
  unsigned sum = 0;
  for (unsigned char byte : header) sum += byte;
  std::snprintf(octal, sizeof octal, "%06o", sum);
  put(148, octal);
  header[154] = '\0';
  return header + content + std::string((512 - content.size() % 512) % 512, '\0');
}

/// Entries as a whole archive.
inline std::string tar(const std::vector<std::string>& entries) {
  std::string bytes;
  for (const std::string& entry : entries) bytes += entry;
  return bytes + std::string(1024, '\0');
}

}  // namespace hone
