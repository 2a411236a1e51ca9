#include "cli/explain_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/option_tables.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {

namespace {

std::string type_text(const OptionInfo& option) {
  switch (option.form) {
    case FieldForm::duration:
      return "duration";
    case FieldForm::size:
      return "size";
    case FieldForm::share:
      return "share";
    case FieldForm::path:
      return "path";
    case FieldForm::sizes:
      return "[int]";
    case FieldForm::texts:
      return "[text]";
    case FieldForm::column:
      return "column name or number";
    case FieldForm::plain:
      break;
  }
  if (!option.limits.words.empty()) {
    std::vector<std::string> words(option.limits.words.begin(), option.limits.words.end());
    return join(words, " | ");
  }
  switch (option.type) {
    case OptionType::boolean:
      return "bool";
    case OptionType::integer:
      return "int";
    case OptionType::number:
      return "number";
    case OptionType::text:
      return "text";
    case OptionType::sizes:
      return "[int]";
    case OptionType::texts:
      return "[text]";
  }
  return "";
}

std::string range_text(const Limits& limits) {
  if (limits.low && limits.high) {
    return fmt::format("{} {} to {}", limits.above_low ? "above" : "from", format_short(*limits.low),
                       format_short(*limits.high));
  }
  if (limits.low) return fmt::format("{} {}", limits.above_low ? "above" : "from", format_short(*limits.low));
  if (limits.high) return "up to " + format_short(*limits.high);
  return "";
}

std::string option_lines(const OptionInfo& option, int columns, int indent) {
  std::string head =
      fmt::format("{}{} = {}", std::string(static_cast<std::size_t>(indent), ' '), option.name, option.default_text);
  std::string meaning = type_text(option);
  if (const std::string range = range_text(option.limits); !range.empty()) meaning += ", " + range;
  meaning += ": " + option.meaning + (option.limits.searchable ? " (may be searched)" : "");
  return wrap_labelled(head, "", columns, 0) +
         wrap_labelled(std::string(static_cast<std::size_t>(indent) + 4, ' '), meaning, columns, indent + 4);
}

std::string options_text(const std::vector<OptionInfo>& options, int columns, int indent) {
  std::string text;
  for (const OptionInfo& option : options) text += option_lines(option, columns, indent);
  return text;
}

std::string kind_text(const KindInfo& kind, int columns) {
  std::string text = wrap_labelled(kind.name, kind.sentence, columns, 14);
  return text + options_text(kind.options, columns, 2);
}

std::string kinds_text(const std::vector<KindInfo>& kinds, int columns) {
  std::string text;
  for (const KindInfo& kind : kinds) text += (text.empty() ? "" : "\n") + kind_text(kind, columns);
  return text;
}

const KindInfo* find_kind(const OptionTables& tables, const std::string& name) {
  for (const auto* kinds : {&tables.samplers, &tables.schedulers, &tables.families}) {
    for (const KindInfo& kind : *kinds) {
      if (kind.name == name) return &kind;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> topic_names() {
  std::vector<std::string> names = {"samplers", "schedulers", "models"};
  for (const std::string& name : section_names()) names.push_back(name);
  const OptionTables tables = option_tables();
  for (const auto* kinds : {&tables.samplers, &tables.schedulers, &tables.families}) {
    for (const KindInfo& kind : *kinds) {
      if (std::find(names.begin(), names.end(), kind.name) == names.end()) names.push_back(kind.name);
    }
  }
  return names;
}

std::string topics_text(int columns) {
  const OptionTables tables = option_tables();
  const auto names_of = [](const std::vector<KindInfo>& kinds) {
    std::vector<std::string> names;
    for (const KindInfo& kind : kinds) names.push_back(kind.name);
    return join(names, " ");
  };
  std::string text = "hone explain SPEC, hone explain CODE, or one of these:\n";
  text += wrap_labelled("  sections", join(section_names(), " "), columns, 14);
  text += wrap_labelled("  samplers", names_of(tables.samplers), columns, 14);
  text += wrap_labelled("  schedulers", names_of(tables.schedulers), columns, 14);
  text += wrap_labelled("  models", names_of(tables.families), columns, 14);
  return text;
}

std::optional<std::string> topic_text(const std::string& topic, int columns) {
  const OptionTables tables = option_tables();
  if (topic == "samplers") return kinds_text(tables.samplers, columns);
  if (topic == "schedulers") return kinds_text(tables.schedulers, columns);
  if (topic == "models") return kinds_text(tables.families, columns);
  for (const SectionInfo& section : section_infos()) {
    if (section.name != topic) continue;
    std::string text = wrap_labelled("[" + section.name + "]", section.sentence, columns, 14);
    text += options_text(section.options, columns, 2);
    if (topic == "trainer") text += "\nwith kind = \"builtin\"\n" + options_text(tables.trainer, columns, 2);
    return text;
  }
  if (const KindInfo* kind = find_kind(tables, topic)) return kind_text(*kind, columns);
  return std::nullopt;
}

TextTable defaults_table(const LoadedSpec& loaded) {
  TextTable table{{{"key", "value", "from"}}, {}};
  for (const SectionInfo& section : section_infos()) {
    if (section.name == "space" || section.name == "objective") continue;
    for (const OptionInfo& option : section.options) {
      const std::string path = section.name + "." + option.name;
      if (loaded.origins.count(path) > 0 || option.default_text == "required") continue;
      table.rows.push_back({path, option.default_text, "default"});
    }
  }
  return table;
}

}  // namespace hone
