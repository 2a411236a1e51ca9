#include "core/visible_gpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/text.h"

namespace hone {

namespace {

bool is_named(const GpuInfo& gpu, const std::string& entry) {
  if (const auto index = parse_integer(entry)) return gpu.index == *index;
  const bool is_name = entry.rfind("GPU-", 0) == 0 || entry.rfind("MIG-", 0) == 0;
  return is_name && (gpu.uuid.rfind(entry, 0) == 0 || gpu.card_uuid.rfind(entry, 0) == 0);
}

}  // namespace

std::vector<GpuInfo> visible_gpus(const std::vector<GpuInfo>& all, const std::optional<std::string>& variable) {
  if (!variable) return all;
  std::vector<GpuInfo> visible;
  for (const std::string& word : split(*variable, ',')) {
    const std::string entry(trim(word));
    bool found = false;
    for (const GpuInfo& gpu : all) {
      if (!is_named(gpu, entry)) continue;
      found = true;
      const bool is_new =
          std::none_of(visible.begin(), visible.end(), [&](const GpuInfo& other) { return other.uuid == gpu.uuid; });
      if (is_new) visible.push_back(gpu);
    }
    if (!found) break;
  }
  return visible;
}

GpuSurvey usable_gpus() {
  GpuSurvey survey = survey_gpus();
  const char* variable = std::getenv("CUDA_VISIBLE_DEVICES");
  if (variable == nullptr || survey.gpus.empty()) return survey;
  const std::size_t there = survey.gpus.size();
  survey.gpus = visible_gpus(survey.gpus, variable);
  if (survey.gpus.empty()) {
    survey.problem =
        fmt::format("CUDA_VISIBLE_DEVICES=\"{}\" leaves none of {} GPUs", without_controls(variable), there);
  }
  return survey;
}

}  // namespace hone
