#pragma once

#include <string_view>
#include <vector>

#include "core/protocol.h"

namespace hone {

/// The scalars of a TensorBoard event file (TFRecord of Event messages): `simple_value`, which PyTorch's SummaryWriter
/// and TensorFlow 1 write, and float tensors of TensorFlow 2. One report a step and tag. A file that is cut ends with
/// its last whole record; checksums are not looked at. Format: tensorflow/core/util/event.proto,
/// framework/summary.proto, lib/io/record_writer.h.
std::vector<ReportLine> read_tensorboard_events(std::string_view bytes);

}  // namespace hone
