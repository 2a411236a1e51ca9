#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hone {

/// The last `lines` lines of a text; all of it for 0.
std::string_view last_lines(std::string_view text, std::size_t lines);

/// A trial's output made safe for a terminal: no escape sequences, no controls but newline and tab, of a line that was
/// overwritten by carriage returns only what was left to see.
std::string safe_log_text(std::string_view text);

}  // namespace hone
