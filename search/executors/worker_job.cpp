#include "search/executors/worker_job.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/diagnostics.h"
#include "core/error.h"
#include "core/files.h"
#include "core/process.h"
#include "search/executors/worker_process.h"

namespace hone {
namespace {

constexpr int kInterruptMilliseconds = 50;
constexpr double kLeaveSeconds = 5;

/// What a job has said so far.
struct JobState {
  std::vector<Diagnostic> diagnostics;
  std::string result;
  std::optional<int> end;
};

Error missing_worker(const std::filesystem::path& path, const std::string& remedy) {
  return Error("worker::missing", fmt::format("there is no worker program `{}`: {}", path.string(), remedy), {},
               ExitCode::missing_part);
}

/// Kills the worker when the job is left by an exception; else waits until it has gone.
class WorkerGuard {
 public:
  explicit WorkerGuard(WorkerProcess& worker) : worker_(worker) {}
  WorkerGuard(const WorkerGuard&) = delete;
  WorkerGuard& operator=(const WorkerGuard&) = delete;
  ~WorkerGuard() {
    if (ended_) return;
    worker_.signal(SIGKILL);
    std::vector<pollfd> watched;
    worker_.watch(watched);
    poll(watched.data(), 1, static_cast<int>(kLeaveSeconds * 1000));  // the first one is the pidfd
    worker_.try_end();
  }
  void has_ended() { ended_ = true; }

 private:
  WorkerProcess& worker_;
  bool ended_ = false;
};

void take_line(const ReportLine& line, JobState& state, const std::function<void(const ReportLine&)>& on_line) {
  if (line.end) {
    state.end = line.end;
    return;
  }
  if (!line.diagnostic.empty())
    state.diagnostics.push_back(diagnostic_from_json(nlohmann::json::parse(line.diagnostic)));
  if (!line.result.empty()) state.result = line.result;
  on_line(line);
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics)
    if (diagnostic.severity == Severity::error) return true;
  return false;
}

std::string describe(const ExitStatus& status) {
  return status.signal != 0 ? fmt::format("killed by signal {}", status.signal)
                            : fmt::format("exit code {}", status.code);
}

[[noreturn]] void throw_failure(const std::string& job, const JobState& state, const std::optional<ExitStatus>& status,
                                const std::string& last_words) {
  if (has_error(state.diagnostics)) throw Error(state.diagnostics);
  std::string why = "no result";
  if (state.end == static_cast<int>(TrialExit::out_of_memory))
    why = "out of memory";
  else if (state.end && *state.end != 0)
    why = fmt::format("code {}", *state.end);
  else if (status && !state.end)
    why = describe(*status);
  throw Error(
      "worker::failed",
      fmt::format("the job `{}` failed in the worker ({}){}{}", job, why, last_words.empty() ? "" : ": ", last_words),
      {}, ExitCode::bug);
}

/// One attempt; nothing when a signal ended the worker and `once_more` may follow.
std::optional<nlohmann::json> attempt_job(const std::filesystem::path& worker, const nlohmann::json& brief, int threads,
                                          const std::function<void(const ReportLine&)>& on_line,
                                          const std::function<bool()>& interrupted, bool once_more) {
  const std::filesystem::path folder = brief.at("folder").get<std::string>();
  WorkerProcess process(worker, folder, {}, threads, monotonic_now());
  WorkerGuard guard(process);
  process.send(brief.dump());

  JobState state;
  std::optional<ExitStatus> status;
  std::optional<MonotonicTime> leave_limit;
  const auto read = [&] {
    process.read(
        monotonic_now(), [&](const ReportLine& line) { take_line(line, state, on_line); }, [](std::string_view) {});
  };
  std::vector<pollfd> watched;
  while (!status && !(leave_limit && monotonic_now() >= *leave_limit)) {
    if (interrupted()) throw Error("worker::interrupted", "interrupted", {}, ExitCode::interrupted);
    watched.clear();
    process.watch(watched);
    poll(watched.data(), watched.size(), kInterruptMilliseconds);
    read();
    if (state.end && !leave_limit) {
      process.close_input();
      leave_limit = after(monotonic_now(), kLeaveSeconds);
    }
    status = process.try_end();
  }
  if (status) {
    guard.has_ended();
    read();
    if (!process.ready() && status->signal == 0) throw process.start_error(*status);
  }
  const bool was_killed = !state.end && status && status->signal != 0;
  if (was_killed && once_more) return std::nullopt;
  if (state.end != 0 || state.result.empty()) {
    throw_failure(brief.at("job").get<std::string>(), state, status, process.last_words());
  }
  return nlohmann::json::parse(read_file(folder / state.result));
}

}  // namespace

std::filesystem::path find_worker() {
  if (const char* named = std::getenv("HONE_WORKER"); named != nullptr && *named != '\0') {
    if (access(named, X_OK) != 0) throw missing_worker(named, "HONE_WORKER must name an executable file");
    return std::filesystem::absolute(named);
  }
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const std::filesystem::path beside = folder / "hone-worker";
  for (const std::filesystem::path& place : {beside, folder.parent_path() / "lib/hone/hone-worker"}) {
    if (access(place.c_str(), X_OK) == 0) return place;
  }
  throw missing_worker(beside, "install the full package, build the target `hone-worker`, or name it by HONE_WORKER");
}

nlohmann::json run_worker_job(const std::filesystem::path& worker, const nlohmann::json& brief, int threads,
                              const std::function<void(const ReportLine&)>& on_line,
                              const std::function<bool()>& interrupted) {
  std::filesystem::create_directories(brief.at("folder").get<std::string>());
  if (auto result = attempt_job(worker, brief, threads, on_line, interrupted, /*once_more=*/true)) return *result;
  ReportLine note;
  note.note = fmt::format("the worker was killed; the job `{}` begins again", brief.at("job").get<std::string>());
  on_line(note);
  return *attempt_job(worker, brief, threads, on_line, interrupted, /*once_more=*/false);
}

}  // namespace hone
