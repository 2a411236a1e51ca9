#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "core/text.h"

namespace hone {

namespace {

constexpr int kLabelWidth = 13;

std::string number_cell(double value, bool exact) {
  return exact ? to_text(ParamValue(value)) : format_short(value, 5);
}

std::string param_cell(const Params& params, const std::string& name, bool exact) {
  const auto found = params.find(name);
  if (found == params.end()) return exact ? "" : "-";
  if (const double* number = std::get_if<double>(&found->second)) return number_cell(*number, exact);
  return without_controls(to_text(found->second));
}

/// A row a trial: number, objectives, parameters, and which one is the knee.
TextTable front_table(const Results& results, const FrontResults& front, bool exact) {
  TextTable table;
  std::vector<std::string> header = {"trial"};
  for (const FrontObjective& objective : front.objectives) header.push_back(objective.metric);
  header.push_back("knee");
  table.right.assign(header.size() - 1, true);
  table.right.push_back(false);
  for (const ParameterColumn& parameter : results.parameters) {
    header.push_back(parameter.name);
    table.right.push_back(parameter.type != "categorical" && parameter.type != "ordinal");
  }
  table.rows.push_back(header);
  for (const FrontTrial& trial : front.trials) {
    std::vector<std::string> row = {std::to_string(trial.trial)};
    for (const double value : trial.values) row.push_back(number_cell(value, exact));
    row.push_back(&trial == front.knee_trial() ? "knee" : "");
    const Params& params = results.trials[static_cast<std::size_t>(trial.trial)].params;
    for (const ParameterColumn& parameter : results.parameters) {
      row.push_back(param_cell(params, parameter.name, exact));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

nlohmann::json document_of(const Results& results, const FrontResults& front) {
  nlohmann::json items = nlohmann::json::array();
  for (const FrontTrial& trial : front.trials) {
    nlohmann::json item = trial_json(results.trials[static_cast<std::size_t>(trial.trial)], false);
    item["values"] = trial.values;
    item["knee"] = &trial == front.knee_trial();
    items.push_back(item);
  }
  return json_document("pareto", results, items);
}

ExitCode show_front(const std::string& study, Console& console) {
  const Results results = make_results(open_study(study));
  if (!results.front) {
    throw Error("study::one-objective",
                fmt::format("{} has one objective, {}: it has a best trial and no Pareto front; `hone best` shows it",
                            results.name, results.metric));
  }
  const FrontResults& front = *results.front;
  const ExitCode code = front.trials.empty() ? ExitCode::answer_no : ExitCode::ok;
  if (console.options().json) {
    console.answer(document_of(results, front).dump(2) + "\n");
    return code;
  }
  if (front.trials.empty()) {
    console.note("no finished trial is feasible yet");
    return code;
  }
  if (console.options().plain) {
    console.answer(render_tabs(front_table(results, front, /*exact=*/true)));
    return code;
  }
  const int columns = console.answer_columns();
  std::string text = render_table(front_table(results, front, /*exact=*/false), columns);
  text += wrap_labelled("hypervolume", hypervolume_text(front), columns, kLabelWidth);
  text += wrap_labelled("knee", fmt::format("trial {}", front.knee_trial()->trial), columns, kLabelWidth);
  console.answer(text);
  return code;
}

}  // namespace

Action declare_pareto(CLI::App& app) {
  auto study = std::make_shared<std::string>();
  app.add_option("STUDY", *study, "spec, folder or store file of the study");
  app.footer("The knee is the trial of the front that lies farthest from the plane through its extreme trials.");
  return [study](Console& console) { return show_front(*study, console); };
}

}  // namespace hone
