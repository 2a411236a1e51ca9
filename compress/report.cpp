#include "compress/report.h"

#include <nlohmann/json.hpp>

namespace hone {

// The names in JSON are the names of the members: `hone` reads them without this library.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LatencyFigure, batch, source_p50_ms, result_p50_ms, speedup,
                                                speedup_low, speedup_high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StageReport, stage, metric, bytes, params, macs, seconds, kept, note)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LayerReport, layer, op, width_before, width_after, format, kernel)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LimitReport, limit, unit, required, reached, met, n, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CompressionReport, metric, stages, layers, limits, latency,
                                                source_bytes, result_bytes, source_validation, result_validation,
                                                validation_rows, source_test, result_test, test_rows, agreement, engine,
                                                cpu, met, model)

nlohmann::json to_json_object(const CompressionReport& report) { return report; }

CompressionReport compression_report_from_json(const nlohmann::json& object) { return object.get<CompressionReport>(); }

}  // namespace hone
