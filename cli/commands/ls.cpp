#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "cli/trial_columns.h"
#include "core/text.h"

namespace hone {

namespace {

struct LsOptions {
  std::string study;
  std::string sort;
  std::string where;
  std::string columns;
  std::size_t top = 0;
};

std::vector<std::string> wanted_columns(const LsOptions& options, const Results& results) {
  if (!options.columns.empty()) {
    std::vector<std::string> columns;
    for (const std::string& name : split(options.columns, ',')) columns.emplace_back(trim(name));
    return columns;
  }
  std::vector<std::string> columns = {"trial", "state", "value", "reached", "seconds"};
  for (const ParameterColumn& parameter : results.parameters) columns.push_back(parameter.name);
  if (!results.failures.empty()) columns.push_back("failure");
  const bool any_answered = std::any_of(results.trials.begin(), results.trials.end(),
                                        [](const TrialResult& trial) { return trial.answered_from.has_value(); });
  if (any_answered) columns.push_back("answered_from");
  return columns;
}

std::string cell(const std::optional<ParamValue>& value, bool exact) {
  if (!value) return exact ? "" : "-";
  if (const double* number = std::get_if<double>(&*value); number != nullptr && !exact) return format_short(*number, 5);
  return without_controls(to_text(*value));
}

TextTable make_table(const std::vector<std::string>& columns, const Results& results,
                     const std::vector<const TrialResult*>& trials, bool exact) {
  TextTable table;
  table.rows.push_back(columns);
  table.right.assign(columns.size(), true);
  for (std::string& header : table.rows.front()) {
    if (header == "value" && !exact) header = results.metric;
    if (header == "reached" && !exact) header = results.unit;
  }
  for (const TrialResult* trial : trials) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto value = column_value(results, *trial, columns[i]);
      if (value && std::holds_alternative<std::string>(*value)) table.right[i] = false;
      row.push_back(cell(value, exact));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The table with as many parameters as fit beside each other; `left_out` gets the names of the others.
TextTable make_fitting_table(std::vector<std::string> columns, const Results& results,
                             const std::vector<const TrialResult*>& trials, int width,
                             std::vector<std::string>& left_out) {
  TextTable table = make_table(columns, results, trials, /*exact=*/false);
  for (auto parameter = results.parameters.rbegin(); parameter != results.parameters.rend(); ++parameter) {
    if (width_of(table) <= width) break;
    std::erase(columns, parameter->name);
    left_out.insert(left_out.begin(), parameter->name);
    table = make_table(columns, results, trials, /*exact=*/false);
  }
  return table;
}

ExitCode list_trials(const LsOptions& options, Console& console) {
  const Results results = make_results(open_study(options.study));
  std::vector<const TrialResult*> trials = trials_where(results, options.where);
  const std::vector<std::string> columns = wanted_columns(options, results);
  // --top means the best unless another order was asked for.
  const std::string best_first = results.maximize ? "-value" : "value";
  const std::string sort = options.sort.empty() && options.top > 0 ? best_first : options.sort;
  if (!sort.empty()) sort_trials(results, sort, trials);
  if (options.top > 0 && trials.size() > options.top) trials.resize(options.top);
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const TrialResult* trial : trials) items.push_back(trial_json(*trial, false));
    console.answer(json_document("trials", results, items).dump(2) + "\n");
    return ExitCode::ok;
  }
  if (console.options().plain) {
    console.answer(render_tabs(make_table(columns, results, trials, /*exact=*/true)));
    return ExitCode::ok;
  }
  const int width = console.answer_columns();
  std::vector<std::string> left_out;
  const TextTable table = options.columns.empty() ? make_fitting_table(columns, results, trials, width, left_out)
                                                  : make_table(columns, results, trials, /*exact=*/false);
  console.answer(render_table(table, width));
  if (!left_out.empty()) console.say("too narrow for " + join(left_out, ", ") + ": --columns chooses, --plain has all");
  return ExitCode::ok;
}

}  // namespace

Action declare_ls(CLI::App& app) {
  auto options = std::make_shared<LsOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_option("--sort", options->sort, "column to sort by; -COLUMN for the largest first")->type_name("COLUMN");
  app.add_option("--where", options->where, "only trials for which this is true: 'state == \"failed\" and lr > 1e-3'")
      ->type_name("EXPR");
  app.add_option("--top", options->top, "only the first N, the best ones without --sort")->type_name("N");
  app.add_option("--columns", options->columns, "which columns, separated by commas")->type_name("A,B");
  return [options](Console& console) { return list_trials(*options, console); };
}

}  // namespace hone
