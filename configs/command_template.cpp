#include "configs/command_template.h"

#include <optional>
#include <variant>

#include "configs/parameter_declaration.h"
#include "core/diagnostics.h"

namespace hone {
namespace {

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

/// Length of the name at the start of `text`; 0 when there is none.
std::size_t name_length(std::string_view text) {
  std::size_t length = 0;
  if (text.empty() || !begins_name(text[0])) return 0;
  while (length < text.size() && continues_name(text[length])) ++length;
  return length;
}

bool is_near(const std::string& name, const std::set<std::string>& known) {
  return !did_you_mean(name, std::vector<std::string>(known.begin(), known.end())).empty();
}

/// What begins with the brace at the start of `text`, if it is more than text; begin and end count from the brace.
std::optional<TemplatePiece> placeholder_at(std::string_view text, const std::set<std::string>& known) {
  if (text.empty() || text[0] != '{') return std::nullopt;
  const std::size_t close = text.find('}');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view inside = text.substr(1, close - 1);
  TemplatePiece piece;
  piece.text = std::string(text.substr(0, close + 1));
  piece.end = close + 1;
  if (known.contains(std::string(inside))) {
    piece.kind = TemplatePiece::Kind::name;
    piece.name = std::string(inside);
    return piece;
  }
  const std::size_t length = name_length(inside);
  piece.kind = TemplatePiece::Kind::mistake;
  piece.name = std::string(inside.substr(0, length));
  if (length == 0) return std::nullopt;
  if (length == inside.size()) return is_near(piece.name, known) ? std::optional(piece) : std::nullopt;
  if (!inside.substr(length).starts_with(": ")) return std::nullopt;
  piece.declaration = std::string(inside.substr(length + 2));
  const bool means_values =
      piece.declaration.find("..") != std::string::npos || piece.declaration.find('|') != std::string::npos;
  if (!means_values) return std::nullopt;
  if (std::holds_alternative<TomlNode>(parse_declaration(piece.declaration))) {
    piece.kind = TemplatePiece::Kind::declaration;
  }
  return piece;
}

}  // namespace

std::vector<TemplatePiece> read_template(std::string_view element, const std::set<std::string>& known) {
  std::vector<TemplatePiece> pieces;
  const auto add_text = [&](std::string_view text, std::size_t begin, std::size_t end) {
    if (pieces.empty() || pieces.back().kind != TemplatePiece::Kind::text) {
      pieces.push_back({});
      pieces.back().begin = begin;
    }
    pieces.back().text += text;
    pieces.back().end = end;
  };
  for (std::size_t at = 0; at < element.size();) {
    const bool after_dollar = at > 0 && element[at - 1] == '$';
    const std::string_view rest = element.substr(at);
    const auto escaped = after_dollar || !rest.starts_with("{{") ? std::nullopt : placeholder_at(rest.substr(1), known);
    auto placeholder = after_dollar ? std::nullopt : placeholder_at(rest, known);
    if (escaped) {
      add_text(escaped->text, at, at + 1 + escaped->end);
      at += 1 + escaped->end;
    } else if (placeholder) {
      placeholder->begin = at;
      placeholder->end += at;
      at = placeholder->end;
      pieces.push_back(std::move(*placeholder));
    } else {
      add_text(rest.substr(0, 1), at, at + 1);
      ++at;
    }
  }
  return pieces;
}

const std::set<std::string>& builtin_placeholders() {
  static const std::set<std::string> names = {"params", "params_plain", "params_file", "seed",
                                              "budget", "trial",        "folder",      "checkpoint"};
  return names;
}

}  // namespace hone
