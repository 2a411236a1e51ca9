#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/worker/job.h"
#include "cli/worker/sandbox.h"
#include "configs/spec_json.h"
#include "datasets/import.h"

namespace hone {

int run_import(const nlohmann::json& brief, LineWriter& lines) {
  enter_sandbox(kSandboxBytes);
  const DatasetSpec spec = dataset_spec_from_json(brief.at("dataset"));
  const ImportResult imported = import_dataset(spec, brief.at("file").get<std::string>());
  lines.result(brief.at("folder").get<std::string>(),
               {{"file", imported.file.filename().string()}, {"facts", to_json_object(imported.facts)}});
  return 0;
}

}  // namespace hone
