#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "core/error.h"

namespace CLI {
class App;
}

namespace hone {

/// What a verb does once its arguments are known.
using Action = std::function<ExitCode(Console& console)>;

/// One verb of the program; cli/commands/<name>.cpp holds it.
struct Verb {
  std::string_view name;
  std::string_view group;
  std::string_view sentence;
  /// Declares options and positionals on `app` and returns the action that reads them after parsing.
  Action (*declare)(CLI::App& app);
  /// The same where a command may stand behind `--`: its words, which are known from the start.
  Action (*declare_with_command)(CLI::App& app, const std::vector<std::string>& command) = nullptr;
};

/// The table kVerbs, in the order of --help.
std::span<const Verb> verbs();

Action declare_run(CLI::App& app);
Action declare_run(CLI::App& app, const std::vector<std::string>& command);
Action declare_ask_tell(CLI::App& app);
Action declare_check(CLI::App& app);
Action declare_check(CLI::App& app, const std::vector<std::string>& command);
Action declare_explain(CLI::App& app);
Action declare_emit(CLI::App& app);
Action declare_status(CLI::App& app);
Action declare_ls(CLI::App& app);
Action declare_show(CLI::App& app);
Action declare_best(CLI::App& app);
Action declare_pareto(CLI::App& app);
Action declare_logs(CLI::App& app);
Action declare_report(CLI::App& app);
Action declare_verify(CLI::App& app);
Action declare_space(CLI::App& app);
Action declare_confirm(CLI::App& app);
Action declare_export(CLI::App& app);
Action declare_simulate(CLI::App& app);
Action declare_predict(CLI::App& app);
Action declare_init(CLI::App& app);
Action declare_doctor(CLI::App& app);
Action declare_studies(CLI::App& app);
Action declare_data(CLI::App& app);
Action declare_completion(CLI::App& app);
Action declare_man(CLI::App& app);

}  // namespace hone
