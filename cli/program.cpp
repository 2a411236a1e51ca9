#include "cli/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "cli/commands/verb.h"
#include "core/diagnostics.h"
#include "core/text.h"
#include "core/version.h"

namespace hone {

namespace {

const std::map<std::string, When> kWhen = {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
const std::map<std::string, DiagnosticFormat> kDiagnosticFormats = {
    {"text", DiagnosticFormat::text}, {"json", DiagnosticFormat::json}, {"github", DiagnosticFormat::github}};

struct GlobalOptions {
  ConsoleOptions console;
  std::string folder;
  bool help = false;
  bool version = false;
};

/// Global flags that take a word after them.
constexpr std::string_view kFlagsWithWord[] = {"-C", "--color", "--progress", "--diagnostics"};

void declare_globals(CLI::App& app, GlobalOptions& globals) {
  app.add_option("-C", globals.folder, "work in this folder")->type_name("DIR");
  app.add_flag("-q", globals.console.quiet, "no progress, no hints");
  app.add_flag("-v", globals.console.verbose, "say more");
  app.add_option("--color", globals.console.color, "colours")
      ->transform(CLI::Transformer(kWhen))
      ->type_name("auto|always|never");
  app.add_option("--progress", globals.console.progress, "live progress")
      ->transform(CLI::Transformer(kWhen))
      ->type_name("auto|always|never");
  app.add_flag("--json", globals.console.json, "the answer as one JSON document");
  app.add_flag("--plain", globals.console.plain, "tab-separated rows, full precision");
  app.add_option("--diagnostics", globals.console.diagnostics, "form of errors and warnings")
      ->transform(CLI::Transformer(kDiagnosticFormats))
      ->type_name("text|json|github");
}

std::string overview() {
  std::string text =
      "hone searches, trains, compresses and reports from one TOML spec.\n\n"
      "Usage: hone [flags] VERB [arguments]\n";
  std::string_view group;
  for (const Verb& verb : verbs()) {
    if (verb.group != group) text += fmt::format("\n{}\n", verb.group);
    group = verb.group;
    text += fmt::format("  {:<9}{}\n", verb.name, verb.sentence);
  }
  text +=
      "\nFlags of every verb\n"
      "  -C DIR                            work in this folder\n"
      "  -q  -v                            say less, say more\n"
      "  --json  --plain                   the answer as JSON, as tab-separated rows\n"
      "  --color auto|always|never         colours\n"
      "  --progress auto|always|never      progress while running\n"
      "  --diagnostics text|json|github    form of errors and warnings\n"
      "  --version  --help                 hone VERB --help: the options of a verb\n"
      "\nSTUDY is a spec file or a study folder; left out, the only study in studies/.\n"
      "Exit codes: 0 done, 1 the answer is no, 2 the input is wrong, 7 study busy, 8 store damaged,\n"
      "9 too many failures, 10 a part is missing, 130 interrupted (the same command goes on).\n";
  return text;
}

/// The first argument that is neither a flag nor a flag's word.
std::optional<std::string> first_word(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (std::find(std::begin(kFlagsWithWord), std::end(kFlagsWithWord), arguments[i]) != std::end(kFlagsWithWord)) {
      ++i;
    } else if (arguments[i].empty() || arguments[i][0] != '-') {
      return arguments[i];
    }
  }
  return std::nullopt;
}

Error usage_error(const std::string& code, const std::string& message, const std::string& suggestion,
                  const std::string& help) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = message;
  diagnostic.suggestion = suggestion;
  diagnostic.notes.push_back("help: " + help);
  return Error(diagnostic);
}

void require_known_verb(const std::vector<std::string>& arguments) {
  const std::optional<std::string> word = first_word(arguments);
  if (!word) throw usage_error("usage::no-verb", "no verb was given", "", "hone --help");
  std::vector<std::string> names;
  for (const Verb& verb : verbs()) names.emplace_back(verb.name);
  if (std::find(names.begin(), names.end(), *word) != names.end()) return;
  throw usage_error("usage::unknown-verb", fmt::format("unknown verb `{}`", without_controls(*word)),
                    suggestion_for(*word, names), "hone --help");
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// CLI11's complaint in our form; for an unknown option with what was probably meant.
Error as_usage_error(const CLI::ParseError& error, const CLI::App& app, const CLI::App* verb,
                     const std::vector<std::string>& arguments) {
  const std::string help = verb != nullptr ? fmt::format("hone {} --help", verb->get_name()) : "hone --help";
  std::vector<std::string> names = option_names(app);
  if (verb != nullptr) {
    for (const std::string& name : option_names(*verb)) names.push_back(name);
  }
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (name.rfind("--", 0) != 0 || name == "--") continue;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return usage_error("usage::unknown-option", fmt::format("unknown option `{}`", without_controls(name)),
                       suggestion_for(name, names), help);
  }
  return usage_error("usage::arguments", without_controls(error.what()), "", help);
}

ExitCode parse_and_act(std::vector<std::string> arguments, Console& console) {
  GlobalOptions globals;
  CLI::App app("hone", "hone");
  app.set_help_flag();
  app.add_flag("-h,--help", globals.help);
  app.add_flag("--version", globals.version);
  declare_globals(app, globals);
  std::map<const CLI::App*, Action> actions;
  for (const Verb& verb : verbs()) {
    CLI::App* sub = app.add_subcommand(std::string(verb.name), std::string(verb.sentence));
    sub->set_help_flag();
    sub->fallthrough();
    actions[sub] = verb.declare(*sub);
  }

  const bool asks_about_all =
      !first_word(arguments) && std::any_of(arguments.begin(), arguments.end(), [](const std::string& argument) {
        return argument == "--help" || argument == "-h" || argument == "--version";
      });
  if (!asks_about_all) require_known_verb(arguments);
  // Help is asked for before required arguments are there.
  if (const auto word = first_word(arguments)) {
    const auto stop = std::find(arguments.begin(), arguments.end(), "--");
    if (std::find_if(arguments.begin(), stop,
                     [](const std::string& argument) { return argument == "--help" || argument == "-h"; }) != stop) {
      console.answer(app.get_subcommand(*word)->help("hone"));
      return ExitCode::ok;
    }
  }
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    throw as_usage_error(error, app, chosen.empty() ? nullptr : chosen.front(), arguments);
  }
  console.configure(globals.console);
  if (globals.version) {
    console.answer(fmt::format("hone {} ({})\n", version(), git_hash()));
    return ExitCode::ok;
  }
  if (globals.help) {
    console.answer(overview());
    return ExitCode::ok;
  }
  if (!globals.folder.empty()) {
    std::error_code failure;
    std::filesystem::current_path(globals.folder, failure);
    if (failure) {
      throw Error("usage::folder", fmt::format("-C {}: {}", without_controls(globals.folder), failure.message()));
    }
  }
  return actions.at(app.get_subcommands().front())(console);
}

}  // namespace

ExitCode run_program(std::vector<std::string> arguments, Console& console) {
  try {
    return parse_and_act(std::move(arguments), console);
  } catch (const Error& error) {
    console.diagnose(error.diagnostics());
    return error.exit_code();
  } catch (const std::exception& error) {
    Diagnostic diagnostic;
    diagnostic.code = "internal::bug";
    diagnostic.message = fmt::format("hone made a mistake: {}", error.what());
    diagnostic.notes.push_back(fmt::format("hone {} ({}); please report this", version(), git_hash()));
    console.diagnose({&diagnostic, 1});
    return ExitCode::bug;
  }
}

}  // namespace hone
