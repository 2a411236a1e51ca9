#pragma once

#include <memory>
#include <vector>

#include "search/gp/acquisition.h"
#include "search/samplers/gp_embedding.h"
#include "search/trial/history.h"

namespace hone {

/// Log probabilities that a configuration does not fail, one term for each class of failure that trials have met and
/// that their parameters explain: out_of_memory, non_finite, infeasible; timeout, stalled and crash at half weight.
/// What the machine did (preempted, lost, hardware, …) teaches nothing. No failures, no terms (search.md §14).
///
/// Below ten failures of a class the k nearest labelled trials vote, k = ⌈√n⌉, smoothed as if one more had succeeded
/// and one more failed; from ten on a Gaussian process is conditioned on labels −1 (fine) and 2·weight − 1 (failed),
/// and its probability of a label below 0 counts (Rasmussen and Williams 2006, §6.5: regression on labels with a
/// probit). Its parameters are the prior's mode, not fitted: the likeliest for a step are short length scales, with
/// which it would forget all beyond the border it has seen.
std::vector<std::unique_ptr<Acquisition>> failure_terms(const GpEmbedding& embedding, const History& history);

}  // namespace hone
