#pragma once

#include "compress/compression.h"

namespace hone {

/// Prunes step by step, each from the last good model, re-fitted and fine-tuned with an equal part of the epochs, and
/// appends every model that keeps the quality limits to `good`, which begins with the folded source. A refused step is
/// tried again half as hard, at most three times in all: a net that cannot lose a quarter may lose a tenth. Stops with
/// six attempts, with nothing left to take, or when `budget.wall` is near its end.
void prune_gradually(Compression& work, std::vector<Candidate>& good);

}  // namespace hone
