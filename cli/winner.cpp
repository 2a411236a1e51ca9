#include "cli/winner.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/study_files.h"
#include "cli/trial_models.h"
#include "configs/spec_json.h"
#include "core/files.h"
#include "core/process.h"
#include "core/random.h"
#include "core/text.h"
#include "search/executors/worker_job.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

nlohmann::json compress_brief(const Study& study, const StudyData& data, const fs::path& folder, std::int64_t trial) {
  const ExperimentSpec& spec = study.spec();
  const fs::path home = fs::absolute(folder).lexically_normal();
  const fs::path source = spec.compress.source == "best" ? home / kBestFolder : fs::path(spec.compress.source);
  const Trial& winner = study.state().trials[static_cast<std::size_t>(trial)];
  const TrialModel model = model_of_trial(spec, data.facts, winner.params);
  return {{"job", "compress"},
          {"device", "cpu"},
          {"threads", usable_cores().size()},
          {"dataset", dataset_brief(data)},
          {"model", source.string()},
          {"out", (home / kCompressedFolder).string()},
          {"seed", std::to_string(trial_seed(static_cast<std::uint64_t>(spec.study.seed), trial))},
          {"options", to_json_object(spec.compress)},
          {"trainer", to_json_object(model.trainer)},
          {"folder", (home / "compress").string()}};
}

/// Text that is equal when compressing again would do the same thing.
std::string compression_key(const ExperimentSpec& spec, std::int64_t trial) {
  return fmt::format("{} {}", trial, to_json_object(spec.compress).dump());
}

}  // namespace

bool keep_best_model(const fs::path& study, std::int64_t trial) {
  const fs::path source = trial_folder(study, trial) / "model";
  if (!fs::exists(source / "model.toml")) return false;
  const fs::path target = study / kBestFolder;
  const fs::path temporary = temporary_beside(target);
  fs::remove_all(temporary);
  fs::copy(source, temporary, fs::copy_options::recursive);
  fs::remove_all(target);
  publish_folder(temporary, target);
  return true;
}

void test_winner(const StudyData& data, const fs::path& study, const Interrupts& interrupts) {
  if (data.facts.test_rows == 0) return;
  const fs::path home = fs::absolute(study).lexically_normal();
  const TemporaryFolder work;  // for the job's answer
  const nlohmann::json brief = {{"job", "evaluate"},
                                {"device", "cpu"},
                                {"threads", usable_cores().size()},
                                {"dataset", dataset_brief(data)},
                                {"model", (home / kBestFolder).string()},
                                {"rows", "test"},
                                {"folder", work.path().string()}};
  const nlohmann::json answer = run_worker_job(
      find_worker(), brief, static_cast<int>(usable_cores().size()), [](const ReportLine&) {},
      [&] { return interrupts.any(); });
  write_file(home / kBestFolder / kTestFile, answer.dump(2) + "\n", Durability::renamed);
}

bool is_compressed(const StudyState& state, const ExperimentSpec& spec, std::int64_t trial) {
  if (state.compressed.empty()) return false;
  const auto body = nlohmann::json::parse(state.compressed, nullptr, /*allow_exceptions=*/false);
  return body.is_object() && body.value("key", std::string()) == compression_key(spec, trial);
}

void compress_winner(Study& study, const StudyData& data, const fs::path& folder, std::int64_t trial,
                     const Interrupts& interrupts, Console& console) {
  fs::create_directories(folder / "compress");
  const auto on_line = [&](const ReportLine& line) {
    if (line.note.empty() || !console.shows_progress()) return;
    const std::string text = without_controls(line.note);
    console.note(console.live_line() ? fit_width(text, console.progress_columns()) : text);
    console.status("compressing …");
  };
  console.status("compressing …");
  const int threads = static_cast<int>(usable_cores().size());
  nlohmann::json report = run_worker_job(find_worker(), compress_brief(study, data, folder, trial), threads, on_line,
                                         [&] { return interrupts.any(); });
  console.clear_status();
  report["trial"] = trial;
  report["key"] = compression_key(study.spec(), trial);
  study.record_compressed(report.dump());
}

}  // namespace hone
