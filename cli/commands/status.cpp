#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/best_lines.h"
#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "cli/summary.h"
#include "core/text.h"

namespace hone {

namespace {

struct StatusOptions {
  std::string study;
};

std::vector<const TrialResult*> running_trials(const Results& results) {
  std::vector<const TrialResult*> running;
  for (const TrialResult& trial : results.trials) {
    if (trial.state == "running") running.push_back(&trial);
  }
  return running;
}

std::string state_text(const Results& results) {
  if (results.state == "finished") return fmt::format("finished ({})", results.closed_reason);
  if (results.state == "running") return "running";
  const std::string spec = results.spec_file.empty() ? "SPEC" : results.spec_file;
  return fmt::format("unfinished, nobody works on it; `hone {} {}` goes on", results.verb, spec);
}

std::string running_text(const Results& results, int columns) {
  const auto running = running_trials(results);
  if (running.empty()) return "";
  TextTable table{{{"running", results.metric, results.unit, "of", "attempt"}}, {true, true, true, true, true}};
  for (const TrialResult* trial : running) {
    table.rows.push_back({std::to_string(trial->id), format_score(trial->value), format_short(trial->reached),
                          trial->budget > 0 ? format_short(trial->budget) : "-", std::to_string(trial->attempts)});
  }
  return "\n" + render_table(table, columns);
}

ExitCode show_status(const StatusOptions& options, Console& console) {
  const Results results = make_results(open_study(options.study));
  const bool finished_badly = results.state == "finished" && !results.best;
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const TrialResult* trial : running_trials(results)) items.push_back(trial_json(*trial, false));
    console.answer(json_document("status", results, items).dump(2) + "\n");
    return finished_badly ? ExitCode::answer_no : ExitCode::ok;
  }
  const int columns = console.answer_columns();
  std::string text = wrap_labelled("study", results.name + ", " + state_text(results), columns, 13);
  text += wrap_labelled("trials", counts_text(results), columns, 13);
  text += wrap_labelled("budget", budget_text(results), columns, 13);
  text += best_lines(results, console, columns);
  text += compression_lines(results, console, columns);
  text += running_text(results, columns);
  console.answer(text);
  return finished_badly ? ExitCode::answer_no : ExitCode::ok;
}

}  // namespace

Action declare_status(CLI::App& app) {
  auto options = std::make_shared<StatusOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  return [options](Console& console) { return show_status(*options, console); };
}

}  // namespace hone
