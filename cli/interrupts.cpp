#include "cli/interrupts.h"

namespace hone {

namespace {

// A signal handler can reach nothing but static storage.
volatile std::sig_atomic_t interrupt_count = 0;
volatile std::sig_atomic_t terminate_count = 0;

void on_signal(int signal) {
  if (signal == SIGTERM) {
    terminate_count = terminate_count + 1;
  } else {
    interrupt_count = interrupt_count + 1;
  }
}

}  // namespace

Interrupts::Interrupts() {
  interrupt_count = 0;
  terminate_count = 0;
  struct sigaction action {};
  action.sa_handler = on_signal;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, &old_int_);
  ::sigaction(SIGTERM, &action, &old_term_);
}

Interrupts::~Interrupts() {
  ::sigaction(SIGINT, &old_int_, nullptr);
  ::sigaction(SIGTERM, &old_term_, nullptr);
}

Interrupt Interrupts::level() const {
  if (interrupt_count >= 2) return Interrupt::hard;
  return interrupt_count + terminate_count > 0 ? Interrupt::soft : Interrupt::none;
}

ExitCode Interrupts::exit_code() const { return interrupt_count > 0 ? ExitCode::interrupted : ExitCode::terminated; }

}  // namespace hone
