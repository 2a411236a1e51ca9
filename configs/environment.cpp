#include <cstdlib>

#include "configs/spec_document.h"

namespace hone {
namespace {

constexpr std::string_view kOpening = "${env:";

bool is_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

/// One reference without its braces: "NAME" or "NAME:-default".
std::optional<std::string> expand_reference(std::string_view reference, const Place& place, Diagnostics& diagnostics) {
  const std::size_t at = reference.find(":-");
  const std::string name(reference.substr(0, at));
  if (!is_name(name)) {
    diagnostics.error("spec::bad-env", "`${env:" + std::string(reference) + "}` names no variable", place,
                      "write ${env:NAME} or ${env:NAME:-default}");
    return std::nullopt;
  }
  const char* value = std::getenv(name.c_str());
  // An empty variable counts as unset, as `:-` does in a shell.
  if (value != nullptr && *value != '\0') return value;
  if (at != std::string_view::npos) return std::string(reference.substr(at + 2));
  diagnostics.error("spec::env-unset", "environment variable `" + name + "` is not set", place,
                    "set it or write ${env:" + name + ":-default}");
  return std::nullopt;
}

void expand_text(TomlNode& node, Diagnostics& diagnostics) {
  const std::string text = std::get<std::string>(node.scalar);
  std::string expanded;
  std::size_t at = 0;
  for (;;) {
    const std::size_t start = text.find(kOpening, at);
    expanded += text.substr(at, start - at);
    if (start == std::string::npos) break;
    const std::size_t end = text.find('}', start);
    if (end == std::string::npos) {
      diagnostics.error("spec::bad-env", "`${env:` has no closing `}`", node.place);
      node.kind = TomlKind::refused;
      return;
    }
    const std::string_view reference =
        std::string_view(text).substr(start + kOpening.size(), end - start - kOpening.size());
    const auto value = expand_reference(reference, node.place, diagnostics);
    if (!value) {
      node.kind = TomlKind::refused;
      return;
    }
    expanded += *value;
    node.from_environment = true;
    at = end + 1;
  }
  node.scalar = expanded;
}

}  // namespace

void expand_environment(TomlNode& node, Diagnostics& diagnostics) {
  if (node.kind == TomlKind::text) expand_text(node, diagnostics);
  for (TomlNode& item : node.items) expand_environment(item, diagnostics);
  for (TomlEntry& entry : node.entries) expand_environment(entry.value, diagnostics);
}

}  // namespace hone
