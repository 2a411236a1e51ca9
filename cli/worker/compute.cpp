#include "cli/worker/compute.h"

#include <torch/torch.h>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace hone {

c10::Device prepare_compute(const nlohmann::json& brief) {
  const std::string device = brief.value("device", "cpu");
  if (device != "cpu")
    throw Error("worker::no-device", "this worker computes on the device cpu only (is " + device + ")");
  const int threads = brief.value("threads", 1);
  if (threads < 1) throw Error("worker::bad-brief", "threads must be at least 1 (is " + std::to_string(threads) + ")");
  // Interop threads can be set once in a process, before the first parallel work.
  static const bool once = [] {
    at::set_num_interop_threads(1);
    return at::globalContext().setFlushDenormal(true);
  }();
  static_cast<void>(once);
  if (at::get_num_threads() != threads) at::set_num_threads(threads);
  return c10::kCPU;
}

}  // namespace hone
