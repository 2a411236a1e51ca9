#include "cli/worker/stop_request.h"

#include <sys/stat.h>

#include <csignal>
#include <utility>

namespace hone {
namespace {

// A signal handler can reach nothing but a global.
volatile std::sig_atomic_t terminate_requested = 0;

void on_terminate(int) { terminate_requested = 1; }

void set_handler(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopRequest::StopRequest(std::filesystem::path trial_folder) : file_(std::move(trial_folder) / "stop") {
  set_handler(on_terminate);
}

StopRequest::~StopRequest() { set_handler(SIG_DFL); }

bool StopRequest::made() const {
  struct stat info {};
  return terminated() || ::stat(file_.c_str(), &info) == 0;
}

bool StopRequest::terminated() { return terminate_requested != 0; }

}  // namespace hone
