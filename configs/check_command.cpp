#include <variant>

#include "configs/check_spec.h"
#include "configs/command_template.h"
#include "configs/load_spec.h"
#include "configs/parameter_declaration.h"
#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

int column_at(std::string_view text, std::size_t byte) {
  return 1 + static_cast<int>(to_code_points(text.substr(0, byte)).size());
}

/// Declarations that parse are gone: what is left of them here is a mistake.
void check_placeholders(const SpecCheck& check) {
  std::set<std::string> known = builtin_placeholders();
  for (const ParameterSpec& parameter : check.spec.space) known.insert(parameter.name);
  for (const auto& [name, expression] : check.spec.constraints.derive) known.insert(name);
  const std::vector<std::string>& command = check.spec.trainer.command;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const Place value = place_of(check.origins, "trainer.command[" + std::to_string(i) + "]");
    for (const TemplatePiece& piece : read_template(command[i], known)) {
      const Place place =
          place_inside(value, command[i], column_at(command[i], piece.begin), column_at(command[i], piece.end));
      const bool is_many = piece.name == "params" || piece.name == "params_plain";
      if (piece.kind == TemplatePiece::Kind::name && is_many && piece.text != command[i]) {
        check.diagnostics.error("spec::bad-placeholder",
                                "`" + piece.text + "` becomes several words, so it must be an element alone", place,
                                "write `{" + piece.text + "` for the text itself");
      }
      if (piece.kind != TemplatePiece::Kind::mistake) continue;
      const std::string remedy = "write `{" + piece.text + "` for the text itself";
      if (piece.declaration.empty()) {
        const std::vector<std::string> names(known.begin(), known.end());
        check.diagnostics.error("spec::bad-placeholder", "`" + piece.text + "` is no parameter of [space]", place,
                                suggestion_for(piece.name, names) + " (" + remedy + ")");
      } else {
        const auto why = std::get<DeclarationComplaint>(parse_declaration(piece.declaration)).why;
        check.diagnostics.error("spec::bad-placeholder",
                                "`" + piece.text + "` declares no parameter: " + without_controls(why), place, remedy);
      }
    }
  }
}

void check_metrics(const SpecCheck& check) {
  const CommandMetrics& metrics = check.spec.trainer.metrics;
  const bool reports = metrics.from == "report" || metrics.from == "auto";
  const bool reads_text = metrics.from == "stdout" || (metrics.from.starts_with("file:") && metrics.from.size() > 5);
  if (!reports && !reads_text) {
    check.diagnostics.error("spec::unknown-word",
                            "trainer.metrics.from must be auto, report, stdout or file:NAME (is " + metrics.from + ")",
                            place_of(check.origins, "trainer.metrics.from"),
                            suggestion_for(metrics.from, std::vector<std::string>{"auto", "report", "stdout"}));
  } else if (reports && !(metrics.regex.empty() && metrics.preset.empty())) {
    const std::string unread = metrics.regex.empty() ? "preset" : "regex";
    check.diagnostics.error("spec::unused-option", "metrics from = \"" + metrics.from + "\" need no `" + unread + "`",
                            key_place_of(check.origins, "trainer.metrics." + unread), "write from = \"stdout\"");
  } else if (!metrics.preset.empty() && !metrics.regex.empty()) {
    check.diagnostics.error("spec::unused-option", "a preset brings its own expression; `regex` is not read",
                            key_place_of(check.origins, "trainer.metrics.regex"), "keep one of them");
  } else if (reads_text && metrics.preset.empty()) {
    for (const std::string group : {"metric", "value"}) {
      if (metrics.regex.find("(?P<" + group + ">") != std::string::npos) continue;
      check.diagnostics.error(
          "spec::bad-regex",
          "trainer.metrics.regex must have the groups (?P<metric>…) and (?P<value>…); `" + group + "` is missing",
          place_of(check.origins, "trainer.metrics.regex"));
    }
  }
}

}  // namespace

void check_command(const SpecCheck& check) {
  if (!check.is_command()) return;
  const std::vector<std::string>& command = check.spec.trainer.command;
  const bool written_empty =
      command.empty() && check.origins.count("trainer.command") != 0 && check.origins.count("trainer.command[0]") == 0;
  if (written_empty || (!command.empty() && trim(command[0]).empty())) {
    const Place place = place_of(check.origins, "trainer.command");
    // A command of a wrong type has been reported already.
    const TomlEntry* trainer = find_entry(check.root, "trainer");
    const TomlEntry* entry = trainer == nullptr ? nullptr : find_entry(trainer->value, "command");
    if (entry != nullptr && entry->value.kind == TomlKind::array) {
      check.diagnostics.error("spec::out-of-range", "trainer.command must begin with a program", place);
    }
  }
  check_placeholders(check);
  check_metrics(check);
}

}  // namespace hone
