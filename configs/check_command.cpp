#include <algorithm>

#include "configs/check_spec.h"
#include "configs/load_spec.h"
#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

/// {NAME} in a text; columns count from 1, braces included.
struct Placeholder {
  std::string name;
  int column = 1;
  int end_column = 1;
};

int columns_before(std::string_view text, std::size_t byte) {
  return static_cast<int>(to_code_points(text.substr(0, byte)).size());
}

/// Names that stand as {NAME} in a text; not after `$`, not behind a second `{` (cli.md §10).
std::vector<Placeholder> placeholders_of(std::string_view text) {
  std::vector<Placeholder> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') continue;
    const bool escaped = at > 0 && (text[at - 1] == '$' || text[at - 1] == '{');
    std::size_t end = at + 1;
    if (end < text.size() && begins_name(text[end])) {
      while (end < text.size() && continues_name(text[end])) ++end;
    }
    const bool whole = end > at + 1 && end < text.size() && text[end] == '}';
    if (!whole || escaped) continue;
    const int before = columns_before(text, at);
    const int length = static_cast<int>(end + 1 - at);
    found.push_back({std::string(text.substr(at + 1, end - at - 1)), 1 + before, 1 + before + length});
  }
  return found;
}

void check_placeholders(const SpecCheck& check) {
  std::vector<std::string> known = builtin_placeholders();
  for (const ParameterSpec& parameter : check.spec.space) known.push_back(parameter.name);
  for (const auto& [name, expression] : check.spec.constraints.derive) known.push_back(name);
  const std::vector<std::string>& command = check.spec.trainer.command;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const Place value = place_of(check.origins, "trainer.command[" + std::to_string(i) + "]");
    for (const Placeholder& one : placeholders_of(command[i])) {
      if (std::find(known.begin(), known.end(), one.name) != known.end()) continue;
      const std::string hint = suggestion_for(one.name, known);
      // All other braces are the command's own text.
      if (hint.empty()) continue;
      check.diagnostics.error("spec::bad-placeholder", "`{" + one.name + "}` is no parameter of [space]",
                              place_inside(value, command[i], one.column, one.end_column),
                              hint + " (write `{{" + one.name + "}` for the text itself)");
    }
  }
}

void check_metrics(const SpecCheck& check) {
  const CommandMetrics& metrics = check.spec.trainer.metrics;
  const bool reports = metrics.from == "report";
  const bool reads_text = metrics.from == "stdout" || (metrics.from.starts_with("file:") && metrics.from.size() > 5);
  if (!reports && !reads_text) {
    check.diagnostics.error("spec::unknown-word",
                            "trainer.metrics.from must be report, stdout or file:NAME (is " + metrics.from + ")",
                            place_of(check.origins, "trainer.metrics.from"),
                            suggestion_for(metrics.from, std::vector<std::string>{"report", "stdout"}));
  } else if (reports && !metrics.regex.empty()) {
    check.diagnostics.error("spec::unused-option", "metrics from report lines need no `regex`",
                            key_place_of(check.origins, "trainer.metrics.regex"), "write from = \"stdout\"");
  } else if (reads_text) {
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

std::vector<std::string> builtin_placeholders() {
  return {"params", "params_plain", "params_file", "seed", "budget", "trial", "folder", "checkpoint"};
}

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
