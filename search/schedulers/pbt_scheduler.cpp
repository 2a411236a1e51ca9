#include "search/schedulers/pbt_scheduler.h"

#include "search/schedulers/perturbation.h"

namespace hone {
namespace {

constexpr Field<PbtOptions> kFields[] = {
    {"population", &PbtOptions::population, {.low = 4}, "trials that are trained side by side"},
    {"interval",
     &PbtOptions::interval,
     {.low = 0, .above_low = true},
     "units of budget between two looks; default: [fidelity] min, else a tenth of max"},
    {"quantile",
     &PbtOptions::quantile,
     {.low = 0, .high = 0.5, .above_low = true},
     "share of the population that gives its places to copies of as large a share"},
    {"resample", &PbtOptions::resample, {.low = 0, .high = 1}, "chance that a copy draws a parameter anew"},
};

}  // namespace

std::span<const Field<PbtOptions>> pbt_fields() { return kFields; }

Params PbtScheduler::explored(const SearchSpace& space, const History&, const PopulationStep::Vacancy&,
                              const HistoryTrial& parent, RandomStream& random) const {
  return perturbed(space, parent.params, resample_, random);
}

}  // namespace hone
