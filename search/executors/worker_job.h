#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/protocol.h"

namespace hone {

/// Finds `hone-worker`: $HONE_WORKER, else beside this program, else in ../lib/hone as installed. Throws
/// Error("worker::missing", exit 10) with a remedy.
std::filesystem::path find_worker();

/// Runs one job (import, split, compress, predict, …) in a fresh worker and waits for its end.
/// Every line but the closing one is handed to `on_line`. Returns the content of the result file (JSON).
/// Jobs write whole files, so one whose worker a signal ended is done once more (a crash has one retry).
/// Throws Error with the worker's own diagnostics when it wrote any, else Error("worker::failed", exit 70) with the
/// last stderr lines; Error("worker::interrupted", exit 130) when `interrupted` said so (the worker is killed then).
nlohmann::json run_worker_job(const std::filesystem::path& worker, const nlohmann::json& brief, int threads,
                              const std::function<void(const ReportLine&)>& on_line,
                              const std::function<bool()>& interrupted);

}  // namespace hone
