#pragma once

#include <cstdint>

#include "trainers/models/family.h"

namespace hone {

/// Learning rate of step `step` (from 0), by TrainerOptions::schedule:
/// - cosine: a linear rise over `warmup` epochs, then half a cosine that reaches 0 at the end of `epochs` (Loshchilov
///   and Hutter 2017, "SGDR", eq. 5);
/// - onecycle (Smith and Topin 2018, "Super-convergence"): the same with a rise from a 25th of the peak over three
///   tenths of `epochs` where `warmup` is 0; the momentum stays as it is;
/// - constant after the rise.
double learning_rate_at(const TrainerOptions& options, std::int64_t step, std::int64_t steps_per_epoch);

}  // namespace hone
