#pragma once

#include <c10/core/Device.h>

#include <nlohmann/json_fwd.hpp>

namespace hone {

/// Sets torch's threads and number handling as a brief's `threads` says (absent: 1) and returns its `device` (absent:
/// the CPU). Denormals are flushed: they cost a hundredfold and mean nothing in training.
/// Throws Error("worker::no-device") for a device this worker cannot use.
c10::Device prepare_compute(const nlohmann::json& brief);

}  // namespace hone
