#include "cli/spec_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "cli/format.h"
#include "cli/option_tables.h"
#include "cli/trial_models.h"
#include "core/text.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCommandLine = "command line";

Error usage(const std::string& code, const std::string& message, const std::string& suggestion) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = message;
  diagnostic.suggestion = suggestion;
  diagnostic.notes.push_back("help: hone run --help");
  return Error(diagnostic);
}

/// "python3-train" for `python3 train.py`: program and, where an argument is a file, that file's stem.
std::string study_name_of(const std::vector<std::string>& command) {
  std::string name = fs::path(command.front()).stem().string();
  const auto script = std::find_if(command.begin() + 1, command.end(), [](const std::string& word) {
    std::error_code failure;
    return fs::is_regular_file(word, failure);
  });
  if (script != command.end()) name += "-" + fs::path(*script).stem().string();
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || c == '/' || c == '\\' || c == '{' || c == '}') c = '-';
  }
  name.erase(0, name.find_first_not_of('.'));
  return name.empty() ? "command" : name.substr(0, 100);
}

std::string objective_text(const std::string& metric, const char* goal) {
  return fmt::format("{{metric = {}, goal = \"{}\"}}", to_toml_value(metric), goal);
}

/// The objectives of --minimize and --maximize, as TOML.
std::vector<std::string> objectives_of(const SpecOptions& options) {
  std::vector<std::string> objectives;
  for (const std::string& metric : options.minimize) objectives.push_back(objective_text(metric, "minimize"));
  for (const std::string& metric : options.maximize) objectives.push_back(objective_text(metric, "maximize"));
  return objectives;
}

bool is_set(const SpecOptions& options, std::string_view section) {
  return !options.set_files.empty() || std::any_of(options.set.begin(), options.set.end(),
                                                   [&](const std::string& one) { return one.starts_with(section); });
}

/// The spec that the command line says, as a text that mistakes can be shown in.
std::string spec_text(const SpecOptions& options) {
  const std::vector<std::string> objectives = objectives_of(options);
  if (objectives.empty() && !is_set(options, "objective")) {
    throw usage("usage::no-objective", "a command needs to be told what is judged",
                "write --minimize METRIC or --maximize METRIC");
  }
  if (!options.trials && !is_set(options, "budget")) {
    throw usage("usage::no-budget", "a command needs to be told how much may be spent",
                "write --trials N, or --set 'budget.wall=\"30m\"'");
  }
  std::string text = fmt::format("study = {{name = {}}}\n", to_toml_value(study_name_of(options.command)));
  if (objectives.size() == 1) text += "objective = " + objectives.front() + "\n";
  if (objectives.size() > 1) text += "objective = [" + join(objectives, ", ") + "]\n";
  std::vector<std::string> words;
  for (const std::string& word : options.command) words.push_back(to_toml_value(word));
  return text + "[trainer]\nkind = \"command\"\ncommand = [" + join(words, ", ") + "]\n";
}

SpecOverrides overrides_of(const SpecOptions& options) {
  SpecOverrides overrides;
  overrides.set = options.set;
  overrides.set_files = options.set_files;
  overrides.unset = options.unset;
  const auto add = [&](const std::string& assignment) { overrides.set.push_back(assignment); };
  if (options.trials) add(fmt::format("budget.trials={}", *options.trials));
  if (options.slots) add(fmt::format("resources.slots={}", *options.slots));
  if (!options.name.empty()) add(fmt::format("study.name={}", to_toml_value(options.name)));
  return overrides;
}

/// The file's objective gives way to one of the command line.
void set_objective(SpecOptions& options) {
  const std::vector<std::string> objectives = objectives_of(options);
  if (!objectives.empty()) options.set.push_back("objective=[" + join(objectives, ", ") + "]");
}

LoadedSpec load_command(const SpecOptions& options, Console& console) {
  const std::string text = spec_text(options);
  console.know_source(kCommandLine, text);
  return load_spec_text(text, kCommandLine, fs::current_path(), option_tables(), overrides_of(options));
}

}  // namespace

void declare_spec_options(CLI::App& app, SpecOptions& options) {
  app.footer(
      "Instead of SPEC: -- COMMAND [ARGUMENT…], in which '{lr: 1e-5..1e-1 log}' and '{opt: adam|sgd}' are searched.");
  app.add_option("SPEC", options.file, "the spec file; or a command behind `--`");
  app.add_option("--minimize", options.minimize, "the objective: a metric that should be small")
      ->allow_extra_args(false)
      ->type_name("METRIC");
  app.add_option("--maximize", options.maximize, "the objective: a metric that should be large")
      ->allow_extra_args(false)
      ->type_name("METRIC");
  app.add_option("--set", options.set, "lay a value over the spec: --set budget.trials=10")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  app.add_option("--set-file", options.set_files, "lay a TOML file over the spec")
      ->allow_extra_args(false)
      ->type_name("FILE");
  app.add_option("--unset", options.unset, "take a key out of the spec")->allow_extra_args(false)->type_name("KEY");
  app.add_option("--trials", options.trials, "budget.trials")->type_name("N");
  app.add_option("--slots", options.slots, "resources.slots")->type_name("N");
  app.add_option("--new", options.name, "another study of this name")->type_name("NAME");
}

LoadedSpec load_spec(SpecOptions options, Console& console) {
  if (options.has_file() && !options.command.empty()) {
    throw usage("usage::arguments", "a spec file and a command behind `--` are two different studies",
                "leave one of them out");
  }
  if (!options.has_file() && options.command.empty()) {
    throw usage("usage::arguments", "neither a spec file nor a command was given",
                "write SPEC, or --minimize METRIC --trials N -- COMMAND");
  }
  if (options.has_file()) set_objective(options);
  LoadedSpec loaded = options.has_file() ? load_spec(options.file, option_tables(), overrides_of(options))
                                         : load_command(options, console);
  loaded.diagnostics.throw_if_errors();
  if (!options.quiet) console.diagnose(loaded.diagnostics.list());
  complete_fidelity(loaded.spec);
  if (!options.name.empty()) {
    // A folder that the spec names belongs to the old name.
    loaded.spec.study.folder = (fs::path(loaded.spec.study.folder).parent_path() / options.name).string();
  }
  return loaded;
}

std::string shell_word(const std::string& word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./=,:+%@").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::string flags_text(const SpecOptions& options) {
  std::string text;
  const auto add = [&](const char* flag, const std::string& value) {
    text += fmt::format(" {} {}", flag, shell_word(value));
  };
  for (const std::string& metric : options.minimize) add("--minimize", metric);
  for (const std::string& metric : options.maximize) add("--maximize", metric);
  for (const std::string& file : options.set_files) add("--set-file", file);
  for (const std::string& path : options.unset) add("--unset", path);
  for (const std::string& assignment : options.set) add("--set", assignment);
  if (options.trials) text += fmt::format(" --trials {}", *options.trials);
  if (options.slots) text += fmt::format(" --slots {}", *options.slots);
  return text;
}

}  // namespace hone
