#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "compress/report.h"
#include "configs/experiment_spec.h"
#include "datasets/tensor/tensor_data.h"
#include "trainers/artifact/model_artifact.h"
#include "trainers/models/family.h"

namespace hone {

/// All that a compression works on.
struct CompressionInput {
  /// Folder of the fp32 model; only read.
  std::filesystem::path source;
  /// Folder of the new model; replaced.
  std::filesystem::path out;
  TensorData train;
  TensorData validation;
  /// Called once, after everything was decided; may give no rows.
  std::function<TensorData()> test;
  CompressSpec options;
  /// Options of the winner's training, for fine-tuning.
  TrainerOptions trainer;
  std::uint64_t seed = 0;
  /// Told what each stage did, one sentence each.
  std::function<void(const std::string&)> note = [](const std::string&) {};
};

/// fold → prune, re-fit, fine-tune → quantise → measure (compress.md §13). Limits are judged on validation rows by the
/// point estimate; a setting that breaks a quality limit is rolled back and a milder one tried; size and latency are
/// judged on the final model, by the deployed path. Deterministic for equal seeds and threads, but for the latencies.
/// Throws Error("compress::bad-limit") and Error("compress::…") for what the user can mend.
CompressionReport compress_model(const CompressionInput& input);

}  // namespace hone
