#include "trainers/schedules.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hone {

double learning_rate_at(const TrainerOptions& options, std::int64_t step, std::int64_t steps_per_epoch) {
  const double epoch = static_cast<double>(step) / static_cast<double>(steps_per_epoch);
  if (epoch < options.warmup) {
    return options.learning_rate * static_cast<double>(step + 1) /
           (options.warmup * static_cast<double>(steps_per_epoch) + 1);
  }
  if (options.schedule == "constant") return options.learning_rate;
  const double length = std::max(static_cast<double>(options.epochs) - options.warmup, 1e-9);
  const double done = std::min((epoch - options.warmup) / length, 1.0);
  return options.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

}  // namespace hone
