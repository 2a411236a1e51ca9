#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/data_text.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/study_data.h"
#include "cli/study_files.h"
#include "configs/dataset_files.h"
#include "core/files.h"
#include "search/executors/worker_job.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

struct DataOptions {
  std::string action;
  std::string source;
  std::string out;
  std::string target;
  std::vector<std::string> set;
};

/// The [dataset] that source and flags mean, read by the reader of specs: the same options, checks and proposals. What
/// a spec needs besides stands in a text of our own.
LoadedSpec dataset_spec(const DataOptions& options) {
  constexpr const char* kRest =
      "objective = {metric = \"val_loss\", goal = \"minimize\"}\ntrainer = {kind = \"builtin\"}\n"
      "model = {family = \"linear\"}\nbudget = {trials = 1}\n[dataset]\n";
  SpecOverrides overrides;
  overrides.set.push_back("dataset.source=" + nlohmann::json(fs::absolute(options.source).string()).dump());
  if (!options.target.empty()) overrides.set.push_back("dataset.target=" + nlohmann::json(options.target).dump());
  for (const std::string& assignment : options.set) overrides.set.push_back("dataset." + assignment);
  LoadedSpec loaded = load_spec_text(kRest, "hone data import", fs::current_path(), option_tables(), overrides);
  loaded.diagnostics.throw_if_errors();
  return loaded;
}

nlohmann::json inspect(const std::string& file, bool verify, const Interrupts& interrupts) {
  if (!fs::exists(file)) throw Error("file::unreadable", fmt::format("there is no `{}`", file));
  const TemporaryFolder folder;
  const nlohmann::json brief = {{"job", "inspect"},
                                {"file", fs::absolute(file).string()},
                                {"verify", verify},
                                {"folder", folder.path().string()}};
  return run_worker_job(
      find_worker(), brief, /*threads=*/1, [](const ReportLine&) {}, [&] { return interrupts.any(); });
}

void answer(const nlohmann::json& found, const std::string& file, Console& console) {
  if (console.options().json) {
    const nlohmann::json document = {{"hone", 1}, {"kind", "data"}, {"file", file}, {"items", {found}}};
    console.answer(document.dump(2) + "\n");
  } else {
    console.answer(data_text(found, console.answer_columns()));
  }
}

ExitCode import(const DataOptions& options, Console& console) {
  if (options.out.empty()) throw Error("usage::arguments", "`hone data import SRC` needs -o, the file to write");
  const LoadedSpec loaded = dataset_spec(options);
  require_source(loaded);
  const Interrupts interrupts;
  console.status("reading the data …");
  const TemporaryFolder folder;
  const StudyData data = import_data(loaded.spec, folder.path(), interrupts);
  const fs::path out = fs::absolute(options.out).lexically_normal();
  fs::create_directories(out.parent_path());
  const fs::path temporary = temporary_beside(out);
  fs::copy_file(data.dataset, temporary);
  publish_file(temporary, out);
  console.clear_status();
  warn_of_dropped(data.facts, console);
  answer(inspect(options.out, /*verify=*/false, interrupts), options.out, console);
  return ExitCode::ok;
}

ExitCode verify(const DataOptions& options, Console& console) {
  const nlohmann::json found = inspect(options.source, /*verify=*/true, Interrupts());
  answer(found, options.source, console);
  const bool right = found.at("wrong").empty();
  if (right && !console.options().json) console.answer("verified  hash, ranges, classes: all as the schema says\n");
  return right ? ExitCode::ok : ExitCode::answer_no;
}

ExitCode run_data(const DataOptions& options, Console& console) {
  if (options.action == "import") return import(options, console);
  if (options.action == "verify") return verify(options, console);
  answer(inspect(options.source, /*verify=*/false, Interrupts()), options.source, console);
  return ExitCode::ok;
}

}  // namespace

Action declare_data(CLI::App& app) {
  auto options = std::make_shared<DataOptions>();
  app.add_option("ACTION", options->action, "import: write a data set file; info: what one holds; verify: check one")
      ->required()
      ->check(CLI::IsMember({"import", "info", "verify"}));
  app.add_option("SOURCE", options->source, "what to import, as [dataset] source; or the data set file")->required();
  app.add_option("-o,--out", options->out, "of import: the data set file to write, NAME.h5");
  app.add_option("--target", options->target, "of import: the column to predict, by name or number, -1 = the last");
  app.add_option("--set", options->set, "of import: another option of [dataset], KEY=VALUE in TOML")
      ->allow_extra_args(false);
  return [options](Console& console) { return run_data(*options, console); };
}

}  // namespace hone
