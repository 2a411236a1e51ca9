#include "search/executors/slots.h"

#include <algorithm>
#include <cstddef>

#include "core/process.h"
#include "core/visible_gpus.h"
#include "search/executors/local_executor.h"

namespace hone {

std::vector<std::vector<int>> divide_cores(const std::vector<int>& cores, int slots, int per_slot) {
  const auto width = static_cast<std::size_t>(per_slot);
  std::vector<std::vector<int>> sets(static_cast<std::size_t>(slots));
  if (sets.size() * width > cores.size()) return sets;
  for (std::size_t slot = 0; slot < sets.size(); ++slot)
    for (std::size_t i = 0; i < width; ++i) sets[slot].push_back(cores[slot * width + i]);
  return sets;
}

SlotPlan plan_slots(const ExperimentSpec& spec, const std::vector<GpuInfo>& gpus) {
  SlotPlan plan;
  plan.slots = slot_count(spec);
  const bool takes_gpus = spec.trainer.kind == "command" && spec.trainer.env.count("CUDA_VISIBLE_DEVICES") == 0;
  if (!takes_gpus || gpus.empty()) return plan;
  if (!spec.resources.slots) plan.slots = static_cast<int>(gpus.size());
  for (const GpuInfo& gpu : gpus) plan.gpus.push_back(gpu.uuid);
  if (plan.gpus.size() > static_cast<std::size_t>(plan.slots)) plan.gpus.resize(static_cast<std::size_t>(plan.slots));
  return plan;
}

SlotPlan plan_slots(const ExperimentSpec& spec) {
  return plan_slots(spec, spec.trainer.kind == "command" ? usable_gpus().gpus : std::vector<GpuInfo>());
}

int slot_count(const ExperimentSpec& spec) {
  if (spec.resources.slots) return static_cast<int>(*spec.resources.slots);
  const auto cores = static_cast<std::int64_t>(usable_cores().size());
  return static_cast<int>(std::max<std::int64_t>(1, cores / spec.resources.cpus_per_trial));
}

}  // namespace hone
