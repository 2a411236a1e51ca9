#include "cli/option_catalog.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/commands/verb.h"
#include "cli/global_options.h"
#include "core/text.h"

namespace hone {

namespace {

bool has_upper(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The words of an option: those of a type written `a|b`, else those its check lists, `TYPE:{a,b}`.
std::vector<std::string> choices_of(const std::string& type, const std::string& checks) {
  if (type.find('|') != std::string::npos && !has_upper(type)) return split(type, '|');
  if (checks.size() > 2 && checks.front() == '{' && checks.back() == '}') {
    return split(checks.substr(1, checks.size() - 2), ',');
  }
  return {};
}

OptionEntry entry_of(const CLI::Option& option) {
  OptionEntry entry;
  const std::string full = option.get_type_name();
  const std::size_t colon = full.find(':');
  const std::string type = full.substr(0, colon);
  entry.choices = choices_of(type, colon == std::string::npos ? "" : full.substr(colon + 1));
  entry.sentence = option.get_description();
  entry.required = option.get_required();
  entry.repeated = option.get_expected_max() > 1;
  if (option.get_positional()) {
    const bool is_named = type != "TEXT" && type != "INT" && type != "UINT" && type != "FLOAT";
    entry.names = {is_named ? type : option.get_name(/*positional=*/true)};
    entry.takes_word = true;
  } else {
    for (const std::string& name : option.get_snames()) entry.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
    entry.takes_word = option.get_items_expected_min() > 0;
    entry.value = entry.takes_word && !entry.choices.empty() ? join(entry.choices, "|") : type;
  }
  return entry;
}

}  // namespace

OptionCatalog option_catalog() {
  OptionCatalog catalog;
  GlobalOptions globals;
  CLI::App program;
  program.set_help_flag();
  declare_globals(program, globals);
  for (const CLI::Option* option : program.get_options()) catalog.globals.push_back(entry_of(*option));
  for (const Verb& verb : verbs()) {
    CLI::App app;
    app.set_help_flag();
    const Action action = verb.declare(app);  // owns what the options are bound to
    VerbEntry entry{std::string(verb.name), std::string(verb.group), std::string(verb.sentence), {}, {}, {}};
    for (const CLI::Option* option : app.get_options()) {
      (option->get_positional() ? entry.positionals : entry.options).push_back(entry_of(*option));
    }
    entry.footer = app.get_footer();
    catalog.verbs.push_back(std::move(entry));
  }
  return catalog;
}

const VerbEntry* find_verb(const OptionCatalog& catalog, const std::string& name) {
  for (const VerbEntry& verb : catalog.verbs) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

std::string option_usage(const OptionEntry& option) {
  std::string text = join(option.names, ", ");
  if (option.value.empty()) return text;
  return text + (option.value.front() == '[' ? "" : " ") + option.value;
}

std::string positional_usage(const OptionEntry& positional) {
  std::string text = positional.choices.empty() ? positional.names.front() : join(positional.choices, "|");
  if (positional.repeated) text += "…";
  return positional.required ? text : "[" + text + "]";
}

std::string verb_usage(const VerbEntry& verb) {
  std::string text = "hone " + verb.name;
  if (!verb.options.empty()) text += " [flags]";
  for (const OptionEntry& positional : verb.positionals) text += " " + positional_usage(positional);
  return text;
}

}  // namespace hone
