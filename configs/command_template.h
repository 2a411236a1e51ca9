#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// A stretch of one element of a command. The one reading of cli.md §10's rule, for the loader, which declares
/// parameters and complains, and for the executor, which puts values in.
struct TemplatePiece {
  enum class Kind {
    text,         ///< stands for itself; `text` has lost the brace that was doubled
    name,         ///< {NAME} with a known name
    declaration,  ///< {NAME: DECL} whose DECL parses
    mistake,      ///< {NAME} near a known name, or {NAME: …} with `..` or `|` that does not parse
  };
  Kind kind = Kind::text;
  std::string text;
  std::string name;
  /// What stands behind the colon, of declarations and of such mistakes.
  std::string declaration;
  /// Bytes of the element, braces included.
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts an element into pieces that cover it. `known` are the built-in and the declared names. Nothing behind `$` is
/// replaced; `{{` is `{` only before what would be replaced or refused.
std::vector<TemplatePiece> read_template(std::string_view element, const std::set<std::string>& known);

/// params params_plain params_file seed budget trial folder checkpoint: what is known beside the parameters.
const std::set<std::string>& builtin_placeholders();

}  // namespace hone
