#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/option_catalog.h"

namespace hone {

/// An exit code scripts may rely on.
struct ExitMeaning {
  int code;
  std::string_view meaning;
};
std::span<const ExitMeaning> exit_meanings();

/// `hone --help`: every verb in a line, the flags of all, the exit codes.
std::string overview_help(const OptionCatalog& catalog, int columns);
/// `hone VERB --help`.
std::string verb_help(const VerbEntry& verb, int columns);

}  // namespace hone
