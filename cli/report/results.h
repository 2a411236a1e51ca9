#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/confirmed_trials.h"
#include "cli/report/compression_results.h"
#include "cli/report/front_results.h"
#include "cli/study_view.h"
#include "configs/data_facts.h"
#include "search/analysis/best_so_far.h"
#include "search/analysis/importance.h"
#include "search/trial/trial.h"

namespace hone {

/// One point of a learning curve: the objective after `step` units of budget.
struct CurvePoint {
  double step = 0;
  double value = 0;
};

/// With fewer, a tenth of the trials is less than two.
inline constexpr std::size_t kTrialsForImportance = 20;

struct TrialResult {
  std::int64_t id = 0;
  std::string state;
  /// Name of the failure class; empty unless it failed.
  std::string failure;
  std::string message;
  std::string origin;
  /// Hash of the code its newest launch ran; empty where nobody knows.
  std::string code;
  std::int64_t attempts = 0;
  /// The trial whose results it took over without being launched.
  std::optional<std::int64_t> answered_from;
  /// Budget it reached and budget of its newest launch, in units of [fidelity].
  double reached = 0;
  double budget = 0;
  std::optional<double> value;
  Params params;
  std::vector<CurvePoint> curve;
  /// Every metric of the newest report.
  std::map<std::string, double> metrics;
  double seconds = 0;
  std::int64_t asked_time_us = 0;
  std::int64_t changed_time_us = 0;
};

/// A column of parameters, for tables and axes.
struct ParameterColumn {
  std::string name;
  std::string type;
  bool log = false;
  std::optional<double> low;
  std::optional<double> high;
  std::vector<ParamValue> choices;
};

/// Trials that rest or ended at a budget, and those that went on from it.
struct RungResult {
  double budget = 0;
  std::int64_t reached = 0;
  std::int64_t promoted = 0;
};

/// An objective's value, in the user's direction.
struct ObjectiveScore {
  std::string metric;
  std::optional<double> value;

  friend bool operator==(const ObjectiveScore&, const ObjectiveScore&) = default;
};
/// All objectives of a trial, as it is judged.
std::vector<ObjectiveScore> scores_of(const StudyState& state, const ExperimentSpec& spec, std::int64_t trial);

/// The winner on rows that nothing was chosen by.
struct TestResults {
  std::int64_t rows = 0;
  std::map<std::string, double> metrics;
};

/// Everything there is to say about a study, made once from its events; `status`, `ls`, `best` and the reports only
/// print it.
struct Results {
  std::string name;
  std::string title;
  std::filesystem::path folder;
  std::string spec_file;
  /// The verb that goes on with it: `run` or `ask-tell`.
  std::string verb = "run";
  std::int64_t seed = 0;
  /// `running`, `finished`, or `unfinished` (nobody works on it and it is not closed).
  std::string state;
  std::string closed_reason;
  std::string metric;
  bool maximize = false;
  std::string unit;
  std::string sampler;
  std::string scheduler;
  std::string trainer;
  std::string family;
  std::optional<std::int64_t> budget_trials;
  std::optional<double> budget_wall_seconds;
  std::optional<double> budget_units;
  double search_seconds = 0;
  /// Units of fidelity spent, over all trials.
  double units_spent = 0;
  std::int64_t opened_time_us = 0;
  std::int64_t changed_time_us = 0;
  std::map<std::string, std::int64_t> states;
  std::map<std::string, std::int64_t> failures;
  /// The trial the study answers with (cli/study_choice.h), all its objectives, and whether fresh seeds chose it.
  std::optional<std::int64_t> best;
  std::vector<ObjectiveScore> best_scores;
  bool confirmed = false;
  StudyConfirmation confirmation;
  double confirm_alpha = 0;
  std::optional<DataFacts> facts;
  std::vector<ParameterColumn> parameters;
  /// Largest first; empty while fewer than kTrialsForImportance trials have a score.
  std::vector<ParameterImportance> importance;
  std::vector<RungResult> rungs;
  std::vector<TrialResult> trials;
  /// Of a study with several objectives.
  std::optional<FrontResults> front;
  std::optional<CompressionResults> compression;
  std::optional<TestResults> test;
  /// By the first objective, over the trials of the search that have a value, in the order in which they ended.
  std::optional<BestSoFar> best_so_far;
  std::optional<double> target;
  /// Trials that the pages show at most; report.json holds all.
  std::size_t shown_trials = 0;
  /// Folders of models that exist, as a user would type them; empty when there is none.
  std::string best_model;
  std::string compressed_model;

  const TrialResult* best_trial() const { return best ? &trials[static_cast<std::size_t>(*best)] : nullptr; }
};

Results make_results(const StudyView& study);
/// The same from a study that is open in this process.
Results make_results(const Study& study, const std::filesystem::path& folder, const std::string& spec_file);

}  // namespace hone
