#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "cli/study_data.h"
#include "search/executors/executor.h"
#include "search/trial/search_space.h"
#include "trainers/models/family.h"

namespace hone {

/// Gives a built-in trainer's spec the scale of budgets its family has by default; a command keeps what was written.
void complete_fidelity(ExperimentSpec& spec);

/// What a trial with these parameters trains.
TrialModel model_of_trial(const ExperimentSpec& spec, const DataFacts& facts, const Params& params);

/// The brief of a launch for a worker (core/protocol.h); the executor adds the cores of its slot.
MakeBrief make_train_briefs(const ExperimentSpec& spec, const StudyData& data, const std::filesystem::path& study);

/// Weights of configurations drawn from the space (the default one among them).
struct WeightRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::int64_t drawn = 0;
};
/// Builds `draws` configurations on paper. Throws what the family throws for data or options that do not fit.
WeightRange weight_range(const ExperimentSpec& spec, const SearchSpace& space, const DataFacts& facts,
                         std::int64_t draws);

}  // namespace hone
