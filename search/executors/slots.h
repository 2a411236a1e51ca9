#pragma once

#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/nvml.h"

namespace hone {

/// How many launches run at once, and on which GPUs.
struct SlotPlan {
  int slots = 1;
  /// Names for CUDA_VISIBLE_DEVICES; slot i gets the (i mod size)-th. Empty: all run on the CPU.
  std::vector<std::string> gpus;
};

/// [resources] slots, else a slot per GPU, else cores / cpus_per_trial. GPUs go to commands only, as built-in trainers
/// compute on the CPU, and not to one whose [trainer] env sets CUDA_VISIBLE_DEVICES itself.
SlotPlan plan_slots(const ExperimentSpec& spec, const std::vector<GpuInfo>& gpus);
/// The same with the GPUs of this machine within an inherited CUDA_VISIBLE_DEVICES.
SlotPlan plan_slots(const ExperimentSpec& spec);

/// Cores of each slot: disjoint sets of `per_slot` cores in order. When there are not enough cores for all slots every
/// set is empty: nothing is pinned, the kernel balances.
std::vector<std::vector<int>> divide_cores(const std::vector<int>& cores, int slots, int per_slot);

}  // namespace hone
