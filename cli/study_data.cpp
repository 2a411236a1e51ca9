#include "cli/study_data.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/study_files.h"
#include "configs/spec_json.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/worker_job.h"

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
  const std::string& source = loaded.spec.dataset.source;
  if (fs::exists(source)) return;
  Diagnostic diagnostic;
  diagnostic.code = "data::no-source";
  diagnostic.message = fmt::format("there is no data file; looked for {}", without_controls(source));
  diagnostic.place = place_of(loaded.origins, "dataset.source");
  diagnostic.notes.push_back("a path in a spec is relative to the file it stands in");
  throw Error(diagnostic);
}

StudyData import_data(const ExperimentSpec& spec, const fs::path& folder, const Interrupts& interrupts) {
  fs::create_directories(folder);
  const nlohmann::json brief = {{"job", "import"},
                                {"source", spec.dataset.source},
                                {"dataset", to_json_object(spec.dataset)},
                                {"file", fs::absolute(folder).lexically_normal().string()}};
  const nlohmann::json result = run_job(brief, interrupts);
  StudyData data;
  data.facts = facts_from_json(result.at("facts"));
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

StudyData prepare_data(const ExperimentSpec& spec, const fs::path& study, const std::optional<DataFacts>& known,
                       const Interrupts& interrupts, Console& console) {
  console.status("reading the data …");
  StudyData data = import_data(spec, data_folder(study), interrupts);
  if (known && known->hash != data.facts.hash) {
    throw Error("study::changed-data",
                fmt::format("{} holds other data now than when the study began; --new NAME starts another study",
                            spec.dataset.source));
  }
  if (known && fs::exists(study / kSplitFile)) {
    data.facts = *known;
    data.split = fs::absolute(study / kSplitFile).lexically_normal();
  } else {
    split_data(spec, study / kSplitFile, data, interrupts);
  }
  console.clear_status();
  return data;
}

}  // namespace hone
