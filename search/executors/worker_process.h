#pragma once

#include <poll.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/process.h"
#include "core/protocol.h"
#include "search/executors/last_words.h"
#include "search/executors/line_buffer.h"
#include "search/executors/stop_ladder.h"

namespace hone {

/// One running `hone-worker`: briefs go in, lines come out; checks the greeting (core/protocol.h).
class WorkerProcess {
 public:
  /// Starts the worker in `folder`. Throws Error("worker::cannot-start", exit 10).
  WorkerProcess(const std::filesystem::path& program, const std::filesystem::path& folder,
                const std::vector<int>& cores, int threads, MonotonicTime now);

  /// Sends a brief, as soon as the worker has said hello.
  void send(const std::string& brief);
  /// No more briefs: the worker ends when it has done what it has.
  void close_input();
  /// It said hello with the right protocol.
  bool ready() const { return ready_; }
  /// When the greeting is overdue.
  MonotonicTime greeting_limit() const;

  using OnLine = std::function<void(const ReportLine&)>;
  using OnUnreadable = std::function<void(std::string_view)>;
  /// Takes in what has come. Throws Error("worker::mismatch", exit 10) when the greeting names another protocol and
  /// Error("worker::cannot-start", exit 10) when there was no greeting within a minute.
  void read(MonotonicTime now, const OnLine& on_line, const OnUnreadable& on_unreadable);
  /// How it ended, once it has; nothing of its group is left then. Call read() afterwards for what it last said.
  std::optional<ExitStatus> try_end();
  /// The error of a worker that ended with an exit code before it said hello.
  Error start_error(const ExitStatus& status) const;

  void watch(std::vector<pollfd>& watched) const;
  void signal(int number) const { signal_group(process_, number); }
  pid_t pid() const { return process_.pid; }
  std::string last_words() const { return last_words_.text(); }

 private:
  void take_greeting(const ReportLine& line);

  std::filesystem::path program_;
  ChildProcess process_;
  MonotonicTime started_;
  bool ready_ = false;
  std::string outgoing_;
  LineBuffer lines_;
  LastWords last_words_;
};

}  // namespace hone
