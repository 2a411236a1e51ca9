#pragma once

#include <string>
#include <string_view>

#include "cli/completion.h"

namespace hone {

/// The script that teaches a shell (`bash`, `zsh`, `fish`) to complete hone. It knows nothing itself: it asks the
/// program that was typed, `hone completion SHELL -- WORD…`.
std::string_view completion_script(std::string_view shell);

/// The answer to that question: a line with the part of the shell (`none files folders keys`), then a candidate a line
/// as this shell takes them.
std::string completion_answer(const Completion& completion, std::string_view shell);

}  // namespace hone
