#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace hone {

/// Latency of the predict path at one batch size; milliseconds.
struct LatencyFigure {
  std::int64_t batch = 1;
  double source_p50_ms = 0;
  double result_p50_ms = 0;
  /// source / result, from interleaved blocks, with the ends of its 95 % bootstrap interval.
  double speedup = 1;
  double speedup_low = 1;
  double speedup_high = 1;
};

/// What one stage of the pipeline did, on validation rows.
struct StageReport {
  std::string stage;  ///< source, fold, prune, finetune, quantize
  double metric = 0;
  std::int64_t bytes = 0;
  std::int64_t params = 0;
  std::int64_t macs = 0;
  double seconds = 0;
  /// A stage that broke a quality limit is rolled back: the figures are what was refused.
  bool kept = true;
  std::string note;
};

struct LayerReport {
  std::string layer;
  std::string op;
  std::int64_t width_before = 0;
  std::int64_t width_after = 0;
  std::string format;
  std::string kernel;
};

/// The judgement of one limit.
struct LimitReport {
  std::string limit;  ///< as written
  std::string unit;
  double required = 0;
  double reached = 0;
  bool met = false;
  /// Rows the judgement rests on and the interval of the figure; 0 rows for sizes.
  std::int64_t n = 0;
  double low = 0;
  double high = 0;
};

/// Everything a compression says; written into the study, the report and card.json.
struct CompressionReport {
  std::string metric;  ///< bare name of the judged metric
  std::vector<StageReport> stages;
  std::vector<LayerReport> layers;
  std::vector<LimitReport> limits;
  std::vector<LatencyFigure> latency;
  std::int64_t source_bytes = 0;
  std::int64_t result_bytes = 0;
  double source_validation = 0;
  double result_validation = 0;
  std::int64_t validation_rows = 0;
  /// Read once, after everything was decided.
  double source_test = 0;
  double result_test = 0;
  std::int64_t test_rows = 0;
  /// Rows where source and result name the same class, as a share of test rows.
  double agreement = 1;
  std::string engine;
  std::string cpu;
  bool met = false;
  /// Folder of the model, relative to the study.
  std::string model;
};

nlohmann::json to_json_object(const CompressionReport& report);
CompressionReport compression_report_from_json(const nlohmann::json& object);

}  // namespace hone
