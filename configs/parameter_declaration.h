#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "configs/toml_document.h"

namespace hone {

/// Why a text declares no parameter, for people.
struct DeclarationComplaint {
  std::string why;
};

/// Reads what stands behind the colon of `{NAME: DECL}` in a command (cli.md §10), wholly
/// `LOW..HIGH [int] [log] [step=N] [= DEFAULT]` (an int if both ends are written without point or exponent) or
/// `WORD|WORD… [= DEFAULT]`, a WORD beginning with letter, digit or sign. Words that are numbers in rising order are
/// ordinal, all others categorical; they stay texts where a number would be written otherwise (`007`). The answer is
/// the table that [space] would hold; its nodes have no place.
std::variant<TomlNode, DeclarationComplaint> parse_declaration(std::string_view text);

}  // namespace hone
