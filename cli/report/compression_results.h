#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hone {

/// What a compression did, read from the worker's answer (compress/report.h says what each figure means).
struct CompressionStage {
  std::string stage;
  double metric = 0;
  std::int64_t bytes = 0;
  std::int64_t params = 0;
  std::int64_t macs = 0;
  double seconds = 0;
  bool kept = true;
  std::string note;
};
struct CompressedLayer {
  std::string layer;
  std::string op;
  std::int64_t width_before = 0;
  std::int64_t width_after = 0;
  std::string format;
  std::string kernel;
};
struct LimitVerdict {
  std::string limit;
  std::string unit;
  double required = 0;
  double reached = 0;
  bool met = false;
  std::int64_t n = 0;
  double low = 0;
  double high = 0;
};
struct SpeedFigure {
  std::int64_t batch = 1;
  double source_p50_ms = 0;
  double result_p50_ms = 0;
  double speedup = 1;
  double speedup_low = 1;
  double speedup_high = 1;
};
struct CompressionResults {
  std::string metric;
  std::vector<CompressionStage> stages;
  std::vector<CompressedLayer> layers;
  std::vector<LimitVerdict> limits;
  std::vector<SpeedFigure> latency;
  std::int64_t source_bytes = 0;
  std::int64_t result_bytes = 0;
  double source_validation = 0;
  double result_validation = 0;
  std::int64_t validation_rows = 0;
  double source_test = 0;
  double result_test = 0;
  std::int64_t test_rows = 0;
  double agreement = 1;
  std::string engine;
  std::string cpu;
  bool met = false;
  /// Trial whose model was compressed; −1 when the source was a path.
  std::int64_t trial = -1;

  double size_share() const {
    return source_bytes > 0 ? static_cast<double>(result_bytes) / static_cast<double>(source_bytes) : 1;
  }
};

/// Reads the body of a `compressed` event; missing members keep their defaults. Throws Error("protocol::bad-report").
CompressionResults compression_results_from_json(const std::string& text);

/// The judged metric for people: shares as percent, others short.
std::string format_metric(const std::string& metric, double value);
/// "14.7 %", "0.28 pt", "0.62 x": a limit's figure with its unit.
std::string format_limit_figure(const LimitVerdict& limit, double value);

}  // namespace hone
