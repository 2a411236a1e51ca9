#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/protocol.h"

namespace hone {

/// Reports that a script left in the files of loggers below `folder` (at most four folders deep, no links, at most 64
/// MiB a file) and that were written since: TensorBoard event files, else the newest `metrics.csv` (a header; `step` or
/// `epoch` is the step; empty cells say nothing), else the newest `metrics.json` (an object, a list of them, or a line
/// each). Reports of one step are merged.
std::vector<ReportLine> read_metric_files(const std::filesystem::path& folder, std::filesystem::file_time_type since);

/// The same of a text, for tests.
std::vector<ReportLine> read_metric_csv(const std::string& text);
std::vector<ReportLine> read_metric_json(const std::string& text);

}  // namespace hone
