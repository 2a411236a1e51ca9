#pragma once

#include <cstdint>

#include "compress/predictor.h"
#include "compress/report.h"

namespace hone {

/// Latency of the predict path of two models at one batch size: warm-up, then interleaved blocks A-B-A-B of calls from
/// float32 rows in memory to class indices (values for regression), preprocessing included; one thread, random rows.
/// The ratio of medians has a 95 % bootstrap interval over blocks.
LatencyFigure measure_latency(Predictor& source, Predictor& result, std::int64_t batch, std::uint64_t seed);

/// Interleaved blocks of each model.
inline constexpr int kLatencyBlocks = 300;

}  // namespace hone
