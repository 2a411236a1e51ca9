#include <optional>

#include "configs/spec_document.h"
#include "core/text.h"

namespace hone {
namespace {

/// A step into a document: a member of a table or of an array.
struct Step {
  std::string name;
  std::optional<std::size_t> index;
};

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Reads `a."b.c"[2].d` up to the `=`, which a text without a value lacks; nothing when it is no path. `at` ends behind
/// the `=`.
std::optional<std::vector<Step>> parse_path(std::string_view text, std::size_t& at) {
  std::vector<Step> steps;
  const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
  const auto skip_blanks = [&] {
    while (peek() == ' ') ++at;
  };
  for (;;) {
    skip_blanks();
    Step step;
    if (peek() == '"') {
      const std::size_t end = text.find('"', at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      step.name = text.substr(at + 1, end - at - 1);
      at = end + 1;
    } else {
      while (is_key_character(peek())) step.name += text[at++];
    }
    if (step.name.empty()) return std::nullopt;
    steps.push_back(step);
    while (peek() == '[') {
      const std::size_t end = text.find(']', at);
      if (end == std::string_view::npos) return std::nullopt;
      const auto index = parse_integer(text.substr(at + 1, end - at - 1));
      if (!index || *index < 0) return std::nullopt;
      steps.push_back({"", static_cast<std::size_t>(*index)});
      at = end + 1;
    }
    skip_blanks();
    if (peek() == '.') {
      ++at;
    } else if (peek() == '=' || at == text.size()) {
      ++at;
      return steps;
    } else {
      return std::nullopt;
    }
  }
}

void mark_as_override(TomlNode& node, const Place& place) {
  node.place = place;
  node.from = "--set";
  for (TomlNode& item : node.items) mark_as_override(item, place);
  for (TomlEntry& entry : node.entries) {
    entry.key = place;
    mark_as_override(entry.value, place);
  }
}

/// The value of an override: TOML, else a bare word as text.
std::optional<TomlNode> parse_value(const std::string& key, const std::string& text, const Place& place,
                                    Diagnostics& diagnostics) {
  Diagnostics found;
  auto parsed = parse_toml("value = " + text, place.file, found);
  // A line break in the text could begin a second key.
  if (parsed && parsed->entries.size() == 1) {
    TomlNode value = parsed->entries.front().value;
    if (value.kind == TomlKind::refused) {
      diagnostics.error("spec::not-finite", key + " must be a finite number (is " + text + ")", place);
    }
    return value;
  }
  const std::string word(trim(text));
  if (word.empty() || std::string_view("\"'[{").find(word[0]) != std::string_view::npos ||
      word.find('\n') != std::string::npos) {
    diagnostics.error("spec::bad-override", "`" + place.file + "` gives no TOML value", place,
                      "write --set 'section.key=value'");
    return std::nullopt;
  }
  const auto number = parse_number(word);
  diagnostics.warning("spec::bare-word", "`" + word + "` is taken as a text", place,
                      number ? "write " + to_text(*number) + " for a number" : "write \"" + word + "\"");
  return make_text_node(word);
}

/// Walks to the node a path names, making tables that are missing; null with a message when it cannot.
TomlNode* walk(TomlNode& root, const std::vector<Step>& steps, const Place& place, std::string& complaint) {
  TomlNode* node = &root;
  for (const Step& step : steps) {
    if (step.index) {
      if (node->kind != TomlKind::array || *step.index >= node->items.size()) {
        complaint = "there is no item [" + std::to_string(*step.index) + "]";
        return nullptr;
      }
      node = &node->items[*step.index];
      continue;
    }
    if (node->kind != TomlKind::table) {
      complaint = "`" + step.name + "` lies inside " + std::string(kind_words(node->kind));
      return nullptr;
    }
    if (find_entry(*node, step.name) == nullptr) {
      TomlEntry made;
      made.name = step.name;
      made.key = place;
      mark_as_override(made.value, place);
      node->entries.push_back(std::move(made));
    }
    TomlEntry* entry = find_entry(*node, step.name);
    node = &entry->value;
  }
  return node;
}

}  // namespace

void apply_override(TomlNode& root, const std::string& assignment, Diagnostics& diagnostics) {
  Place place;
  place.file = "--set " + assignment;
  std::size_t at = 0;
  const auto steps = parse_path(assignment, at);
  if (!steps || at > assignment.size()) {
    diagnostics.error("spec::bad-override", "`" + place.file + "` names no key", place,
                      "write --set 'section.key=value'");
    return;
  }
  auto value = parse_value(assignment.substr(0, at - 1), assignment.substr(at), place, diagnostics);
  if (!value) return;
  std::string complaint;
  TomlNode changed = root;
  TomlNode* target = walk(changed, *steps, place, complaint);
  if (target == nullptr) {
    diagnostics.error("spec::bad-override", "`" + place.file + "` cannot be set: " + complaint, place);
    return;
  }
  mark_as_override(*value, place);
  expand_environment(*value, diagnostics);
  *target = std::move(*value);
  root = std::move(changed);
}

void remove_path(TomlNode& root, const std::string& path, Diagnostics& diagnostics) {
  Place place;
  place.file = "--unset " + path;
  std::size_t at = 0;
  const auto steps = parse_path(path, at);
  const bool is_path = steps && at > path.size() && !steps->back().index;
  TomlNode* node = &root;
  for (std::size_t i = 0; is_path && node != nullptr && i + 1 < steps->size(); ++i) {
    const Step& step = (*steps)[i];
    TomlEntry* entry = step.index ? nullptr : find_entry(*node, step.name);
    const bool has_item = step.index && node->kind == TomlKind::array && *step.index < node->items.size();
    node = entry != nullptr ? &entry->value : has_item ? &node->items[*step.index] : nullptr;
  }
  if (!is_path || node == nullptr || find_entry(*node, steps->back().name) == nullptr) {
    diagnostics.error("spec::bad-override", "`" + place.file + "` names nothing that is written", place,
                      "hone explain SPEC shows what is");
    return;
  }
  erase_entry(*node, steps->back().name);
}

}  // namespace hone
