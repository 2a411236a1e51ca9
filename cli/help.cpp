#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/format.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr ExitMeaning kExits[] = {
    {0, "done"},
    {1, "the answer is no"},
    {2, "the input is wrong"},
    {7, "study busy"},
    {8, "store damaged"},
    {9, "too many failures"},
    {10, "a part is missing"},
    {70, "a mistake of hone"},
    {130, "interrupted (the same command goes on)"},
};

/// Wider labels stand on a line of their own.
constexpr int kLabelWidth = 34;

struct LabelledRow {
  std::string label;
  std::string text;
};

std::string labelled_rows(const std::vector<LabelledRow>& rows, int columns) {
  int width = 0;
  for (const LabelledRow& row : rows) {
    if (display_width(row.label) <= kLabelWidth) width = std::max(width, display_width(row.label));
  }
  width += 4;
  std::string text;
  for (const LabelledRow& row : rows) {
    const bool fits = display_width(row.label) + 4 <= width;
    if (!fits) text += "  " + row.label + "\n";
    text += wrap_labelled(fits ? "  " + row.label : "", row.text, columns, width);
  }
  return text;
}

std::vector<LabelledRow> option_rows(const std::vector<OptionEntry>& options) {
  std::vector<LabelledRow> rows;
  for (const OptionEntry& option : options) {
    rows.push_back({option_usage(option), option.sentence + (option.repeated ? " (may be repeated)" : "")});
  }
  return rows;
}

}  // namespace

std::span<const ExitMeaning> exit_meanings() { return kExits; }

std::string overview_help(const OptionCatalog& catalog, int columns) {
  std::string text =
      "hone searches, trains, compresses and reports from one TOML spec.\n\nUsage: hone [flags] VERB [arguments]\n";
  for (std::size_t i = 0; i < catalog.verbs.size();) {
    const std::string& group = catalog.verbs[i].group;
    text += fmt::format("\n{}\n", group);
    for (; i < catalog.verbs.size() && catalog.verbs[i].group == group; ++i) {
      text += wrap_labelled("  " + catalog.verbs[i].name, catalog.verbs[i].sentence, columns, 13);
    }
  }
  text += "\nFlags of every verb\n" + labelled_rows(option_rows(catalog.globals), columns);
  text += "\nSTUDY is a spec file or a study folder; left out, the only study in studies/.\n";
  std::vector<std::string> exits;
  for (const ExitMeaning& exit : kExits) exits.push_back(fmt::format("{} {}", exit.code, exit.meaning));
  return text + wrap_labelled("", "Exit codes: " + join(exits, ", ") + ".", columns, 0);
}

std::string verb_help(const VerbEntry& verb, int columns) {
  std::string text = wrap_labelled("", verb.sentence, columns, 0);
  text += "\nUsage: " + verb_usage(verb) + "\n";
  if (!verb.positionals.empty()) {
    std::vector<LabelledRow> rows;
    for (const OptionEntry& positional : verb.positionals) {
      rows.push_back({positional_usage(positional), positional.sentence});
    }
    text += "\nArguments\n" + labelled_rows(rows, columns);
  }
  if (!verb.options.empty()) text += "\nOptions\n" + labelled_rows(option_rows(verb.options), columns);
  if (!verb.footer.empty()) text += "\n" + wrap_labelled("", verb.footer, columns, 0);
  return text;
}

}  // namespace hone
