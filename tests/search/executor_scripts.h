#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/files.h"
#include "search/executors/executor.h"
#include "search/executors/local_executor.h"

namespace hone {

/// A study folder with scripts as trainers.
class ScriptedStudy {
 public:
  ScriptedStudy();

  /// A spec whose trainer is a shell script with this body; the objective is `loss`.
  ExperimentSpec command_spec(const std::string& script) const;
  /// Runs commands of `spec` in `slots` slots.
  std::unique_ptr<Executor> command_executor(const ExperimentSpec& spec, int slots = 1) const;

  /// A spec of a built-in trainer.
  ExperimentSpec worker_spec() const;
  /// An executor whose worker is a shell script that runs `script` for every brief. In it `say '{…}'` writes a line,
  /// `tagged '"loss":1'` one with trial and attempt, $TRIAL $ATTEMPT $FOLDER are the launch's.
  std::unique_ptr<Executor> worker_executor(const ExperimentSpec& spec, const std::string& script, int slots = 1) const;
  /// Writes that worker; `greeting` is its first line.
  std::filesystem::path write_worker(const std::string& script,
                                     const std::string& greeting = R"({"hello":{"version":"0","protocol":1}})") const;

  std::filesystem::path folder() const { return folder_.path(); }
  std::filesystem::path trial_folder(std::int64_t trial) const;
  std::string trial_file(std::int64_t trial, const std::string& name) const;

 private:
  LocalExecutorOptions options(int slots) const;

  TemporaryFolder folder_;
};

Launch launch_of(std::int64_t trial, std::int64_t attempt = 1);

/// Everything an executor said until `exits` launches had ended; gives up after 20 s.
struct ExecutorTrace {
  std::vector<LaunchReported> reports;
  std::vector<LaunchCheckpointed> checkpoints;
  std::vector<LaunchExited> exits;

  /// The only exit's outcome; an outcome with the message "no exit" when there is none.
  Outcome outcome() const;
};
ExecutorTrace run_until(Executor& executor, std::size_t exits);
/// Starts one launch and runs it to its end.
ExecutorTrace run_one(Executor& executor, const Launch& launch = launch_of(0));
/// The same until the first report.
LaunchReported wait_for_report(Executor& executor);

}  // namespace hone
