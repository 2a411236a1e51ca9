#include "tests/e2e/terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace hone {

Terminal::Terminal(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                   const std::map<std::string, std::string>& environment) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  winsize size = {};
  size.ws_row = 50;
  size.ws_col = 200;
  pid_ = forkpty(&terminal_, nullptr, nullptr, &size);
  if (pid_ != 0) return;
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  if (chdir(folder.c_str()) == 0) execvp(words[0], words.data());
  _exit(127);
}

Terminal::~Terminal() {
  close(terminal_);
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Terminal::type(const std::string& text) const {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = write(terminal_, text.data() + written, text.size() - written);
    if (count <= 0) return;
    written += static_cast<std::size_t>(count);
  }
}

std::string Terminal::read_until(const std::string& text) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string shown;
  char buffer[4096];
  while (shown.find(text) == std::string::npos && std::chrono::steady_clock::now() < limit) {
    pollfd watched = {terminal_, POLLIN, 0};
    if (poll(&watched, 1, 1000) <= 0) continue;
    const ssize_t count = read(terminal_, buffer, sizeof buffer);
    if (count <= 0) break;
    shown.append(buffer, static_cast<std::size_t>(count));
  }
  return shown;
}

}  // namespace hone
