#include "search/executors/worker_process.h"

#include <fmt/format.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/version.h"
#include "search/executors/streams.h"

namespace hone {
namespace {

/// Our own worker's lines may be long: diagnostics quote what the user wrote.
constexpr std::size_t kLongestWorkerLine = 1 << 20;
constexpr double kGreetingSeconds = 60;

Error cannot_start(const std::filesystem::path& program, const std::string& reason) {
  return Error("worker::cannot-start", fmt::format("the worker `{}` cannot be started: {}", program.string(), reason),
               {}, ExitCode::missing_part);
}

ChildProcess spawn_worker(const std::filesystem::path& program, const std::filesystem::path& folder,
                          const std::vector<int>& cores, int threads) {
  // A worker that died must not take its coordinator along when a brief is written to it.
  ::signal(SIGPIPE, SIG_IGN);
  ProcessOptions options;
  options.argv = {program.string()};
  options.environment = current_environment();
  bound_threads(options.environment, threads);
  options.folder = folder;
  options.cores = cores;
  options.pipe_stdin = true;
  try {
    return spawn(options);
  } catch (const Error& error) {
    throw cannot_start(program, error.diagnostics().front().message);
  }
}

}  // namespace

WorkerProcess::WorkerProcess(const std::filesystem::path& program, const std::filesystem::path& folder,
                             const std::vector<int>& cores, int threads, MonotonicTime now)
    : program_(program),
      process_(spawn_worker(program, folder, cores, threads)),
      started_(now),
      lines_(kLongestWorkerLine) {}

void WorkerProcess::send(const std::string& brief) {
  outgoing_ += brief;
  outgoing_ += '\n';
  if (ready_ && !write_some(process_.stdin_pipe.get(), outgoing_)) outgoing_.clear();
}

void WorkerProcess::close_input() { process_.stdin_pipe.close(); }

void WorkerProcess::take_greeting(const ReportLine& line) {
  const nlohmann::json hello = nlohmann::json::parse(line.hello);
  const int protocol = hello.value("protocol", 0);
  if (protocol != kProtocolVersion)
    throw Error("worker::mismatch",
                fmt::format("the worker `{}` ({}) speaks protocol {}, hone {} speaks {}: build both from one source",
                            program_.string(), hello.value("version", "unknown version"), protocol, version(),
                            kProtocolVersion),
                {}, ExitCode::missing_part);
  ready_ = true;
  if (process_.stdin_pipe.open() && !write_some(process_.stdin_pipe.get(), outgoing_)) outgoing_.clear();
}

MonotonicTime WorkerProcess::greeting_limit() const { return after(started_, kGreetingSeconds); }

void WorkerProcess::read(MonotonicTime now, const OnLine& on_line, const OnUnreadable& on_unreadable) {
  read_available(process_.stdout_pipe, [](std::string_view) {});
  read_available(process_.stderr_pipe, [&](std::string_view bytes) { last_words_.add(bytes); });
  read_available(process_.report_pipe, [&](std::string_view bytes) {
    lines_.feed(bytes, [&](std::string_view text) {
      const std::optional<ReportLine> line = parse_report_line(text, kLongestWorkerLine);
      if (!line)
        on_unreadable(text);
      else if (!line->hello.empty())
        take_greeting(*line);
      else
        on_line(*line);
    });
  });
  if (ready_ && !outgoing_.empty() && !write_some(process_.stdin_pipe.get(), outgoing_)) outgoing_.clear();
  if (!ready_ && now >= greeting_limit())
    throw cannot_start(program_, fmt::format("it said nothing for {} s", kGreetingSeconds));
}

std::optional<ExitStatus> WorkerProcess::try_end() { return try_reap(process_); }

Error WorkerProcess::start_error(const ExitStatus& status) const {
  const std::string words = last_words();
  return cannot_start(program_,
                      fmt::format("it ended with exit code {}{}{}", status.code, words.empty() ? "" : ": ", words));
}

void WorkerProcess::watch(std::vector<pollfd>& watched) const {
  watch_for_input(process_.pidfd, watched);
  watch_for_input(process_.stdout_pipe, watched);
  watch_for_input(process_.stderr_pipe, watched);
  watch_for_input(process_.report_pipe, watched);
  if (ready_ && !outgoing_.empty() && process_.stdin_pipe.open())
    watched.push_back({process_.stdin_pipe.get(), POLLOUT, 0});
}

}  // namespace hone
