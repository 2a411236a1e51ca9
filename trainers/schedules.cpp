#include "trainers/schedules.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hone {
namespace {

constexpr double kRiseShare = 0.3;
constexpr double kStartShare = 1.0 / 25;

}  // namespace

double learning_rate_at(const TrainerOptions& options, std::int64_t step, std::int64_t steps_per_epoch) {
  const double epoch = static_cast<double>(step) / static_cast<double>(steps_per_epoch);
  const auto epochs = static_cast<double>(options.epochs);
  const bool rises = options.schedule == "onecycle" && options.warmup == 0;
  const double warmup = rises ? kRiseShare * epochs : options.warmup;
  if (epoch < warmup && rises) {
    return options.learning_rate * (kStartShare + (1 - kStartShare) * epoch / warmup);
  }
  if (epoch < warmup) {
    return options.learning_rate * static_cast<double>(step + 1) / (warmup * static_cast<double>(steps_per_epoch) + 1);
  }
  if (options.schedule == "constant") return options.learning_rate;
  const double length = std::max(epochs - warmup, 1e-9);
  const double done = std::min((epoch - warmup) / length, 1.0);
  return options.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

}  // namespace hone
