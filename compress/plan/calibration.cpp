#include "compress/plan/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/diagnostics.h"
#include "core/error.h"

namespace hone {
namespace {

constexpr std::size_t kBins = 2048;

struct Range {
  float low = 0;
  float high = 0;
};

Range extremes(std::span<const float> values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {*low, *high};
}

Range mean_extremes(std::span<const float> values, std::int64_t batches) {
  const std::size_t parts = std::clamp<std::size_t>(static_cast<std::size_t>(batches), 1, values.size());
  double low = 0;
  double high = 0;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::size_t first = i * values.size() / parts;
    const Range range = extremes(values.subspan(first, (i + 1) * values.size() / parts - first));
    low += range.low;
    high += range.high;
  }
  return {static_cast<float>(low / double(parts)), static_cast<float>(high / double(parts))};
}

Range central(std::span<const float> values, double share) {
  std::vector<float> sorted(values.begin(), values.end());
  const auto at = [&](double p) {
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(std::llround(p * double(sorted.size() - 1)));
    std::nth_element(sorted.begin(), place, sorted.end());
    return *place;
  };
  return {at((1 - share) / 2), at((1 + share) / 2)};
}

double squared_error(float x, EdgeScale scale) {
  const double error = double{real_value(quantize_value(x, scale), scale)} - x;
  return error * error;
}

/// Shrinks both ends in steps of 2 % down to 30 % and keeps the range with least Σ density · error².
Range least_error(std::span<const float> values) {
  const Range full = extremes(values);
  const double width = (double{full.high} - full.low) / kBins;
  if (width <= 0) return full;
  std::array<double, kBins> counts{};
  for (const float x : values) {
    counts[std::min(kBins - 1, static_cast<std::size_t>((double{x} - full.low) / width))] += 1;
  }
  Range best = full;
  double least = -1;
  for (int percent = 100; percent >= 30; percent -= 2) {
    const float shrink = static_cast<float>(percent) / 100.0F;
    const EdgeScale scale = edge_scale(full.low * shrink, full.high * shrink);
    double error = 0;
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      if (counts[bin] == 0) continue;
      error += counts[bin] * squared_error(static_cast<float>(full.low + (double(bin) + 0.5) * width), scale);
    }
    if (least >= 0 && error >= least) continue;
    least = error;
    best = {full.low * shrink, full.high * shrink};
  }
  return best;
}

Range range_by(Calibrator calibrator, std::span<const float> values, std::int64_t batches) {
  if (calibrator == Calibrator::minmax) return extremes(values);
  if (calibrator == Calibrator::mean_minmax) return mean_extremes(values, batches);
  if (calibrator == Calibrator::percentile) return central(values, 0.9999);
  return least_error(values);
}

constexpr Calibrator kCalibrators[] = {Calibrator::minmax, Calibrator::mean_minmax, Calibrator::percentile,
                                       Calibrator::mse};

}  // namespace

std::string_view name_of(Calibrator calibrator) {
  constexpr std::string_view kNames[] = {"minmax", "mean_minmax", "percentile", "mse"};
  return kNames[static_cast<std::size_t>(calibrator)];
}

std::vector<std::string> calibrator_names() {
  std::vector<std::string> names = {"auto"};
  for (const Calibrator calibrator : kCalibrators) names.emplace_back(name_of(calibrator));
  return names;
}

Calibration calibrate(std::span<const float> values, std::int64_t batches, const std::string& calibrator) {
  const std::vector<std::string> names = calibrator_names();
  if (std::find(names.begin(), names.end(), calibrator) == names.end()) {
    Diagnostic diagnostic;
    diagnostic.code = "compress::bad-calibrator";
    diagnostic.message = "calibrators must be auto, minmax, mean_minmax, percentile or mse (is " + calibrator + ")";
    diagnostic.suggestion = suggestion_for(calibrator, names);
    throw Error(std::move(diagnostic));
  }
  Calibration best;
  bool found = false;
  for (const Calibrator candidate : kCalibrators) {
    if (calibrator != "auto" && calibrator != name_of(candidate)) continue;
    const Range range = range_by(candidate, values, batches);
    Calibration tried;
    tried.scale = edge_scale(range.low, range.high);
    tried.calibrator = candidate;
    for (const float x : values) tried.error += squared_error(x, tried.scale);
    tried.error /= static_cast<double>(values.size());
    if (!found || tried.error < best.error) best = tried;
    found = true;
  }
  return best;
}

}  // namespace hone
