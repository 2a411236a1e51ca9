#pragma once

#include <span>
#include <vector>

#include "compress/quality.h"
#include "compress/report.h"
#include "configs/limits.h"

namespace hone {

/// Outputs of source and candidate on the validation rows, by their deployed paths.
struct ValidationPair {
  const TensorData& rows;
  at::Tensor source;
  at::Tensor result;
};

/// Whether all quality limits hold by the point estimate; `why` gets the first that does not, with what was reached.
bool quality_holds(std::span<const Limit> limits, const ValidationPair& pair, std::string* why);

/// Whether every quality limit holds with half of what it allows unused: an `accuracy_drop <= 1pt` with 0.5 pt, an
/// `accuracy >= 95%` half-way to what the source has.
bool keeps_half_of_quality(std::span<const Limit> limits, const ValidationPair& pair);

/// Figures of the final model for the limits that are no quality.
struct CostFigures {
  double source_bytes = 0;
  double result_bytes = 0;
  double source_params = 0;
  double result_params = 0;
  double source_macs = 0;
  double result_macs = 0;
  std::vector<LatencyFigure> latency;
};

/// The verdict on every limit, in order; quality with the 95 % bootstrap interval over validation rows, latency with
/// that of the measurement. A latency limit's batch must be among the figures.
std::vector<LimitReport> judge_limits(std::span<const Limit> limits, const ValidationPair& pair,
                                      const CostFigures& costs, std::uint64_t seed);

}  // namespace hone
