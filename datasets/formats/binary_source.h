#pragma once

#include <string>

namespace hone {

/// The bytes of a data file, unpacked when its first bytes are gzip's (whatever its name). Throws
/// Error("data::no-source") when there is no such file and "data::damaged-gzip" for a truncated or broken one.
std::string read_binary_source(const std::string& file);

/// Unpacks gzip (RFC 1952; several members one after the other are one text). `file` is for the message.
std::string gunzip(const std::string& bytes, const std::string& file);

}  // namespace hone
