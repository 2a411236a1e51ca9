#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hone {

struct ProgramResult {
  int exit_code = -1;  ///< 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

/// Runs a program to its end with its streams in files; `environment` is laid over the own one.
ProgramResult run_program(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                          const std::map<std::string, std::string>& environment = {});

/// Starts a program and returns its pid; its streams go to <folder>/started.out and started.err.
int start_program(const std::vector<std::string>& argv, const std::filesystem::path& folder);
/// Waits for it to end; exit code, or 128 + signal.
int wait_for(int pid);

/// Waits until it has ended or `milliseconds` have passed; it stays to be waited for.
void wait_up_to(int pid, int milliseconds);

/// The built `hone`.
std::string hone_program();
/// A shipped spec.
std::string shipped_spec(const std::string& name);

/// Processes whose command line contains `text` (all users), as pids; the caller excluded.
std::vector<int> processes_with(const std::string& text);

}  // namespace hone
