#include "tests/e2e/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "core/files.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

int start(const std::vector<std::string>& argv, const fs::path& folder, const fs::path& out, const fs::path& err,
          const std::map<std::string, std::string>& environment) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const int pid = fork();
  if (pid != 0) return pid;
  const int input = open("/dev/null", O_RDONLY);
  const int output = open(out.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  const int errors = open(err.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  dup2(input, 0);
  dup2(output, 1);
  dup2(errors, 2);
  close_range(3, ~0U, 0);  // a test runner's own descriptors are none of the program's
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  if (chdir(folder.c_str()) == 0) execvp(words[0], words.data());
  _exit(127);
}

}  // namespace

int wait_for(int pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

ProgramResult run_program(const std::vector<std::string>& argv, const fs::path& folder,
                          const std::map<std::string, std::string>& environment) {
  const TemporaryFolder streams;
  ProgramResult result;
  result.exit_code = wait_for(start(argv, folder, streams.path() / "out", streams.path() / "err", environment));
  result.out = read_file(streams.path() / "out");
  result.err = read_file(streams.path() / "err");
  return result;
}

int start_program(const std::vector<std::string>& argv, const fs::path& folder) {
  return start(argv, folder, folder / "started.out", folder / "started.err", {});
}

void wait_up_to(int pid, int milliseconds) {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (fd < 0) return;
  pollfd waiter{fd, POLLIN, 0};
  poll(&waiter, 1, milliseconds);
  close(fd);
}

std::string hone_program() { return HONE_BINARY_DIR "/bin/hone"; }
std::string shipped_spec(const std::string& name) { return HONE_SOURCE_DIR "/configs/" + name; }

std::vector<int> processes_with(const std::string& text) {
  std::vector<int> pids;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos || std::stoi(name) == getpid()) continue;
    try {
      if (read_file(entry.path() / "cmdline").find(text) != std::string::npos) pids.push_back(std::stoi(name));
    } catch (const std::exception&) {
      continue;  // it ended meanwhile
    }
  }
  return pids;
}

}  // namespace hone
