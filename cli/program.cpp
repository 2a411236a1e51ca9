#include "cli/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/commands/verb.h"
#include "cli/global_options.h"
#include "cli/help.h"
#include "core/diagnostics.h"
#include "core/text.h"
#include "core/version.h"

namespace hone {

namespace {

/// Where there is no terminal.
constexpr int kHelpColumns = 100;

/// Global flags that take a word after them.
constexpr std::string_view kFlagsWithWord[] = {"-C", "--color", "--progress", "--diagnostics"};

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
    if (argument == "--") break;
    const std::string name = argument.substr(0, argument.find('='));
    if (name.rfind("--", 0) != 0) continue;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return usage_error("usage::unknown-option", fmt::format("unknown option `{}`", without_controls(name)),
                       suggestion_for(name, names), help);
  }
  return usage_error("usage::arguments", without_controls(error.what()), "", help);
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  const auto stop = std::find(arguments.begin(), arguments.end(), "--");
  return std::find_if(arguments.begin(), stop,
                      [](const std::string& argument) { return argument == "--help" || argument == "-h"; }) != stop;
}

/// Cuts off what stands behind `--` where the verb takes a command.
std::vector<std::string> take_command(std::vector<std::string>& arguments) {
  const auto stop = std::find(arguments.begin(), arguments.end(), "--");
  const std::optional<std::string> word = first_word({arguments.begin(), stop});
  const auto verb = std::find_if(verbs().begin(), verbs().end(), [&](const Verb& one) { return one.name == word; });
  if (stop == arguments.end() || verb == verbs().end() || verb->declare_with_command == nullptr) return {};
  std::vector<std::string> command(stop + 1, arguments.end());
  arguments.erase(stop, arguments.end());
  return command;
}

ExitCode parse_and_act(std::vector<std::string> arguments, Console& console) {
  const std::vector<std::string> command = take_command(arguments);
  const std::optional<std::string> word = first_word(arguments);
  const bool asks_about_all = !word && (asks_for_help(arguments) ||
                                        std::find(arguments.begin(), arguments.end(), "--version") != arguments.end());
  if (!asks_about_all) require_known_verb(arguments);
  // Help is asked for before required arguments are there.
  if (word && asks_for_help(arguments)) {
    console.answer(verb_help(*find_verb(option_catalog(), *word), console.answer_columns(kHelpColumns)));
    return ExitCode::ok;
  }
  GlobalOptions globals;
  CLI::App app("hone", "hone");
  app.set_help_flag();
  declare_globals(app, globals);
  CLI::App* sub = nullptr;
  Action action;
  // Only the verb that was typed: no argument of its is taken for another verb.
  for (const Verb& verb : verbs()) {
    if (word != verb.name) continue;
    sub = app.add_subcommand(std::string(verb.name), std::string(verb.sentence));
    sub->set_help_flag();
    sub->fallthrough();
    action = verb.declare_with_command != nullptr ? verb.declare_with_command(*sub, command) : verb.declare(*sub);
  }
  app.require_subcommand(0, 1);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    throw as_usage_error(error, app, sub, arguments);
  }
  console.configure(globals.console);
  if (globals.version) {
    console.answer(fmt::format("hone {} ({})\n", version(), git_hash()));
    return ExitCode::ok;
  }
  if (globals.help) {
    console.answer(overview_help(option_catalog(), console.answer_columns(kHelpColumns)));
    return ExitCode::ok;
  }
  if (!globals.folder.empty()) {
    std::error_code failure;
    std::filesystem::current_path(globals.folder, failure);
    if (failure) {
      throw Error("usage::folder", fmt::format("-C {}: {}", without_controls(globals.folder), failure.message()));
    }
  }
  return action(console);
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
