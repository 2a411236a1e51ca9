#pragma once

#include <cstdint>

#include "trainers/models/family.h"

namespace hone {

/// Learning rate of step `step` (from 0): a linear rise over TrainerOptions::warmup epochs, then constant, or half a
/// cosine that reaches 0 at the end of TrainerOptions::epochs (Loshchilov and Hutter 2017, "SGDR", eq. 5).
double learning_rate_at(const TrainerOptions& options, std::int64_t step, std::int64_t steps_per_epoch);

}  // namespace hone
