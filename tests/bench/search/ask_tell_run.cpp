#include "tests/bench/search/ask_tell_run.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/files.h"
#include "core/process.h"

namespace hone {
namespace {

using nlohmann::json;

/// A value as TOML writes it: JSON's text but for doubles, which keep a point.
std::string toml_of(const ParamValue& value) {
  const json written = to_json_value(value);
  return written.dump();
}

std::string parameter_line(const ParameterSpec& parameter) {
  constexpr const char* kTypes[] = {"float", "int", "bool", "categorical", "ordinal"};
  std::string line = fmt::format("{} = {{type = \"{}\"", parameter.name, kTypes[static_cast<int>(parameter.type)]);
  if (parameter.low) line += fmt::format(", low = {}", toml_of(*parameter.low));
  if (parameter.high) line += fmt::format(", high = {}", toml_of(*parameter.high));
  if (parameter.log == LogScale::natural) line += ", log = true";
  if (!parameter.choices.empty()) {
    line += ", choices = [";
    for (const ParamValue& choice : parameter.choices) line += toml_of(choice) + ", ";
    line += "]";
  }
  if (!parameter.when.empty()) line += fmt::format(", when = {}", json(parameter.when).dump());
  return line + "}\n";
}

std::string spec_text(const ExperimentSpec& spec) {
  std::string text = fmt::format("study = {{name = \"bench\", seed = {}}}\nbudget = {{trials = {}}}\n", spec.study.seed,
                                 *spec.budget.trials);
  text += fmt::format("sampler = {{kind = \"{}\"}}\nscheduler = {{kind = \"none\"}}\n", spec.sampler.kind);
  for (const ObjectiveSpec& objective : spec.objectives) {
    text += fmt::format("[[objective]]\nmetric = \"{}\"\ngoal = \"{}\"\n", objective.metric,
                        objective.goal == Goal::minimize ? "minimize" : "maximize");
  }
  text += "[space]\n";
  for (const ParameterSpec& parameter : spec.space) text += parameter_line(parameter);
  return text;
}

/// The process at the other end of the lines.
class Client {
 public:
  explicit Client(const ProcessOptions& options) : child_(spawn(options)) { receive(); }
  ~Client() {
    child_.stdin_pipe.close();
    signal_group(child_, SIGTERM);
    while (!try_reap(child_)) ::poll(nullptr, 0, /*milliseconds=*/1);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// A request is shorter than a pipe holds.
  json call(const json& request) {
    const std::string line = request.dump() + "\n";
    if (::write(child_.stdin_pipe.get(), line.data(), line.size()) != std::ssize(line)) {
      throw Error("bench::ask-tell", "hone ask-tell takes no more lines");
    }
    json answer = receive();
    if (answer.contains("error")) throw Error("bench::ask-tell", answer.at("error").dump());
    return answer;
  }

 private:
  json receive() {
    std::size_t end = buffer_.find('\n');
    while (end == std::string::npos) {
      pollfd wait = {child_.stdout_pipe.get(), POLLIN, 0};
      ::poll(&wait, 1, /*milliseconds=*/-1);
      char bytes[4096];
      const ssize_t count = ::read(child_.stdout_pipe.get(), bytes, sizeof bytes);
      if (count <= 0) throw Error("bench::ask-tell", "hone ask-tell ended");
      buffer_.append(bytes, static_cast<std::size_t>(count));
      end = buffer_.find('\n');
    }
    const json answer = json::parse(buffer_.substr(0, end));
    buffer_.erase(0, end + 1);
    return answer;
  }

  ChildProcess child_;
  std::string buffer_;
};

}  // namespace

Run run_through_ask_tell(const BenchmarkProblem& problem, const RunOptions& options, const std::filesystem::path& hone,
                         const std::filesystem::path& folder) {
  const ExperimentSpec spec = spec_of(problem, options);
  write_file(folder / "space.toml", spec_text(spec));
  ProcessOptions process;
  process.argv = {hone.string(), "ask-tell", "space.toml"};
  process.environment = current_environment();
  process.folder = folder;
  process.pipe_stdin = true;
  process.pipe_report = false;
  Client client(process);
  Run run;
  std::int64_t request = 0;
  while (std::ssize(run.trials) < options.trials) {
    const json answer = client.call({{"id", ++request}, {"op", "ask"}, {"n", 1}});
    if (answer.at("trials").empty()) break;
    const json& asked = answer.at("trials").at(0);
    RunTrial trial;
    trial.id = asked.at("trial").get<std::int64_t>();
    trial.params = params_from_json(asked.at("params"));
    trial.truth = problem.evaluate(trial.params);
    trial.told = trial.truth;
    json metrics;
    for (std::size_t i = 0; i < trial.told.size(); ++i) metrics[spec.objectives[i].metric] = trial.told[i];
    client.call({{"id", ++request},
                 {"op", "finish"},
                 {"trial", trial.id},
                 {"attempt", asked.at("attempt")},
                 {"state", "completed"},
                 {"metrics", metrics}});
    run.trials.push_back(std::move(trial));
  }
  return run;
}

}  // namespace hone
