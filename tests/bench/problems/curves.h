#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/param_value.h"

namespace hone {

/// Recorded learning curves (TaskSet, Metz et al. 2020): 1000 configurations of one task. A budget is a step; one step
/// of one configuration costs 1.
struct LearningCurves {
  /// Values a curve holds; the first one is before any training.
  static constexpr int kSteps = 51;
  struct Row {
    Params params;
    /// Validation loss; NaN from where a run diverged.
    std::array<double, kSteps> loss;
  };
  std::string name;
  std::vector<ParameterSpec> space;
  std::vector<Row> rows;
  /// Lowest finite loss of any row at any step.
  double best = 0;
  /// Median of the losses after the last step, diverged runs counted as infinite.
  double median_final = 0;
};

/// Reads `<data>/learning_curves/<name>` (or a path); the ending `.json.gz` may be left out. Throws
/// Error("bench::missing-data").
LearningCurves load_curves(const std::string& name, const std::filesystem::path& data);

/// Names of the curve files under `<data>/learning_curves`, sorted; empty without the data.
std::vector<std::string> curve_names(const std::filesystem::path& data);

/// 0 for the best loss of the file, 1 for the median final one or worse.
double curve_score(const LearningCurves& curves, double lowest_loss);

/// A pool whose rows are used up one by one: a suggestion is answered with the nearest row not used yet, by distance in
/// the unit cube of the space's scales.
class CurvePool {
 public:
  /// `curves` must outlive the pool.
  explicit CurvePool(const LearningCurves& curves);
  /// The row's number, marked as used; nothing when all are.
  std::optional<std::size_t> take(const Params& suggestion);

 private:
  const LearningCurves& curves_;
  /// Unit coordinates of the rows, [rows, parameters]; empty for a used row.
  std::vector<std::vector<double>> places_;
};

}  // namespace hone
