#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/best_lines.h"
#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "cli/summary.h"

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

ExitCode show_best(const BestOptions& options, Console& console) {
  const Results results = make_results(open_study(options.study));
  const TrialResult* best = results.best_trial();
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    if (best != nullptr) items.push_back(trial_json(*best, true));
    nlohmann::json document = json_document("best", results, items);
    document["best_model"] = results.best_model;
    document["compressed_model"] = results.compressed_model;
    document["test"] = test_json(results.test);
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
  std::string text = best_lines(results, console, columns);
  if (!results.confirmed) text += labelled(console, "confirmed", confirmed_text(results), columns);
  if (results.state != "finished") {
    text += labelled(console, "", "(so far: the study is " + results.state + ")", columns);
  }
  text += test_lines(results, console, columns);
  if (!results.best_model.empty()) text += labelled(console, "model", results.best_model, columns);
  if (!results.compressed_model.empty()) text += labelled(console, "compressed", results.compressed_model, columns);
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
