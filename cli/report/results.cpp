#include "cli/report/results.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/study_choice.h"
#include "cli/study_files.h"
#include "core/files.h"
#include "search/cached_answers.h"
#include "search/objective.h"
#include "search/registry.h"

namespace hone {

namespace {

std::string type_name(ParameterType type) {
  switch (type) {
    case ParameterType::float_:
      return "float";
    case ParameterType::int_:
      return "int";
    case ParameterType::bool_:
      return "bool";
    case ParameterType::categorical:
      return "categorical";
    case ParameterType::ordinal:
      return "ordinal";
  }
  return "";
}

TrialResult trial_result(const Trial& trial, const TrialLedger& ledger, const ObjectiveSpec& objective) {
  TrialResult result;
  result.id = trial.id;
  result.state = name_of(trial.state);
  if (trial.failure != FailureClass::none) result.failure = name_of(trial.failure);
  result.message = trial.message;
  result.origin = name_of(trial.origin);
  result.code = trial.code;
  result.attempts = trial.attempt;
  result.budget = trial.budget;
  result.value = settled_value(trial, ledger, objective);
  if (!result.value) result.value = objective_of(trial, objective);
  result.params = trial.params;
  for (const TrialReport& report : trial.curve) {
    const auto found = report.metrics.find(objective.metric);
    if (found != report.metrics.end()) result.curve.push_back({report.step, found->second});
    result.reached = std::max(result.reached, report.step);
  }
  if (!trial.curve.empty()) result.metrics = trial.curve.back().metrics;
  for (const auto& [name, value] : trial.final_metrics) result.metrics[name] = value;
  result.seconds = trial.seconds;
  result.asked_time_us = trial.asked_time_us;
  result.changed_time_us = trial.changed_time_us;
  return result;
}

std::vector<FinishedTrial> finished_trials(const Results& results) {
  std::vector<FinishedTrial> finished;
  for (const TrialResult& trial : results.trials) {
    const bool goes_on = trial.state == "running" || trial.state == "waiting";
    if (goes_on || !trial.value || trial.state == "failed" || trial.origin == name_of(TrialOrigin::confirm)) continue;
    finished.push_back(
        {trial.id, static_cast<double>(trial.changed_time_us - results.opened_time_us) * 1e-6, *trial.value});
  }
  std::stable_sort(finished.begin(), finished.end(),
                   [](const FinishedTrial& a, const FinishedTrial& b) { return a.seconds < b.seconds; });
  return finished;
}

/// An answered trial took over the results of the first completed one with its parameters.
void find_answers(const ExperimentSpec& spec, const StudyState& state, Results& results) {
  std::optional<SearchSpace> space;
  std::map<std::string, std::int64_t> first;
  for (const Trial& trial : state.trials) {
    if (!is_answered(trial)) continue;
    if (!space) {
      space.emplace(spec, Origins());
      for (const Trial& known : state.trials) {
        const bool is_known = known.state == TrialState::completed && is_of_the_search(known.origin);
        if (is_known && !is_answered(known)) first.emplace(space->key(known.params), known.id);
      }
    }
    const auto found = first.find(space->key(trial.params));
    if (found != first.end()) results.trials[static_cast<std::size_t>(trial.id)].answered_from = found->second;
  }
}

std::vector<ParameterImportance> importance_of(const ExperimentSpec& spec, const Results& results) {
  std::vector<ScoredParams> scored;
  for (const TrialResult& trial : results.trials) {
    if (trial.value && trial.origin != name_of(TrialOrigin::confirm))
      scored.push_back({trial.params, results.maximize ? -*trial.value : *trial.value});
  }
  if (scored.size() < kTrialsForImportance) return {};
  return parameter_importance(SearchSpace(spec.space, {}), scored);
}

std::vector<RungResult> rung_results(const std::vector<Trial>& trials, const std::vector<double>& budgets) {
  std::vector<RungResult> rungs;
  if (budgets.size() < 2) return rungs;
  for (const double budget : budgets) {
    RungResult rung;
    rung.budget = budget;
    for (const Trial& trial : trials) {
      const bool reached =
          std::any_of(trial.reached.begin(), trial.reached.end(), [&](double value) { return value >= budget; });
      if (!reached) continue;
      ++rung.reached;
      if (trial.budget > budget) ++rung.promoted;
    }
    rungs.push_back(rung);
  }
  return rungs;
}

void read_spec(const ExperimentSpec& spec, Results& results) {
  results.name = spec.study.name;
  results.shown_trials = static_cast<std::size_t>(spec.report.trials);
  results.title = spec.report.title.empty() ? spec.study.name : spec.report.title;
  results.seed = spec.study.seed;
  if (!spec.objectives.empty()) {
    results.metric = spec.objectives.front().metric;
    results.maximize = spec.objectives.front().goal == Goal::maximize;
  }
  // A command without [fidelity] counts its reports.
  results.unit = spec.fidelity.max ? spec.fidelity.unit : "reports";
  results.sampler = spec.sampler.kind;
  results.scheduler = spec.scheduler.kind;
  results.trainer = spec.trainer.kind;
  results.family = spec.model.family;
  results.budget_trials = spec.budget.trials;
  results.budget_wall_seconds = spec.budget.wall;
  results.budget_units = spec.budget.units;
  for (const ParameterSpec& parameter : spec.space) {
    results.parameters.push_back({parameter.name, type_name(parameter.type), parameter.log != LogScale::none,
                                  parameter.low, parameter.high, parameter.choices});
  }
}

void choose_best(const ExperimentSpec& spec, const StudyState& state, Results& results) {
  const StudyChoice choice = choice_of(state, spec);
  results.best = choice.trial;
  results.confirmed = choice.confirmed;
  results.confirmation = confirmation_of(state, spec);
  results.confirm_alpha = spec.confirm.alpha;
  if (results.best) results.best_scores = scores_of(state, spec, *results.best);
}

std::optional<TestResults> read_test_results(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / kBestFolder / kTestFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  const auto document = nlohmann::json::parse(read_file(file), nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) return std::nullopt;
  try {
    return TestResults{document.at("rows").get<std::int64_t>(),
                       document.at("metrics").get<std::map<std::string, double>>()};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // an edited file is no reason to show nothing of the study
  }
}

Results make(const ExperimentSpec& spec, const StudyState& state, const std::filesystem::path& folder, bool running) {
  Results results;
  read_spec(spec, results);
  results.folder = folder;
  results.state = running ? "running" : state.closed ? "finished" : "unfinished";
  results.closed_reason = state.closed_reason;
  results.search_seconds = state.search_seconds;
  results.opened_time_us = state.opened_time_us;
  results.facts = state.facts;
  const ObjectiveSpec objective = spec.objectives.empty() ? ObjectiveSpec{} : spec.objectives.front();
  for (std::size_t id = 0; id < state.trials.size(); ++id) {
    results.trials.push_back(trial_result(state.trials[id], state.ledgers[id], objective));
    const TrialResult& result = results.trials.back();
    ++results.states[result.state];
    if (!result.failure.empty() && result.state == "failed") ++results.failures[result.failure];
    if (is_of_the_search(state.trials[id].origin)) results.units_spent += result.reached;
    results.changed_time_us = std::max(results.changed_time_us, result.changed_time_us);
  }
  find_answers(spec, state, results);
  choose_best(spec, state, results);
  results.front = front_results(spec, state);
  results.target = spec.budget.target;
  results.best_so_far = best_so_far(finished_trials(results), results.maximize, results.target);
  results.importance = importance_of(spec, results);
  results.rungs = rung_results(state.trials, make_scheduler(spec)->rungs());
  if (!state.compressed.empty()) results.compression = compression_results_from_json(state.compressed);
  const auto model_at = [&](const char* name) {
    return std::filesystem::exists(folder / name / "model.toml") ? (folder / name).string() : std::string();
  };
  results.best_model = model_at(kBestFolder);
  results.test = read_test_results(folder);
  results.compressed_model = model_at(kCompressedFolder);
  return results;
}

}  // namespace

std::vector<ObjectiveScore> scores_of(const StudyState& state, const ExperimentSpec& spec, std::int64_t trial) {
  const auto id = static_cast<std::size_t>(trial);
  std::vector<ObjectiveScore> scores;
  for (const ObjectiveSpec& objective : spec.objectives) {
    scores.push_back({objective.metric, settled_value(state.trials[id], state.ledgers[id], objective)});
  }
  return scores;
}

Results make_results(const StudyView& study) {
  Results results = make(study.spec, study.state, study.folder, study.running);
  results.spec_file = study.spec_file;
  if (study.spec.trainer.kind.empty()) results.verb = "ask-tell";
  return results;
}

Results make_results(const Study& study, const std::filesystem::path& folder, const std::string& spec_file) {
  Results results = make(study.spec(), study.state(), folder, false);
  results.spec_file = spec_file;
  return results;
}

}  // namespace hone
