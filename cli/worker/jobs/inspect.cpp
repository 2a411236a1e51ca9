#include "datasets/inspect.h"

#include <nlohmann/json.hpp>
#include <string>

#include "cli/worker/job.h"
#include "cli/worker/sandbox.h"

namespace hone {

int run_inspect(const nlohmann::json& brief, LineWriter& lines) {
  enter_sandbox(kSandboxBytes);
  const std::string file = brief.at("file").get<std::string>();
  const Inspection found = brief.value("verify", false) ? verify_dataset(file) : inspect_dataset(file);
  lines.result(brief.at("folder").get<std::string>(), {{"facts", to_json_object(found.facts)},
                                                       {"source", found.source},
                                                       {"part_rows", found.part_rows},
                                                       {"wrong", found.wrong}});
  return 0;
}

}  // namespace hone
