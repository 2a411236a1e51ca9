#pragma once

#include <zlib.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "core/files.h"

namespace hone {

/// Small data files for one test, gone at its end.
class DataFiles {
 public:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    write_file(path(name), text, Durability::renamed);
    return path(name);
  }

 private:
  TemporaryFolder folder_;
};

/// The bytes of an IDX file of unsigned bytes.
inline std::string idx(const std::vector<std::uint32_t>& sizes, const std::string& values) {
  std::string bytes = {0, 0, 8, static_cast<char>(sizes.size())};
  for (std::uint32_t size : sizes) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
  }
  return bytes + values;
}

/// `text` as a gzip member.
inline std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// What `action` throws, one "line:column-end code: message [suggestion]" a diagnostic; "nothing" when it does not.
template <class Action>
std::vector<std::string> complaints_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : error.diagnostics()) {
      const Place& place = diagnostic.place;
      std::string line = place.known() ? std::to_string(place.line) + ":" + std::to_string(place.column) + "-" +
                                             std::to_string(place.end_column) + " "
                                       : "";
      line += diagnostic.code + ": " + diagnostic.message;
      if (!diagnostic.suggestion.empty()) line += " [" + diagnostic.suggestion + "]";
      lines.push_back(line);
    }
    return lines;
  }
  return {"nothing"};
}

using Lines = std::vector<std::string>;

}  // namespace hone
