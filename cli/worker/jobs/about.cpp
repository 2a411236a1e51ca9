#include <ATen/Version.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>
#include <string>

#include "cli/worker/job.h"
#include "core/text.h"
#include "datasets/hdf5_file.h"

namespace hone {

/// What this worker was built with, for `hone doctor`: part -> text.
int run_about(const nlohmann::json& brief, LineWriter& lines) {
  const std::string parts[] = {TORCH_VERSION, at::get_cpu_capability()};
  const std::string torch = join(parts, ", kernels for ");
  lines.result(brief.at("folder").get<std::string>(), {{"libtorch", torch}, {"hdf5", hdf5_version()}});
  return 0;
}

}  // namespace hone
