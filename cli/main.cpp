#include <csignal>
#include <string>
#include <vector>

#include "cli/program.h"

int main(int argc, char** argv) {
  // A reader that goes away (`hone ls | head`) is no error.
  std::signal(SIGPIPE, SIG_IGN);
  hone::Console console(hone::stdout_stream(), hone::stderr_stream(), hone::process_environment());
  return static_cast<int>(hone::run_program(std::vector<std::string>(argv + 1, argv + argc), console));
}
