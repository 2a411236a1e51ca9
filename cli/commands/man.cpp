#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands/verb.h"
#include "cli/man_page.h"
#include "core/text.h"

namespace hone {

namespace {

ExitCode show_man_page(const std::string& name, Console& console) {
  const OptionCatalog catalog = option_catalog();
  if (name.empty()) {
    console.answer(man_page(catalog));
  } else if (const VerbEntry* verb = find_verb(catalog, name)) {
    console.answer(man_page(catalog, *verb));
  } else {
    std::vector<std::string> names;
    for (const VerbEntry& one : catalog.verbs) names.push_back(one.name);
    Diagnostic diagnostic;
    diagnostic.code = "usage::unknown-verb";
    diagnostic.message = fmt::format("unknown verb `{}`", without_controls(name));
    diagnostic.suggestion = suggestion_for(name, names);
    diagnostic.notes.push_back("help: hone --help");
    throw Error(diagnostic);
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_man(CLI::App& app) {
  auto verb = std::make_shared<std::string>();
  app.add_option("VERB", *verb, "the page of this verb, else that of hone");
  app.footer("The source of a manual page; to read it: hone man run | man -l -");
  return [verb](Console& console) { return show_man_page(*verb, console); };
}

}  // namespace hone
