#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands/verb.h"
#include "cli/optuna_journal.h"
#include "cli/run_table.h"
#include "core/files.h"

namespace hone {

namespace {

struct ExportOptions {
  std::string study;
  std::string to = "csv";
  std::string output;
};

ExitCode export_study(const ExportOptions& options, Console& console) {
  const StudyView study = open_study(options.study);
  const std::string text = options.to == "json"             ? run_table_json(study)
                           : options.to == "optuna-journal" ? optuna_journal(study)
                                                            : run_table_csv(study);
  if (options.output.empty()) {
    console.answer(text);
  } else {
    write_file(options.output, text);
    console.answer(options.output + "\n");
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_export(CLI::App& app) {
  auto options = std::make_shared<ExportOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_option("--to", options->to, "the format")
      ->check(CLI::IsMember({"csv", "json", "optuna-journal"}))
      ->type_name("csv|json|optuna-journal");
  app.add_option("-o,--output", options->output, "write it to this file, else to stdout")->type_name("FILE");
  app.footer(
      "A line for each report of each trial: trial, step, state, origin, failure, budget, seconds, seed, param.NAME…, "
      "then the metrics. Numbers read back equal. optuna-journal: for optuna.storages.JournalStorage.");
  return [options](Console& console) { return export_study(*options, console); };
}

}  // namespace hone
