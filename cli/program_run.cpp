#include "cli/program_run.h"

#include <poll.h>
#include <signal.h>

#include <chrono>
#include <vector>

#include "search/executors/streams.h"

namespace hone {

namespace {

constexpr std::size_t kMostBytes = 8U << 20;

void keep(FileDescriptor& pipe, std::string& text) {
  read_available(pipe, [&](std::string_view bytes) {
    if (text.size() < kMostBytes) text += bytes;
  });
}

}  // namespace

std::optional<FinishedProgram> run_to_end(ProcessOptions options, std::string input, double seconds) {
  options.pipe_stdin = !input.empty();
  options.pipe_report = false;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  ChildProcess child = spawn(options);
  FinishedProgram finished;
  for (;;) {
    if (child.stdin_pipe.open() && (!write_some(child.stdin_pipe.get(), input) || input.empty())) {
      child.stdin_pipe.close();
    }
    keep(child.stdout_pipe, finished.out);
    keep(child.stderr_pipe, finished.err);
    if (const auto status = try_reap(child)) {
      keep(child.stdout_pipe, finished.out);
      keep(child.stderr_pipe, finished.err);
      finished.status = *status;
      return finished;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) break;
    std::vector<pollfd> watched;
    watch_for_input(child.pidfd, watched);
    watch_for_input(child.stdout_pipe, watched);
    watch_for_input(child.stderr_pipe, watched);
    if (child.stdin_pipe.open()) watched.push_back({child.stdin_pipe.get(), POLLOUT, 0});
    poll(watched.data(), watched.size(), static_cast<int>(left));
  }
  signal_group(child, SIGKILL);
  pollfd gone{child.pidfd.get(), POLLIN, 0};
  poll(&gone, 1, 2000);
  try_reap(child);
  return std::nullopt;
}

}  // namespace hone
