#include "search/executors/local_executor.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/process.h"
#include "search/executors/command_slot.h"
#include "search/executors/slots.h"
#include "search/executors/worker_slot.h"

namespace hone {
namespace {

using Milliseconds = std::chrono::milliseconds;

AttemptRules rules_of(const ExperimentSpec& spec, bool watches_stop) {
  AttemptRules rules;
  for (const ObjectiveSpec& objective : spec.objectives) rules.objectives.push_back(objective.metric);
  rules.timeout = spec.resources.timeout;
  rules.stall = spec.resources.stall;
  rules.soft_grace = watches_stop ? spec.resources.soft_grace : 0;
  rules.grace = spec.resources.grace;
  return rules;
}

/// Time until `end`, rounded up so that a timer is due when poll() returns.
int poll_milliseconds(MonotonicTime now, MonotonicTime end) {
  const auto left = std::chrono::ceil<Milliseconds>(end - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

class LocalExecutor : public Executor {
 public:
  LocalExecutor(const ExperimentSpec& spec, const LocalExecutorOptions& options, MakeBrief make_brief);
  /// Ends the workers and kills whatever a trial has left behind.
  ~LocalExecutor() override;

  int free_slots() const override;
  void start(const Launch& launch) override;
  void stop(std::int64_t trial, StopReason reason) override;
  std::optional<ExecutorEvent> wait(Milliseconds wait) override;
  void kill_all() override;

 private:
  std::optional<ExecutorEvent> take_event();
  void collect(std::vector<pollfd>& watched, std::vector<std::size_t>& ends, MonotonicTime& wake) const;

  WorkerSetup worker_setup_;
  CommandSetup command_setup_;
  EventQueue events_;
  std::vector<std::unique_ptr<SlotRunner>> slots_;
};

LocalExecutor::LocalExecutor(const ExperimentSpec& spec, const LocalExecutorOptions& options, MakeBrief make_brief) {
  become_subreaper();
  const bool is_command = spec.trainer.kind == "command";
  const int per_slot = static_cast<int>(spec.resources.cpus_per_trial);
  if (is_command) {
    command_setup_ = make_command_setup(spec, options, rules_of(spec, spec.trainer.watches_stop));
  } else {
    worker_setup_.worker = options.worker;
    worker_setup_.study_folder = options.study_folder;
    worker_setup_.rules = rules_of(spec, true);
    worker_setup_.make_brief = std::move(make_brief);
    worker_setup_.threads = per_slot;
    worker_setup_.oom = std::make_unique<OomWatch>();
  }
  const std::vector<int> usable = usable_cores();
  // A trial on a GPU reads its data beside it: it gets its share of the cores.
  const int share = options.gpus.empty() ? 0 : static_cast<int>(usable.size()) / options.slots;
  for (std::vector<int>& cores : divide_cores(usable, options.slots, std::max(per_slot, share))) {
    const std::string gpu = options.gpus.empty() ? "" : options.gpus[slots_.size() % options.gpus.size()];
    if (is_command)
      slots_.push_back(std::make_unique<CommandSlot>(command_setup_, std::move(cores), gpu, events_));
    else
      slots_.push_back(std::make_unique<WorkerSlot>(worker_setup_, std::move(cores), events_));
  }
}

LocalExecutor::~LocalExecutor() {
  slots_.clear();
  command_setup_.guard.reset();
  kill_remaining_children();
}

int LocalExecutor::free_slots() const {
  return static_cast<int>(
      std::count_if(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->is_free(); }));
}

void LocalExecutor::start(const Launch& launch) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(), [](const auto& each) { return each->is_free(); });
  if (slot != slots_.end()) (*slot)->start(launch);
}

void LocalExecutor::stop(std::int64_t trial, StopReason reason) {
  for (const auto& slot : slots_)
    if (slot->trial() == trial) slot->stop(reason, monotonic_now());
}

std::optional<ExecutorEvent> LocalExecutor::take_event() {
  if (events_.empty()) return std::nullopt;
  ExecutorEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

/// Descriptors of all slots one after the other; slot i's end before ends[i]. `wake` becomes the nearest timer.
void LocalExecutor::collect(std::vector<pollfd>& watched, std::vector<std::size_t>& ends, MonotonicTime& wake) const {
  watched.clear();
  ends.clear();
  for (const auto& slot : slots_) {
    slot->watch(watched);
    ends.push_back(watched.size());
    if (const auto time = slot->next_time()) wake = std::min(wake, *time);
  }
}

std::optional<ExecutorEvent> LocalExecutor::wait(Milliseconds wait) {
  const MonotonicTime end = monotonic_now() + wait;
  std::vector<pollfd> watched;
  std::vector<std::size_t> ends;
  for (MonotonicTime now = monotonic_now(); events_.empty(); now = monotonic_now()) {
    MonotonicTime wake = end;
    collect(watched, ends, wake);
    const int ready = poll(watched.data(), watched.size(), poll_milliseconds(now, wake));
    if (ready < 0 && errno == EINTR) return std::nullopt;  // a signal: let the driver look
    now = monotonic_now();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < slots_.size(); begin = ends[i++]) {
      const bool has_input = std::any_of(watched.begin() + static_cast<std::ptrdiff_t>(begin),
                                         watched.begin() + static_cast<std::ptrdiff_t>(ends[i]),
                                         [](const pollfd& entry) { return entry.revents != 0; });
      const auto time = slots_[i]->next_time();
      if (has_input || (time && *time <= now)) slots_[i]->advance(now);
    }
    if (now >= end) break;
  }
  return take_event();
}

void LocalExecutor::kill_all() {
  for (const auto& slot : slots_) slot->kill();
  events_.clear();
}

}  // namespace

std::unique_ptr<Executor> make_local_executor(const ExperimentSpec& spec, const LocalExecutorOptions& options,
                                              MakeBrief make_brief) {
  return std::make_unique<LocalExecutor>(spec, options, std::move(make_brief));
}

}  // namespace hone
