#pragma once

#include <string>

#include "cli/option_catalog.h"

namespace hone {

/// The manual page hone(1) as source for man: verbs, flags, files, environment, exit codes.
std::string man_page(const OptionCatalog& catalog);
/// The page hone-VERB(1).
std::string man_page(const OptionCatalog& catalog, const VerbEntry& verb);

}  // namespace hone
