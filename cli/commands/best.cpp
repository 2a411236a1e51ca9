#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/confirmed_trials.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "cli/summary.h"
#include "core/text.h"

namespace hone {

namespace {

struct BestOptions {
  std::string study;
  bool params = false;
};

/// The parameters as TOML that a spec can take over.
std::string params_toml(const TrialResult& trial) {
  std::string text;
  for (const auto& [name, value] : trial.params) text += name + " = " + to_toml_value(value) + "\n";
  return text;
}

bool has_knee(const Results& results) {
  return results.front && !results.front->in_turn && !results.front->trials.empty();
}

/// What the study's answer is: with several objectives of equal rank the knee of their front.
const TrialResult* answer_of(const Results& results) {
  if (!has_knee(results)) return results.best_trial();
  return &results.trials[static_cast<std::size_t>(results.front->knee_trial()->trial)];
}

/// The knee with all its objectives, and where the rest of the front is.
std::string knee_lines(const Results& results, int columns) {
  const FrontResults& front = *results.front;
  const FrontTrial& knee = *front.knee_trial();
  std::vector<std::string> scores;
  for (std::size_t k = 0; k < knee.values.size(); ++k) {
    scores.push_back(front.objectives[k].metric + " " + format_score(knee.values[k]));
  }
  const Params& params = results.trials[static_cast<std::size_t>(knee.trial)].params;
  std::string text = wrap_labelled("best trial", std::to_string(knee.trial) + ": " + join(scores, ", "), columns, 13);
  if (!params.empty()) text += wrap_labelled("", format_params(params), columns, 13);
  const auto size = static_cast<std::int64_t>(front.trials.size());
  return text + wrap_labelled("front",
                              "it is the knee of " + count_of(size, "trial") +
                                  " that no other beats in every objective: hone pareto " + results.folder.string(),
                              columns, 13);
}

/// The chosen candidate; null before anything is confirmed.
const Confirmed* find_confirmed(const Confirmation& confirmation) {
  for (const Confirmed& candidate : confirmation.candidates) {
    if (candidate.trial == confirmation.chosen) return &candidate;
  }
  return nullptr;
}

std::string confirmed_text(const Confirmation& confirmation, const ExperimentSpec& spec) {
  const Confirmed* confirmed = find_confirmed(confirmation);
  if (confirmed == nullptr) return "unconfirmed: one seed chose it";
  return fmt::format("{} {} ({:g} % {} to {}) on {}", spec.objectives.front().metric,
                     format_short(confirmed->shrunk, 5), 100 * (1 - spec.confirm.alpha),
                     format_short(confirmed->shrunk_interval->low, 5),
                     format_short(confirmed->shrunk_interval->high, 5), count_of(confirmed->repeats, "fresh seed"));
}

ExitCode show_best(const BestOptions& options, Console& console) {
  const StudyView study = open_study(options.study);
  Results results = make_results(study);
  const Confirmation confirmation = confirmation_of(study.state, study.spec);
  if (confirmation.chosen && !has_knee(results)) results.best = confirmation.chosen;
  const TrialResult* best = answer_of(results);
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    if (best != nullptr) items.push_back(trial_json(*best, true));
    nlohmann::json document = json_document("best", results, items);
    if (results.front) document["front"] = front_json(*results.front);
    document["confirmed"] = nullptr;
    if (const Confirmed* confirmed = find_confirmed(confirmation)) {
      document["confirmed"] = {{"value", confirmed->shrunk},
                               {"low", confirmed->shrunk_interval->low},
                               {"high", confirmed->shrunk_interval->high},
                               {"repeats", confirmed->repeats}};
    }
    document["best_model"] = results.best_model;
    document["compressed_model"] = results.compressed_model;
    console.answer(document.dump(2) + "\n");
    return best != nullptr ? ExitCode::ok : ExitCode::answer_no;
  }
  if (best == nullptr) {
    console.note("no trial has a score yet");
    return ExitCode::answer_no;
  }
  if (options.params) {
    console.answer(params_toml(*best));
    return ExitCode::ok;
  }
  const int columns = console.answer_columns();
  std::string text = has_knee(results) ? knee_lines(results, columns) : best_lines(results, console, columns);
  if (!has_knee(results)) {
    text += wrap_labelled("confirmed", confirmed_text(confirmation, study.spec), columns, 13);
  }
  if (results.state != "finished")
    text += wrap_labelled("", "(so far: the study is " + results.state + ")", columns, 13);
  // The models on disk are those of the trial that the search ended with.
  if (best == results.best_trial()) {
    if (!results.best_model.empty()) text += wrap_labelled("model", results.best_model, columns, 13);
    if (!results.compressed_model.empty()) text += wrap_labelled("compressed", results.compressed_model, columns, 13);
  }
  console.answer(text);
  return ExitCode::ok;
}

}  // namespace

Action declare_best(CLI::App& app) {
  auto options = std::make_shared<BestOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_flag("--params", options->params, "only the parameters, as TOML");
  return [options](Console& console) { return show_best(*options, console); };
}

}  // namespace hone
