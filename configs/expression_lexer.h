#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/param_value.h"

namespace hone {

enum class TokenKind { end, number, text, name, symbol };

/// A word of an expression.
struct Token {
  TokenKind kind = TokenKind::end;
  /// Name or symbol as written.
  std::string word;
  /// Of numbers and texts.
  ParamValue value;
  /// Columns count from 1 in code points, end exclusive.
  int column = 1;
  int end_column = 1;
};

/// Cuts an expression into words; the last one is `end`. Throws Error("expression::syntax") for a character that
/// begins no word, a text without closing quote and a number that is none.
std::vector<Token> cut_expression(std::string_view text);

}  // namespace hone
