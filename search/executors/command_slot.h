#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/process.h"
#include "search/executors/attempt.h"
#include "search/executors/auto_metrics.h"
#include "search/executors/group_guard.h"
#include "search/executors/last_words.h"
#include "search/executors/local_executor.h"
#include "search/executors/log_file.h"
#include "search/executors/metric_presets.h"
#include "search/executors/slot_runner.h"
#include "search/executors/tail_file.h"

namespace hone {

/// What all command slots of an executor share.
struct CommandSetup {
  std::vector<std::string> command;
  /// Names of the space and of values derived from it.
  std::set<std::string> parameters;
  /// The coordinator's environment with bounded threads and what the spec adds.
  std::map<std::string, std::string> environment;
  /// Working folder; empty = the trial's folder.
  std::filesystem::path folder;
  std::filesystem::path study_folder;
  std::string study_name;
  AttemptRules rules;
  /// metrics = "auto": whatever the script writes is found out.
  bool automatic = false;
  /// Loggers may have left files in the trial's folder: the command names it.
  bool names_folder = false;
  /// Regex or preset, and where it looks: on stdout, or in this file of the trial's folder.
  LineReader read_line;
  std::string metrics_file;
  /// Kills the groups of running commands when the coordinator dies.
  std::unique_ptr<GroupGuard> guard;
  std::unique_ptr<OomWatch> oom;
};

/// Throws Error("spec::bad-regex") and Error("spec::bad-placeholder").
CommandSetup make_command_setup(const ExperimentSpec& spec, const LocalExecutorOptions& options, AttemptRules rules);

/// argv and environment of a launch (trainers.md §9); `folder` is the trial's.
ProcessOptions command_process(const CommandSetup& setup, const Launch& launch, const std::filesystem::path& folder);

/// A slot that starts the user's command for every launch.
class CommandSlot : public SlotRunner {
 public:
  /// `setup` and `events` must outlive the slot. Its commands see the GPU of this name alone; empty: as hone does.
  CommandSlot(const CommandSetup& setup, std::vector<int> cores, std::string gpu, EventQueue& events);
  /// Kills what runs.
  ~CommandSlot() override;

  void start(const Launch& launch) override;
  void stop(StopReason reason, MonotonicTime now) override;
  bool is_free() const override { return !run_ && !unusable_; }
  std::optional<std::int64_t> trial() const override;
  void watch(std::vector<pollfd>& watched) const override;
  std::optional<MonotonicTime> next_time() const override;
  void advance(MonotonicTime now) override;
  void kill() override;

 private:
  /// A command that runs, with all that is read from it.
  struct Run {
    /// Made before the process starts, so that the files it follows are known as they were.
    Run(Attempt attempt_in, const CommandSetup& setup);

    Attempt attempt;
    ChildProcess process;
    LineBuffer stdout_lines;
    LineBuffer report_lines;
    LogFile stdout_log;
    LogFile stderr_log;
    LastWords last_words;
    TailFile report_file;
    std::optional<TailFile> metrics_file;
    AutoMetrics found;
    std::filesystem::file_time_type started;
  };

  void read(MonotonicTime now);
  void take_report(std::string_view text, MonotonicTime now);
  void take_output(std::string_view text, MonotonicTime now);
  void take_metrics(std::string_view text, MonotonicTime now);
  void take_found(MetricSource source, ReportLine line, MonotonicTime now);
  void finish_found(MonotonicTime now);
  void finish(const ExitStatus& status, MonotonicTime now);
  void climb(MonotonicTime now);
  void forget_run();

  const CommandSetup& setup_;
  std::vector<int> cores_;
  std::string gpu_;
  EventQueue& events_;
  /// Tells of changes in the trial's folder: report and metrics files.
  FileDescriptor inotify_;
  int folder_watch_ = -1;
  std::optional<Run> run_;
  bool unusable_ = false;
};

}  // namespace hone
