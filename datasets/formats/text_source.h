#pragma once

#include <string>

namespace hone {

/// The text of a data file: read whole, unpacked when its first bytes are gzip's (whatever its name), without the byte
/// order mark. Throws Error("data::no-source") when there is no such file, "data::damaged-gzip" for a truncated or
/// broken archive, "data::not-text" for bytes that are no UTF-8 or hold a NUL, with the place of the first one.
std::string read_text_source(const std::string& file);

}  // namespace hone
