#include "tests/search/executor_scripts.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace hone {
namespace {

using namespace std::chrono_literals;

constexpr auto kLimit = 20s;

void write_script(const std::filesystem::path& path, const std::string& text) {
  write_file(path, text, Durability::renamed);
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

/// What the fake worker knows: `member NAME` puts a plain member of the brief into $VALUE.
constexpr const char* kWorkerFunctions = R"(#!/bin/sh
say() { printf '%s\n' "$1" >&3; }
tagged() { say "{\"trial\":$TRIAL,\"attempt\":$ATTEMPT,$1}"; }
member() { VALUE=${BRIEF#*\"$1\":}; VALUE=${VALUE#\"}; VALUE=${VALUE%%[,\"\}]*}; }
)";

std::string worker_text(const std::string& script, const std::string& greeting) {
  return kWorkerFunctions + ("say '" + greeting) + "'\nwhile read -r BRIEF; do\n" +
         "member trial; TRIAL=$VALUE; member attempt; ATTEMPT=$VALUE; member folder; FOLDER=$VALUE\n" + script +
         "\ndone\n";
}

}  // namespace

ScriptedStudy::ScriptedStudy() { std::filesystem::create_directory(folder() / "study"); }

LocalExecutorOptions ScriptedStudy::options(int slots) const {
  LocalExecutorOptions options;
  options.study_folder = folder() / "study";
  options.spec_folder = folder();
  options.study_name = "scripted";
  options.slots = slots;
  return options;
}

ExperimentSpec ScriptedStudy::command_spec(const std::string& script) const {
  write_script(folder() / "trainer", "#!/bin/sh\n" + script + "\n");
  ExperimentSpec spec;
  spec.objectives.push_back({});
  spec.objectives.back().metric = "loss";
  spec.trainer.kind = "command";
  spec.trainer.command = {"./trainer"};
  return spec;
}

std::unique_ptr<Executor> ScriptedStudy::command_executor(const ExperimentSpec& spec, int slots) const {
  return make_local_executor(spec, options(slots), nullptr);
}

ExperimentSpec ScriptedStudy::worker_spec() const {
  ExperimentSpec spec;
  spec.objectives.push_back({});
  spec.objectives.back().metric = "loss";
  spec.trainer.kind = "builtin";
  return spec;
}

std::filesystem::path ScriptedStudy::write_worker(const std::string& script, const std::string& greeting) const {
  const std::filesystem::path path = folder() / "fake-worker";
  write_script(path, worker_text(script, greeting));
  return path;
}

std::unique_ptr<Executor> ScriptedStudy::worker_executor(const ExperimentSpec& spec, const std::string& script,
                                                         int slots) const {
  LocalExecutorOptions with_worker = options(slots);
  with_worker.worker = write_worker(script);
  return make_local_executor(spec, with_worker, [](const Launch& launch) {
    nlohmann::json trial = {{"trial", launch.trial}, {"attempt", launch.attempt}};
    return nlohmann::json{{"job", "train"}, {"trials", {trial}}};
  });
}

std::filesystem::path ScriptedStudy::trial_folder(std::int64_t trial) const {
  return folder() / "study" / "trials" / std::to_string(trial);
}

std::string ScriptedStudy::trial_file(std::int64_t trial, const std::string& name) const {
  return read_file(trial_folder(trial) / name);
}

Launch launch_of(std::int64_t trial, std::int64_t attempt) {
  Launch launch;
  launch.trial = trial;
  launch.attempt = attempt;
  launch.seed = 7;
  launch.params = {{"lr", 0.1}, {"opt", std::string("adam")}};
  return launch;
}

Outcome ExecutorTrace::outcome() const {
  if (exits.size() == 1) return exits.front().outcome;
  Outcome none;
  none.message = "no exit";
  return none;
}

ExecutorTrace run_until(Executor& executor, std::size_t exits) {
  ExecutorTrace trace;
  const auto end = std::chrono::steady_clock::now() + kLimit;
  while (trace.exits.size() < exits && std::chrono::steady_clock::now() < end) {
    auto event = executor.wait(100ms);
    if (!event) continue;
    if (auto* report = std::get_if<LaunchReported>(&*event)) trace.reports.push_back(*report);
    if (auto* checkpoint = std::get_if<LaunchCheckpointed>(&*event)) trace.checkpoints.push_back(*checkpoint);
    if (auto* exited = std::get_if<LaunchExited>(&*event)) trace.exits.push_back(*exited);
  }
  return trace;
}

ExecutorTrace run_one(Executor& executor, const Launch& launch) {
  executor.start(launch);
  return run_until(executor, 1);
}

LaunchReported wait_for_report(Executor& executor) {
  const auto end = std::chrono::steady_clock::now() + kLimit;
  while (std::chrono::steady_clock::now() < end) {
    const auto event = executor.wait(100ms);
    if (event)
      if (const auto* report = std::get_if<LaunchReported>(&*event)) return *report;
  }
  throw std::runtime_error("no report came");
}

}  // namespace hone
