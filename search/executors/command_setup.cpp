
#include <algorithm>
#include <cctype>
#include <chrono>
#include <utility>

#include "search/executors/command_slot.h"
#include "search/executors/command_template.h"
#include "search/executors/metric_regex.h"

namespace hone {
namespace {

constexpr std::string_view kFilePrefix = "file:";

/// HONE_PARAM_<NAME>: upper case, everything but letters and digits becomes `_`.
std::string variable_of(const std::string& parameter) {
  std::string name = "HONE_PARAM_";
  for (const char c : parameter) {
    const auto byte = static_cast<unsigned char>(c);
    name += byte < 128 && std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return name;
}

std::string unix_seconds_after(double seconds) {
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  return std::to_string(static_cast<std::int64_t>(now + seconds));
}

/// The coordinator's own environment without what an outer hone said about its trial.
std::map<std::string, std::string> base_environment() {
  std::map<std::string, std::string> environment = current_environment();
  std::erase_if(environment,
                [](const auto& entry) { return entry.first.starts_with("HONE_") && entry.first != "HONE_WORKER"; });
  return environment;
}

bool names_folder(const std::vector<std::string>& command) {
  return std::any_of(command.begin(), command.end(), [](const std::string& element) {
    return element.find("{folder}") != std::string::npos || element.find("{checkpoint}") != std::string::npos;
  });
}

}  // namespace

CommandSetup make_command_setup(const ExperimentSpec& spec, const LocalExecutorOptions& options, AttemptRules rules) {
  check_command(spec.trainer.command);
  CommandSetup setup;
  setup.command = spec.trainer.command;
  for (const ParameterSpec& parameter : spec.space) setup.parameters.insert(parameter.name);
  for (const auto& [name, expression] : spec.constraints.derive) setup.parameters.insert(name);
  setup.environment = base_environment();
  bound_threads(setup.environment, static_cast<int>(spec.resources.cpus_per_trial));
  setup.environment["PYTHONUNBUFFERED"] = "1";
  for (const auto& [name, value] : spec.trainer.env) setup.environment[name] = value;
  if (spec.trainer.cwd != "{folder}") setup.folder = options.spec_folder / spec.trainer.cwd;
  setup.study_folder = options.study_folder;
  setup.study_name = options.study_name;
  setup.rules = std::move(rules);
  setup.guard = std::make_unique<GroupGuard>();
  setup.oom = std::make_unique<OomWatch>();
  const CommandMetrics& metrics = spec.trainer.metrics;
  setup.automatic = metrics.from == "auto";
  setup.names_folder = spec.trainer.cwd == "{folder}" || names_folder(spec.trainer.command);
  if (metrics.from == "report" || setup.automatic) return setup;
  if (!metrics.preset.empty()) {
    setup.read_line = make_preset(metrics.preset, spec.objectives.front().metric);
  } else {
    const auto regex = std::make_shared<const MetricRegex>(metrics.regex);
    setup.read_line = [regex](std::string_view line) { return regex->match(line); };
  }
  if (metrics.from.starts_with(kFilePrefix)) setup.metrics_file = metrics.from.substr(kFilePrefix.size());
  return setup;
}

ProcessOptions command_process(const CommandSetup& setup, const Launch& launch, const std::filesystem::path& folder) {
  const std::string params_file = (folder / "params.json").string();
  // One name for all attempts: a script may simply go on from the file if it is there.
  const std::string checkpoint = (folder / "checkpoint").string();
  const std::string budget = launch.budget > 0 ? to_text(launch.budget) : "";
  TemplateValues values;
  values.declared = setup.parameters;
  values.params = launch.params;
  values.built_in = {{"params_file", params_file}, {"seed", std::to_string(launch.seed)},
                     {"budget", budget},           {"trial", std::to_string(launch.trial)},
                     {"folder", folder.string()},  {"checkpoint", checkpoint}};

  ProcessOptions process;
  process.argv = expand_command(setup.command, values);
  process.folder = setup.folder.empty() ? folder : setup.folder;
  process.environment = setup.environment;
  auto& environment = process.environment;
  environment["HONE_PROTOCOL"] = std::to_string(kProtocolVersion);
  environment["HONE_STUDY"] = setup.study_name;
  environment["HONE_TRIAL"] = std::to_string(launch.trial);
  environment["HONE_ATTEMPT"] = std::to_string(launch.attempt);
  environment["HONE_SEED"] = std::to_string(launch.seed);
  if (!budget.empty()) environment["HONE_BUDGET"] = budget;
  environment["HONE_PARAMS"] = params_file;
  for (const auto& [name, value] : launch.params) environment[variable_of(name)] = to_text(value);
  environment["HONE_FOLDER"] = folder.string();
  environment["HONE_CHECKPOINT"] = checkpoint;
  environment["HONE_RESUME"] = launch.resume.empty() ? "" : (folder / launch.resume).string();
  environment["HONE_REPORT_FD"] = std::to_string(kReportFd);
  environment["HONE_REPORT"] = (folder / ("report." + std::to_string(launch.attempt) + ".jsonl")).string();
  environment["HONE_STOP_FILE"] = (folder / "stop").string();
  if (setup.rules.timeout) environment["HONE_DEADLINE"] = unix_seconds_after(*setup.rules.timeout);
  return process;
}

}  // namespace hone
