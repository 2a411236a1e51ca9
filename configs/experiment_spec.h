#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "configs/fields.h"
#include "core/error.h"
#include "core/metrics.h"
#include "core/param_value.h"

namespace hone {

/// The spec as plain values, one struct a section (cli.md §3). Defaults exist only as member initialisers here; names,
/// limits and meanings of the members stand in configs/spec_fields.h. Nothing here has behaviour.

struct StudySpec {
  /// Default: the file's stem.
  std::string name;
  std::int64_t seed = 0;
  /// Default: studies/<name>, relative to the working directory.
  std::string folder;
  std::string order = "free";
  /// With order strict a suggestion sees the trials that many before it.
  std::int64_t lookahead = 32;
  bool cache = true;
  std::vector<std::string> tags;
  /// Program and arguments that get the result as JSON on stdin, once at the end.
  std::vector<std::string> on_finish;
};

enum class ParameterType { float_, int_, bool_, categorical, ordinal };
enum class LogScale { none, natural, reverse };
/// How much a guess of the user is worth.
enum class Confidence { low, medium, high };

struct ParameterSpec {
  std::string name;
  ParameterType type = ParameterType::float_;
  /// Inclusive bounds of float and int.
  std::optional<double> low;
  std::optional<double> high;
  LogScale log = LogScale::none;
  std::optional<double> step;
  /// Values of categorical and ordinal, all of one type.
  std::vector<ParamValue> choices;
  /// Value of the first trial.
  std::optional<ParamValue> default_value;
  /// Where the best value is believed to lie.
  std::optional<ParamValue> prior;
  Confidence confidence = Confidence::medium;
  /// Expression over other parameters; empty = always active.
  std::string when;
};

struct ObjectiveSpec {
  std::string metric;
  Goal goal = Goal::minimize;
  /// `last`, `best` or `mean:K` over a trial's reports; a line with "final" wins.
  std::string from = "last";
  /// Natural bounds; taken from the metric table when its name is known there.
  std::optional<std::array<double, 2>> bounds;
  /// Standard deviation of repeated measurements; 0 = deterministic, nothing = unknown.
  std::optional<double> noise;
  /// Share of the best value that may be lost for the sake of the objectives after this one: makes the objectives
  /// lexicographic in file order.
  std::optional<double> tolerance;
  /// Worst value that still counts for the hypervolume.
  std::optional<double> reference;
  std::string unit;
};

/// Expressions over parameters (forbid, require, derive: before a trial starts) and over metrics (outcome: after it).
struct ConstraintsSpec {
  std::vector<std::string> forbid;
  std::vector<std::string> require;
  /// Name and expression of values computed from the parameters, in file order.
  std::vector<std::pair<std::string, std::string>> derive;
  /// `latency_ms <= 5`, `accuracy >= 0.98 * baseline`.
  std::vector<std::string> outcome;
  /// Value of a metric that `baseline` stands for.
  std::map<std::string, double> baseline;
  /// Probability of feasibility a proposal should have.
  double probability = 0.5;
};

/// A configuration to try first, or where such stand: `study:NAME` or a CSV file.
using StartPoint = std::variant<Params, std::string>;

struct SamplerSpec {
  std::string kind = "auto";
  /// Quasi-random trials before the model; nothing = the sampler decides.
  std::optional<std::int64_t> initial;
  bool dedupe = true;
  std::string failures = "learn";
  std::vector<StartPoint> start;
  /// Share of the median trial's time that one proposal may take before a cheaper model takes over.
  double ask_limit = 0.05;
  /// Options of the chosen kind, `tpe.candidates = 128` as {"candidates", 128}.
  OptionValues options;
};

struct SchedulerSpec {
  std::string kind = "auto";
  /// Options of the chosen kind (eta, …).
  OptionValues options;
};

struct FidelitySpec {
  std::string unit = "epochs";
  std::optional<double> min;
  std::optional<double> max;
};

/// How the metrics of a command are found (trainers.md §9).
struct CommandMetrics {
  /// `auto` (what the script writes is found out, cli.md §10), `report` (fd 3, $HONE_REPORT, `@hone ` on stdout),
  /// `stdout` or `file:<name in the trial folder>`.
  std::string from = "auto";
  /// Linear-time regex with groups `metric`, `value` and optionally `step`; used with stdout and file.
  std::string regex;
  /// Instead of a regex: what scripts for another tool print (search/executors/metric_presets.h).
  std::string preset;
};

struct TrainerSpec {
  /// `builtin` or `command`.
  std::string kind;
  /// Options of the built-in trainer as written (trainers/models/trainer_options).
  OptionValues options;
  /// argv template of a command.
  std::vector<std::string> command;
  /// Default: the spec's folder; "{folder}" = the trial folder.
  std::string cwd;
  std::map<std::string, std::string> env;
  CommandMetrics metrics;
  bool checkpoints = false;
  bool watches_stop = false;
};

struct ModelSection {
  std::string family;
  /// Options of the family as written (trainers/models/<family>).
  OptionValues options;
};

struct SplitSpec {
  /// `auto` (files when the source says which rows test, else holdout), `holdout`, `files` or `column`.
  std::string kind = "auto";
  /// Of all rows, or (`files`, `column`) of the rows to train on where the source names no validation rows.
  double validation = 0.2;
  double test = 0.2;
  std::int64_t seed = 0;
  bool stratify = true;
  /// Of kind `column`: the column that says train, validation or test in every row.
  std::string by;
};

/// A source in several files: one for each part of the split.
struct PartFiles {
  std::string train;
  std::string validation;
  std::string test;
};

struct DatasetSpec {
  /// As written; relative to the spec file unless it came from ${env:…}. Resolved by the loader to an absolute path.
  /// Empty when `files` says more.
  std::string source;
  PartFiles files;
  /// Where the data can be had; said when they are not there.
  std::string origin;
  std::string format = "auto";
  /// [channels, height, width]: the columns are pixels, integers 0…255.
  std::vector<std::int64_t> shape;
  /// Column name, or number as text (from 1, -1 = last).
  std::string target;
  std::string task = "auto";
  SplitSpec split;
  /// `auto`, `true` or `false`.
  std::string header = "auto";
  std::vector<std::string> columns;
  std::string separator = "auto";
  std::vector<std::string> missing = {"", "?", "NA", "NaN", "null"};
  /// Texts of the target and what they mean: {"<=50K." = "<=50K"}.
  std::map<std::string, std::string> relabel;
  /// [height, width] that images are brought to; empty: all have one size already.
  std::vector<std::int64_t> image_size;
  /// Columns left out by name.
  std::vector<std::string> drop;
  /// Columns that are nominal although they hold numbers.
  std::vector<std::string> categorical;
  /// What a column of numbers without a decimal point is: `numeric` or `nominal`.
  std::string integers = "numeric";
  /// `auto`, `standard`, `robust`, `quantile` or `none`.
  std::string numeric = "auto";
  /// `auto`, `onehot`, `embedding` or `ordinal`.
  std::string categories = "auto";
  std::optional<std::int64_t> limit;
};

struct ResourcesSpec {
  std::string executor = "local";
  /// Trials at once; nothing = cores / cpus_per_trial.
  std::optional<std::int64_t> slots;
  std::int64_t cpus_per_trial = 1;
  /// Wall seconds of one attempt.
  std::optional<double> timeout;
  /// Seconds without a report.
  std::optional<double> stall;
  double grace = 30;
  double soft_grace = 10;
};

struct BudgetSpec {
  std::optional<std::int64_t> trials;
  /// In units of [fidelity], summed over all launches.
  std::optional<double> units;
  std::optional<double> wall;
  std::optional<std::int64_t> patience;
  std::optional<double> target;
  /// Failed trials in a row that end the study (exit 9).
  std::int64_t failures = 20;
};

/// The best trials run again with other seeds, so that luck does not decide.
struct ConfirmSpec {
  std::int64_t top = 3;
  std::int64_t seeds = 6;
  /// `lower_bound` or `mean`.
  std::string rule = "lower_bound";
  double alpha = 0.05;
};

struct PruneSpec {
  std::string method = "structured";
  /// `obs` or `l1`.
  std::string importance = "obs";
  double min_keep = 0.1;
};

struct QuantizeSpec {
  std::vector<std::string> formats = {"fp32", "int8"};
  std::string calibrators = "auto";
};

struct DistillSpec {
  double temperature = 4.0;
  double alpha = 0.7;
};

struct CompressBudget {
  std::int64_t finetune_epochs = 30;
  std::optional<double> wall;
};

struct CompressSpec {
  /// The section was written: without it nothing is compressed.
  bool wanted = false;
  std::string source = "best";
  std::vector<std::string> limits;
  std::string minimize = "latency_p50";
  CompressBudget budget;
  std::int64_t calibrate = 512;
  PruneSpec prune;
  QuantizeSpec quantize;
  DistillSpec distill;
};

struct ReportSpec {
  bool html = true;
  std::int64_t trials = 10000;
  std::string title;
};

struct ExperimentSpec {
  StudySpec study;
  /// In file order.
  std::vector<ParameterSpec> space;
  std::vector<ObjectiveSpec> objectives;
  ConstraintsSpec constraints;
  SamplerSpec sampler;
  SchedulerSpec scheduler;
  FidelitySpec fidelity;
  TrainerSpec trainer;
  ModelSection model;
  DatasetSpec dataset;
  ResourcesSpec resources;
  BudgetSpec budget;
  ConfirmSpec confirm;
  CompressSpec compress;
  ReportSpec report;
};

/// Where each value came from, by dotted path ("space.lr.low", "budget.trials"): key and value apart for the caret.
struct Origin {
  Place key;
  Place value;
  /// `file`, `--set`, `default`.
  std::string from;
};
using Origins = std::map<std::string, Origin>;

}  // namespace hone
