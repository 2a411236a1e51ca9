#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hone {

/// A file descriptor that closes itself. Movable.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  int release();
  void close();

 private:
  int fd_ = -1;
};

struct ProcessOptions {
  /// argv[0] is looked up in PATH of `environment` when it has no slash. Never a shell.
  std::vector<std::string> argv;
  /// The whole environment of the child.
  std::map<std::string, std::string> environment;
  std::filesystem::path folder;
  /// Cores the child may use; empty = all.
  std::vector<int> cores;
  /// A pipe whose other end the parent writes (worker briefs); else /dev/null.
  bool pipe_stdin = false;
  /// The parent reads fd 3.
  bool pipe_report = true;
};

/// A running child in its own process group with default signals and no descriptors but 0–3; it dies with its parent
/// (PR_SET_PDEATHSIG; spawn from a thread that lives as long as the program). Pipes are non-blocking and closed on
/// exec.
struct ChildProcess {
  pid_t pid = -1;
  FileDescriptor pidfd;
  FileDescriptor stdin_pipe;
  FileDescriptor stdout_pipe;
  FileDescriptor stderr_pipe;
  FileDescriptor report_pipe;
};

/// Throws Error("process::cannot-start") with the command and the reason (not found, not executable, …): exec's own
/// failure is known before this returns.
ChildProcess spawn(const ProcessOptions& options);

/// A look before the first start: throws as spawn would when argv[0] names no program that can be executed.
void require_program(const ProcessOptions& options);

struct ExitStatus {
  /// Exit code, or −1 when a signal ended it.
  int code = -1;
  int signal = 0;
};
/// Reaps the child when it has ended, killing what is left of its group; nothing while it runs.
std::optional<ExitStatus> try_reap(ChildProcess& child);
/// Signals the whole group.
void signal_group(const ChildProcess& child, int signal);

/// Cores this process may use: affinity cut by the cgroup's cpu.max.
std::vector<int> usable_cores();
/// How many processes of this process's cgroup the kernel has killed for want of memory; 0 where it is not counted.
std::int64_t cgroup_oom_kills();
/// The current environment as a map.
std::map<std::string, std::string> current_environment();
/// OMP_NUM_THREADS and its like for `threads`, so that no library starts more (trainers.md §1).
void bound_threads(std::map<std::string, std::string>& environment, int threads);

/// Makes this process adopt orphaned grandchildren, so that they can be killed with their group.
void become_subreaper();
/// Kills (SIGKILL) and reaps every child that is left.
void kill_remaining_children();

}  // namespace hone
