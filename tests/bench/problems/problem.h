#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/metrics.h"
#include "core/param_value.h"
#include "core/random.h"

namespace hone {

/// A benchmark of known answer: what may be tried, what comes back, and how good that is. A plain value; evaluating
/// never changes it.
struct BenchmarkProblem {
  /// As given to open_problem, `bbob:f15:d5:i3`.
  std::string name;
  std::vector<ParameterSpec> space;
  /// One goal an objective; values are in the problem's own direction.
  std::vector<Goal> goals = {Goal::minimize};
  /// The true values [goals.size()] of a configuration: what results are scored by.
  std::function<std::vector<double>(const Params&)> evaluate;
  /// What an optimiser is told [goals.size()]: the true values but for noisy problems, which draw from the stream.
  std::function<std::vector<double>(const Params&, RandomStream&)> observe;
  /// Best value (one objective) or hypervolume of the true front (two objectives).
  double optimum = 0;
  /// What a score of 1 means: distance of the median configuration from the optimum for tables and curves, else 1.
  double scale = 1;
  /// Worst point of the hypervolume, with two objectives.
  std::array<double, 2> reference = {1.1, 1.1};
  /// Values of all configurations, best first; empty where the space is not finite.
  std::vector<double> ranked_values;
};

/// `$HONE_BENCH_DATA`, else `../shared/data` beside the sources.
std::filesystem::path benchmark_data_folder();

/// Opens a problem by its text name; a trailing `+noise` makes the told values noisy.
///
///   table:naval            a shared table: naval protein australian car phoneme vehicle nasbench201, or a file's path
///   branin hartmann3 hartmann6 ackley<d> levy<d> rastrigin<d>      closed forms; `:i<k>` picks the shift (default 1; 0
///   = none) bbob:f<1…24>:d<2…100>:i<k>                                     the functions of BBOB zdt1 zdt2 zdt3 dtlz2,
///   each `:d<n>` (default 6) `:i<k>`         two objectives conditional            three functions behind one
///   categorical parameter; `:i<k>`
///
/// Tables are looked for in `<data>/hpo_tables`. Throws Error("bench::unknown-problem") or
/// Error("bench::missing-data").
BenchmarkProblem open_problem(const std::string& name, const std::filesystem::path& data = benchmark_data_folder());

/// Normalised regret of a value of a one-objective problem: 0 at the optimum, 1 a `scale` worse.
double regret(const BenchmarkProblem& problem, double value);

/// Share of the finite space that is strictly better than a value; nothing where the space is not finite.
std::optional<double> share_better(const BenchmarkProblem& problem, double value);

/// Share of the true front's hypervolume that these points dominate (both objectives minimised).
double hypervolume_share(const BenchmarkProblem& problem, const std::vector<std::array<double, 2>>& points);

/// Names of the shared tables, in the order in which results are printed.
const std::vector<std::string>& shared_table_names();

/// Whether `a` is better than `b` under a goal.
inline bool is_better(Goal goal, double a, double b) { return goal == Goal::minimize ? a < b : a > b; }

}  // namespace hone
