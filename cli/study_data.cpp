#include "cli/study_data.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/data_text.h"
#include "cli/study_files.h"
#include "configs/dataset_files.h"
#include "configs/input_layout.h"
#include "configs/spec_json.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/worker_job.h"
#include "trainers/models/family.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

nlohmann::json run_job(nlohmann::json brief, const Interrupts& interrupts) {
  const TemporaryFolder folder;
  brief["folder"] = folder.path().string();
  return run_worker_job(
      find_worker(), brief, /*threads=*/1, [](const ReportLine&) {}, [&] { return interrupts.any(); });
}

}  // namespace

void require_source(const LoadedSpec& loaded) {
  const DatasetSpec& dataset = loaded.spec.dataset;
  for (const std::string& path : source_paths(dataset)) {
    if (fs::exists(path)) continue;
    Diagnostic diagnostic;
    diagnostic.code = "data::no-source";
    diagnostic.message = fmt::format("there is no data file; looked for {}", without_controls(path));
    diagnostic.place = place_of(loaded.origins, "dataset.source");
    diagnostic.notes.push_back(
        "a path in a spec is relative to the file it stands in; one with ${env:…} to the working directory");
    if (!dataset.origin.empty()) diagnostic.notes.push_back("the data come from " + without_controls(dataset.origin));
    throw Error(diagnostic);
  }
}

StudyData import_data(const ExperimentSpec& spec, const fs::path& folder, const Interrupts& interrupts) {
  fs::create_directories(folder);
  const nlohmann::json brief = {{"job", "import"},
                                {"dataset", to_json_object(spec.dataset)},
                                {"file", fs::absolute(folder).lexically_normal().string()}};
  const nlohmann::json result = run_job(brief, interrupts);
  StudyData data;
  data.facts = facts_from_json(result.at("facts"));
  const Family* family = find_family(spec.model.family);
  data.facts.encoding = resolve_encoding(spec.dataset.numeric, spec.dataset.categories, family && family->embeds);
  data.dataset = fs::absolute(folder / result.at("file").get<std::string>()).lexically_normal();
  return data;
}

void split_data(const ExperimentSpec& spec, const fs::path& file, StudyData& data, const Interrupts& interrupts) {
  data.split = fs::absolute(file).lexically_normal();
  const nlohmann::json brief = {{"job", "split"},
                                {"file", data.dataset.string()},
                                {"split", to_json_object(spec.dataset.split)},
                                {"out", data.split.string()}};
  const nlohmann::json result = run_job(brief, interrupts);
  data.facts.train_rows = result.at("train").get<std::int64_t>();
  data.facts.validation_rows = result.at("validation").get<std::int64_t>();
  data.facts.test_rows = result.at("test").get<std::int64_t>();
}

nlohmann::json dataset_brief(const StudyData& data) {
  return {{"file", data.dataset.string()},
          {"split", data.split.string()},
          {"numeric", data.facts.encoding.numeric},
          {"categories", data.facts.encoding.categories}};
}

StudyData prepare_data(const ExperimentSpec& spec, const fs::path& study, const std::optional<DataFacts>& known,
                       const Interrupts& interrupts, Console& console) {
  console.status("reading the data …");
  StudyData data = import_data(spec, data_folder(study), interrupts);
  if (known && known->hash != data.facts.hash) {
    throw Error("study::changed-data",
                fmt::format("{} holds other data now than when the study began; --new NAME starts another study",
                            join(source_paths(spec.dataset), ", ")));
  }
  if (known && fs::exists(study / kSplitFile)) {
    data.facts = *known;
    data.split = fs::absolute(study / kSplitFile).lexically_normal();
  } else {
    split_data(spec, study / kSplitFile, data, interrupts);
  }
  console.clear_status();
  if (!known) warn_of_dropped(data.facts, console);
  return data;
}

}  // namespace hone
