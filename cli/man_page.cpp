#include "cli/man_page.h"

#include <fmt/format.h>

#include "cli/help.h"
#include "core/text.h"
#include "core/version.h"

namespace hone {

namespace {

/// Text that man takes literally.
std::string roff(std::string_view text) {
  std::string result;
  if (!text.empty() && (text.front() == '.' || text.front() == '\'')) result += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '`') {
      result += "\\(ga";
    } else {
      result += c;
    }
  }
  return result;
}

std::string head(const std::string& name, std::string_view sentence) {
  return fmt::format(
      "'\\\" -*- coding: UTF-8 -*-\n.TH \"{}\" 1 \"\" \"hone {}\" \"hone\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n",
      roff(name), version(), roff(name), roff(sentence));
}

std::string tagged(const std::string& tag, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(tag), roff(text));
}

std::string option_lines(const std::vector<OptionEntry>& options) {
  std::string text;
  for (const OptionEntry& option : options) {
    text += tagged(option_usage(option), option.sentence + (option.repeated ? " (may be repeated)" : ""));
  }
  return text;
}

std::string exit_lines() {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitMeaning& exit : exit_meanings()) text += tagged(std::to_string(exit.code), exit.meaning);
  return text;
}

constexpr std::string_view kFiles =
    ".SH FILES\n"
    ".TP\n.I studies/NAME\na study: its store study.db, the resolved spec, trials, models and report\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B HONE_WORKER\nthe hone\\-worker to use instead of the one beside hone\n"
    ".TP\n.B HONE_COLOR, HONE_PROGRESS\nauto, always or never, where \\-\\-color and \\-\\-progress say nothing\n"
    ".TP\n.B NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR\nas everywhere\n";

}  // namespace

std::string man_page(const OptionCatalog& catalog) {
  std::string text = head("hone", "search, train, compress and report from one TOML spec");
  text += ".B hone\n.RI [ flags ]\n.I VERB\n.RI [ arguments ]\n.SH DESCRIPTION\n";
  text += roff(
      "You write one TOML file; hone searches it, trains the candidates side by side, compresses the winner within "
      "limits and reports. The same command resumes after any interruption. hone explain shows what can be written.");
  text += "\n";
  for (std::size_t i = 0; i < catalog.verbs.size();) {
    const std::string& group = catalog.verbs[i].group;
    text += fmt::format(".SS {}\n", roff(group));
    for (; i < catalog.verbs.size() && catalog.verbs[i].group == group; ++i) {
      text += tagged(catalog.verbs[i].name, catalog.verbs[i].sentence);
    }
  }
  text += ".SH OPTIONS\nof every verb, before or behind it\n" + option_lines(catalog.globals);
  text += kFiles;
  text += exit_lines() + ".SH SEE ALSO\n";
  std::vector<std::string> pages;
  for (const VerbEntry& verb : catalog.verbs) pages.push_back(fmt::format("\\fB{}\\fR(1)", roff("hone-" + verb.name)));
  return text + join(pages, ", ") + "\n";
}

std::string man_page(const OptionCatalog& catalog, const VerbEntry& verb) {
  std::string text = head("hone-" + verb.name, verb.sentence) + ".B " + roff(verb_usage(verb)) + "\n";
  if (!verb.positionals.empty()) {
    text += ".SH ARGUMENTS\n";
    for (const OptionEntry& positional : verb.positionals)
      text += tagged(positional_usage(positional), positional.sentence);
  }
  text += ".SH OPTIONS\n" + option_lines(verb.options) + ".SS of every verb\n" + option_lines(catalog.globals);
  if (!verb.footer.empty()) text += ".SH NOTES\n" + roff(verb.footer) + "\n";
  return text + exit_lines() + ".SH SEE ALSO\n\\fBhone\\fR(1)\n";
}

}  // namespace hone
