#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compress/plan/quantization.h"

namespace hone {

/// A way to choose an edge's range from its values on calibration rows (compress.md §6).
enum class Calibrator {
  minmax,       ///< smallest and largest value
  mean_minmax,  ///< mean of the smallest and largest value of each batch
  percentile,   ///< the central 99.99 %
  mse,          ///< least squared error over shrunken ranges, on a histogram of 2048 bins
};

struct Calibration {
  EdgeScale scale;
  Calibrator calibrator = Calibrator::minmax;
  /// Mean squared error of quantising the values.
  double error = 0;
};

std::string_view name_of(Calibrator calibrator);
/// Names accepted by calibrate(): `auto` and those of Calibrator.
std::vector<std::string> calibrator_names();

/// Chooses an edge's scale. `auto` takes the calibrator with the least squared error; ties go to the first named.
/// `values` are those of all rows in order, `batches` how many parts of equal length they come from.
/// Throws Error("compress::bad-calibrator") for another name.
Calibration calibrate(std::span<const float> values, std::int64_t batches, const std::string& calibrator);

}  // namespace hone
