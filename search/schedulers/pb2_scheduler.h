#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/population_scheduler.h"

namespace hone {

struct Pb2Options {
  std::int64_t population = 4;
  std::optional<double> interval;
  double quantile = 0.25;
};
std::span<const Field<Pb2Options>> pb2_fields();

/// Population based bandits (Parker-Holder, Nguyen and Roberts 2020, "Provably efficient online hyperparameter
/// optimization with population-based bandits", algorithm 1): PBT whose copies get the numbers with the largest upper
/// confidence bound of the improvement to the next rung (improvement_model.h); what has no order is perturbed as by
/// PBT. Before two intervals were seen copies are perturbed altogether.
class Pb2Scheduler final : public PopulationScheduler {
 public:
  using PopulationScheduler::PopulationScheduler;

 private:
  Params explored(const SearchSpace& space, const History& history, const PopulationStep::Vacancy& vacancy,
                  const HistoryTrial& parent, RandomStream& random) const override;
};

}  // namespace hone
