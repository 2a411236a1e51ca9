#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/log_text.h"
#include "cli/report/json_document.h"
#include "cli/study_files.h"
#include "core/files.h"

namespace hone {

namespace {

struct LogsOptions {
  std::string trial;
  std::string study;
  bool of_stderr = false;
  bool raw = false;
  std::size_t tail = 0;
};

ExitCode show_logs(const LogsOptions& options, Console& console) {
  const StudyView study = open_study(options.study);
  const std::int64_t id = find_trial(study, options.trial);
  const Trial& trial = study.state.trials[static_cast<std::size_t>(id)];
  const bool json = console.options().json;
  nlohmann::json items = nlohmann::json::array();
  bool any = false;
  for (std::int64_t attempt = 1; attempt <= trial.attempt; ++attempt) {
    const auto log = read_file_if_there(trial_log(study.folder, id, attempt, options.of_stderr));
    if (!log || log->empty()) continue;
    const std::string_view part = last_lines(*log, options.tail);
    const std::string text = options.raw ? std::string(part) : safe_log_text(part);
    // Bytes that are no UTF-8 cannot stand in JSON: they become replacement characters there.
    if (json) items.push_back({{"trial", id}, {"attempt", attempt}, {"text", text}});
    if (!json && trial.attempt > 1) console.note(fmt::format("attempt {}:", attempt));
    if (!json) console.answer(text);
    if (!json && !text.empty() && text.back() != '\n' && !options.raw) console.answer("\n");
    any = true;
  }
  if (json) {
    console.answer(json_document("logs", make_results(study), items)
                       .dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
                   "\n");
  } else if (!any) {
    console.note(fmt::format("trial {} wrote nothing to {}", id, options.of_stderr ? "stderr" : "stdout"));
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_logs(CLI::App& app) {
  auto options = std::make_shared<LogsOptions>();
  app.add_option("TRIAL", options->trial, "number, best or latest")->required();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_flag("--stderr", options->of_stderr, "what it wrote to stderr instead of stdout");
  app.add_option("--tail", options->tail, "only the last N lines of each attempt")->type_name("N");
  app.add_flag("--raw", options->raw, "keep control characters");
  return [options](Console& console) { return show_logs(*options, console); };
}

}  // namespace hone
