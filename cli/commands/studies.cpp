#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/report/json_document.h"
#include "cli/report/results.h"
#include "cli/study_files.h"
#include "core/text.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

/// A study as far as it could be read: either results, or what is wrong with it.
struct FoundStudy {
  std::string folder;
  std::optional<Results> results;
  std::vector<Diagnostic> wrong;
};

FoundStudy read_study(const fs::path& folder) {
  FoundStudy study;
  study.folder = folder.string();
  try {
    study.results = make_results(open_study(study.folder));
  } catch (const Error& error) {
    study.wrong = error.diagnostics();
    for (Diagnostic& diagnostic : study.wrong) diagnostic.severity = Severity::warning;
  }
  return study;
}

TextTable studies_table(const std::vector<FoundStudy>& studies, bool exact) {
  TextTable table{{{"study", "state", "trials", "best", "metric", "changed"}}, {false, false, true, true}};
  for (const FoundStudy& study : studies) {
    if (!study.results) {
      table.rows.push_back({study.folder, "unreadable", "-", "-", "-", "-"});
      continue;
    }
    const Results& results = *study.results;
    const TrialResult* best = results.best_trial();
    std::string score = "-";
    if (best != nullptr && best->value) score = exact ? fmt::format("{}", *best->value) : format_score(best->value);
    table.rows.push_back({study.folder, results.state, std::to_string(results.trials.size()), score, results.metric,
                          results.changed_time_us > 0 ? format_time_utc(results.changed_time_us) : "-"});
  }
  return table;
}

std::string studies_json(const std::vector<FoundStudy>& studies) {
  nlohmann::json items = nlohmann::json::array();
  for (const FoundStudy& study : studies) {
    nlohmann::json item = study.results ? study_json(*study.results)
                                        : nlohmann::json{{"state", "unreadable"}, {"code", study.wrong.front().code}};
    item["folder"] = study.folder;
    items.push_back(std::move(item));
  }
  return nlohmann::json{{"hone", 1}, {"kind", "studies"}, {"items", items}}.dump(2) + "\n";
}

ExitCode list_studies(const std::string& folder, Console& console) {
  if (!fs::is_directory(folder)) {
    throw Error("study::not-found", fmt::format("there is no folder `{}`", without_controls(folder)));
  }
  std::vector<FoundStudy> studies;
  for (const fs::path& path : studies_below(folder)) studies.push_back(read_study(path));
  for (const FoundStudy& study : studies) console.diagnose(study.wrong);
  if (console.options().json) {
    console.answer(studies_json(studies));
  } else if (console.options().plain) {
    console.answer(render_tabs(studies_table(studies, /*exact=*/true)));
  } else if (studies.empty()) {
    console.note(fmt::format("no study below {}; hone run SPEC makes one", without_controls(folder)));
  } else {
    console.answer(render_table(studies_table(studies, /*exact=*/false), console.answer_columns()));
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_studies(CLI::App& app) {
  auto folder = std::make_shared<std::string>(".");
  app.add_option("FOLDER", *folder, "look below this folder, else the current one");
  app.footer("Hidden folders and what lies inside of a study are not looked into.");
  return [folder](Console& console) { return list_studies(*folder, console); };
}

}  // namespace hone
