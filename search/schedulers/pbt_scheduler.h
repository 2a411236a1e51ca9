#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "configs/fields.h"
#include "search/schedulers/population_scheduler.h"

namespace hone {

struct PbtOptions {
  std::int64_t population = 8;
  std::optional<double> interval;
  double quantile = 0.25;
  double resample = 0.25;
};
std::span<const Field<PbtOptions>> pbt_fields();

/// Population based training (Jaderberg et al. 2017): at each rung the lowest quantile of a population goes on from the
/// checkpoints of the highest one, with parameters near theirs (perturbation.h). What wins is a schedule of parameters.
class PbtScheduler final : public PopulationScheduler {
 public:
  PbtScheduler(PopulationRules rules, double resample) : PopulationScheduler(std::move(rules)), resample_(resample) {}

 private:
  Params explored(const SearchSpace& space, const History& history, const PopulationStep::Vacancy& vacancy,
                  const HistoryTrial& parent, RandomStream& random) const override;

  double resample_;
};

}  // namespace hone
