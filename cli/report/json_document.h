#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/report/results.h"

namespace hone {

/// {"hone":1,"kind":…,"study":{…},"items":[…]}: what every `--json` prints (cli.md §1). Fields are only ever added.
nlohmann::json json_document(const std::string& kind, const Results& results, const nlohmann::json& items);

/// Name, state, counts, budget and best trial of a study.
nlohmann::json study_json(const Results& results);
/// One trial; its curve only where asked for.
nlohmann::json trial_json(const TrialResult& trial, bool with_curve);
/// {"rows", "metrics"}, or null.
nlohmann::json test_json(const std::optional<TestResults>& test);
nlohmann::json compression_json(const CompressionResults& compression);

/// The JSON report: study, trials with curves, data, parameters, rungs, compression.
nlohmann::json report_json(const Results& results);

}  // namespace hone
