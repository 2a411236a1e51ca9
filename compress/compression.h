#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "compress/judge.h"
#include "compress/predictor.h"
#include "compress/stage_log.h"

namespace hone {

/// What the steps of one compression share.
struct Compression {
  const CompressionInput& input;
  std::vector<Limit> limits;
  ModelArtifact source;
  std::unique_ptr<Predictor> source_predictor;
  /// The source's answers on the validation rows.
  at::Tensor source_outputs;
  std::int64_t source_bytes = 0;
  /// Encoded training rows for calibration, importance and re-fitting.
  at::Tensor samples;
  StageLog log;

  bool wants_int8() const {
    const std::vector<std::string>& formats = input.options.quantize.formats;
    return std::find(formats.begin(), formats.end(), "int8") != formats.end();
  }
  ValidationPair pair_with(const at::Tensor& outputs) const { return {input.validation, source_outputs, outputs}; }
};

/// A model that keeps the quality limits, and the rows [first_row, end_row) of the log that made it.
struct Candidate {
  ModelArtifact artifact;
  std::size_t first_row = 0;
  std::size_t end_row = 0;
};

}  // namespace hone
