#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "search/executors/attempt.h"
#include "search/executors/local_executor.h"
#include "search/executors/slot_runner.h"
#include "search/executors/worker_process.h"

namespace hone {

/// What all worker slots of an executor share.
struct WorkerSetup {
  std::filesystem::path worker;
  std::filesystem::path study_folder;
  AttemptRules rules;
  MakeBrief make_brief;
  int threads = 1;
  std::unique_ptr<OomWatch> oom;
};

/// A slot with a warm worker: started with the first launch, kept for 200 trials, replaced when it dies.
class WorkerSlot : public SlotRunner {
 public:
  /// `setup` and `events` must outlive the slot.
  WorkerSlot(const WorkerSetup& setup, std::vector<int> cores, EventQueue& events);
  /// Ends the worker: end of input, a little patience, SIGKILL.
  ~WorkerSlot() override;

  void start(const Launch& launch) override;
  void stop(StopReason reason, MonotonicTime now) override;
  bool is_free() const override { return !attempt_ && !unusable_; }
  std::optional<std::int64_t> trial() const override;
  void watch(std::vector<pollfd>& watched) const override;
  std::optional<MonotonicTime> next_time() const override;
  void advance(MonotonicTime now) override;
  void kill() override;

 private:
  void ensure_worker(MonotonicTime now);
  void take_line(const ReportLine& line, MonotonicTime now);
  void settle_unasked_stop(int code);
  void finish_job(int code, double work_seconds, MonotonicTime now);
  void finish_crashed(const ExitStatus& status, MonotonicTime now);
  void retire_worker();
  void read_worker(MonotonicTime now);
  void climb(MonotonicTime now);

  const WorkerSetup& setup_;
  std::vector<int> cores_;
  EventQueue& events_;
  std::unique_ptr<WorkerProcess> worker_;
  /// A recycled worker that is leaving.
  std::unique_ptr<WorkerProcess> leaving_;
  std::optional<Attempt> attempt_;
  /// What the worker itself said about the failure of this attempt.
  std::string diagnostic_;
  int trials_done_ = 0;
  /// It was told to terminate: it leaves after this trial.
  bool spent_ = false;
  int failed_starts_ = 0;
  bool unusable_ = false;
};

}  // namespace hone
