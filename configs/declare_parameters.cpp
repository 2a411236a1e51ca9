#include <variant>

#include "configs/check_spec.h"
#include "configs/command_template.h"
#include "configs/parameter_declaration.h"
#include "core/unicode.h"

namespace hone {
namespace {

int column_at(std::string_view text, std::size_t byte) {
  return 1 + static_cast<int>(to_code_points(text.substr(0, byte)).size());
}

void mark(TomlNode& node, const TomlNode& element, const Place& place) {
  node.place = place;
  node.from = element.from;
  for (TomlNode& item : node.items) mark(item, element, place);
  for (TomlEntry& entry : node.entries) {
    entry.key = place;
    mark(entry.value, element, place);
  }
}

/// Puts the parameters that a command declares into [space].
class Declarations {
 public:
  Declarations(TomlNode& root, Diagnostics& diagnostics) : root_(root), diagnostics_(diagnostics) {}

  /// Declares what stands in the element and leaves `{NAME}` there.
  void take(TomlNode& element) {
    const std::string text = std::get<std::string>(element.scalar);
    std::string replaced;
    for (const TemplatePiece& piece : read_template(text, builtin_placeholders())) {
      if (piece.kind != TemplatePiece::Kind::declaration) {
        replaced += text.substr(piece.begin, piece.end - piece.begin);
        continue;
      }
      replaced += "{" + piece.name + "}";
      declare(piece, element,
              place_inside(element.place, text, column_at(text, piece.begin), column_at(text, piece.end)));
    }
    element.scalar = replaced;
  }

 private:
  void refuse(const TemplatePiece& piece, const Place& place, const std::string& why, const std::string& remedy) {
    diagnostics_.error("spec::bad-placeholder", "`" + piece.text + "` " + why, place, remedy);
  }

  void declare(const TemplatePiece& piece, const TomlNode& element, const Place& place) {
    if (builtin_placeholders().contains(piece.name)) {
      return refuse(piece, place, "declares a name that hone fills in itself",
                    "call it otherwise (write `{" + piece.text + "` for the text itself)");
    }
    if (!declared_.insert(piece.name).second) {
      return refuse(piece, place, "declares `" + piece.name + "` once more", "write `{" + piece.name + "}`");
    }
    TomlNode table = std::get<TomlNode>(parse_declaration(piece.declaration));
    mark(table, element, place);
    TomlEntry* space = find_entry(root_, "space");
    if (space == nullptr) {
      TomlNode none;
      mark(none, element, place);
      root_.entries.push_back({"space", place, none});
      space = &root_.entries.back();
    }
    if (space->value.kind != TomlKind::table) return;
    TomlEntry* written = find_entry(space->value, piece.name);
    if (written == nullptr) {
      space->value.entries.push_back({piece.name, place, std::move(table)});
      return;
    }
    // What the command does not say (`when`, `prior`) may be written in [space]; --set wins.
    for (const TomlEntry& entry : table.entries) {
      const TomlEntry* twice = find_entry(written->value, entry.name);
      if (twice == nullptr || twice->value.from == "--set") continue;
      return refuse(piece, place, "declares `" + piece.name + "`, which [space] declares too",
                    "write `{" + piece.name + "}`");
    }
    merge_tables(table, std::move(written->value));
    written->value = std::move(table);
  }

  TomlNode& root_;
  Diagnostics& diagnostics_;
  std::set<std::string> declared_;
};

}  // namespace

void declare_parameters(TomlNode& root, Diagnostics& diagnostics) {
  TomlEntry* trainer = find_entry(root, "trainer");
  TomlEntry* command = trainer == nullptr ? nullptr : find_entry(trainer->value, "command");
  if (command == nullptr || command->value.kind != TomlKind::array) return;
  Declarations declarations(root, diagnostics);
  // The entries of the root may move when [space] is added.
  std::vector<TomlNode> elements = command->value.items;
  for (TomlNode& element : elements) {
    if (element.kind == TomlKind::text) declarations.take(element);
  }
  find_entry(find_entry(root, "trainer")->value, "command")->value.items = std::move(elements);
}

}  // namespace hone
