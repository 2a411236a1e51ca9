#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/interrupts.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/worker_job.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

struct PredictOptions {
  std::string model;
  std::string input;
  bool proba = false;
};

/// Predictions as rows for --json; the header row is left out.
nlohmann::json document_of(const PredictOptions& options, const std::string& rows) {
  nlohmann::json items = nlohmann::json::array();
  for (const std::string& line : split(rows, '\n')) {
    if (line.empty()) continue;
    if (options.proba) {
      items.push_back(split(line, ','));
    } else {
      items.push_back(line);
    }
  }
  return {{"hone", 1}, {"kind", "predictions"}, {"model", options.model}, {"items", items}};
}

ExitCode predict(const PredictOptions& options, Console& console) {
  if (!fs::exists(fs::path(options.model) / "model.toml")) {
    throw Error("model::not-found", fmt::format("`{}` is no model folder: it holds no model.toml", options.model));
  }
  if (!fs::exists(options.input)) throw Error("file::unreadable", fmt::format("there is no `{}`", options.input));
  const TemporaryFolder folder;
  const nlohmann::json brief = {{"job", "predict"},
                                {"threads", 1},
                                {"model", fs::absolute(options.model).string()},
                                {"input", fs::absolute(options.input).string()},
                                {"proba", options.proba},
                                {"folder", folder.path().string()}};
  const Interrupts interrupts;
  const nlohmann::json result = run_worker_job(
      find_worker(), brief, /*threads=*/1, [](const ReportLine&) {}, [&] { return interrupts.any(); });
  const std::string rows = read_file(folder.path() / result.at("output").get<std::string>());
  console.answer(console.options().json ? document_of(options, rows).dump(2) + "\n" : rows);
  return ExitCode::ok;
}

}  // namespace

Action declare_predict(CLI::App& app) {
  auto options = std::make_shared<PredictOptions>();
  app.add_option("MODEL", options->model, "model folder, for example studies/NAME/compressed")->required();
  app.add_option("FILE", options->input, "table with the columns of the training data")->required();
  app.add_flag("--proba", options->proba, "a probability per class instead of the class");
  return [options](Console& console) { return predict(*options, console); };
}

}  // namespace hone
