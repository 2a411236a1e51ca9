#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/executors/executor.h"

namespace hone {

/// What the local executor needs to know; all paths absolute.
struct LocalExecutorOptions {
  std::filesystem::path study_folder;
  /// Where the spec stands: working folder of commands.
  std::filesystem::path spec_folder;
  std::string study_name;
  /// The worker program; unused for commands.
  std::filesystem::path worker;
  int slots = 1;
  /// Of commands: slot i sees the (i mod size)-th alone, by CUDA_VISIBLE_DEVICES (slots.h); empty: as inherited.
  std::vector<std::string> gpus;
};

/// Slots over cores of this machine. Built-in trainers run in warm `hone-worker`s, one a slot, that take one brief
/// after the other (recycled after 200 trials or a crash); commands are started per trial (trainers.md §1, §9).
/// `make_brief` is only called for built-in trainers.
std::unique_ptr<Executor> make_local_executor(const ExperimentSpec& spec, const LocalExecutorOptions& options,
                                              MakeBrief make_brief);

/// CPU slots of a spec on this machine: [resources] slots, else cores / cpus_per_trial, at least 1.
int slot_count(const ExperimentSpec& spec);

}  // namespace hone
