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

/// The worker's table: the first line names the columns, the target first.
struct PredictionTable {
  std::string header;
  std::vector<std::string> rows;
};

PredictionTable read_table(const std::filesystem::path& file) {
  PredictionTable table;
  std::vector<std::string> lines = split(read_file(file), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (lines.empty()) return table;
  table.header = lines.front();
  table.rows.assign(lines.begin() + 1, lines.end());
  return table;
}

/// A label, or {"label":…,"probabilities":[…]}. Labels may hold commas, numbers cannot: cells are taken from the end.
nlohmann::json row_json(std::string row, std::size_t columns) {
  if (columns <= 1) return row;
  std::vector<double> numbers;
  for (std::size_t i = 1; i < columns; ++i) {
    const std::size_t comma = row.rfind(',');
    if (comma == std::string::npos) break;
    numbers.insert(numbers.begin(), parse_number(row.substr(comma + 1)).value_or(0));
    row.erase(comma);
  }
  return {{"label", row}, {"probabilities", numbers}};
}

nlohmann::json document_of(const std::string& model, const PredictionTable& table) {
  const std::vector<std::string> columns = split(table.header, ',');
  nlohmann::json items = nlohmann::json::array();
  for (const std::string& row : table.rows) items.push_back(row_json(row, columns.size()));
  return {{"hone", 1}, {"kind", "predictions"}, {"model", model}, {"columns", columns}, {"items", items}};
}

/// A class or value per row; with probabilities a table, whose header says which is which.
std::string text_of(const PredictionTable& table, bool proba) {
  std::string text = proba ? table.header + "\n" : "";
  for (const std::string& row : table.rows) text += row + "\n";
  return text;
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
  const PredictionTable table = read_table(folder.path() / result.at("output").get<std::string>());
  console.answer(console.options().json ? document_of(options.model, table).dump(2) + "\n"
                                        : text_of(table, options.proba));
  return ExitCode::ok;
}

}  // namespace

Action declare_predict(CLI::App& app) {
  auto options = std::make_shared<PredictOptions>();
  app.add_option("MODEL", options->model, "model folder, for example studies/NAME/compressed")->required();
  app.add_option("FILE", options->input,
                 "table with the columns of the training data; for images also a PNG, JPEG, IDX or NumPy file")
      ->required();
  app.add_flag("--proba", options->proba, "a probability per class instead of the class");
  return [options](Console& console) { return predict(*options, console); };
}

}  // namespace hone
