// The host side of core/process.h: cores, environment, orphans.
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

#include "core/process.h"

namespace hone {
namespace {

/// The whole of a small file of the kernel; empty when it cannot be read.
std::string read_kernel_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Folder of this process's cgroup (version 2): the line "0::/path" of /proc/self/cgroup.
std::filesystem::path cgroup_folder() {
  std::istringstream lines(read_kernel_file("/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("0::/")) return std::filesystem::path("/sys/fs/cgroup") / line.substr(4);
  return "/sys/fs/cgroup";
}

/// Cores that cpu.max of this cgroup and of those above it leave, at least 1; nothing when there is no limit.
std::optional<std::size_t> cgroup_core_limit() {
  std::optional<std::size_t> limit;
  const std::filesystem::path root = "/sys/fs/cgroup";
  for (std::filesystem::path folder = cgroup_folder();; folder = folder.parent_path()) {
    std::istringstream text(read_kernel_file(folder / "cpu.max"));
    double quota = 0;
    double period = 0;
    if (text >> quota >> period && period > 0) {
      const auto cores = static_cast<std::size_t>(std::max(1.0, std::ceil(quota / period)));
      limit = std::min(limit.value_or(cores), cores);
    }
    if (folder == root || !folder.has_relative_path()) return limit;
  }
}

/// Children of this process, adopted ones included, over all its threads.
std::vector<pid_t> children_of_this_process() {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task", error)) {
    std::istringstream text(read_kernel_file(thread.path() / "children"));
    for (pid_t pid = 0; text >> pid;) children.push_back(pid);
  }
  return children;
}

}  // namespace

std::vector<int> usable_cores() {
  std::vector<int> cores;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    for (int core = 0; core < CPU_SETSIZE; ++core)
      if (CPU_ISSET(core, &set)) cores.push_back(core);
  if (cores.empty()) cores.push_back(0);
  if (const auto limit = cgroup_core_limit(); limit && *limit < cores.size()) cores.resize(*limit);
  return cores;
}

std::int64_t cgroup_oom_kills() {
  std::istringstream text(read_kernel_file(cgroup_folder() / "memory.events"));
  std::string name;
  for (std::int64_t count = 0; text >> name >> count;)
    if (name == "oom_kill") return count;
  return 0;
}

std::map<std::string, std::string> current_environment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos && equals > 0)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

void bound_threads(std::map<std::string, std::string>& environment, int threads) {
  for (const char* name : {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS",
                           "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"})
    environment[name] = std::to_string(threads);
  environment["OMP_WAIT_POLICY"] = "passive";
}

void become_subreaper() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

void kill_remaining_children() {
  // A killed child hands its own children up, so repeat until none is left; a process that cannot be killed is left.
  constexpr int kRounds = 100;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<pid_t> children = children_of_this_process();
    if (children.empty()) return;
    for (const pid_t child : children) kill(child, SIGKILL);
    for (const pid_t child : children) waitpid(child, nullptr, WNOHANG);
    usleep(1000);
  }
}

}  // namespace hone
