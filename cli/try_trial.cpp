#include "cli/try_trial.h"

#include "cli/interrupts.h"
#include "cli/study_data.h"
#include "cli/study_files.h"
#include "cli/trial_models.h"
#include "core/files.h"
#include "search/driver.h"
#include "search/executors/local_executor.h"
#include "search/executors/worker_job.h"
#include "search/registry.h"
#include "search/study.h"

namespace hone {

namespace {

/// Keeps what the executor found out.
class Listener : public DriverObserver {
 public:
  void on_event(const Study&, const Event&) override {}
  void on_tick(const Study&, const Executor&) override {}
  void on_note(const std::string& text) override { found = text; }

  std::string found;
};

}  // namespace

TriedTrial try_trial(const LoadedSpec& loaded, const std::filesystem::path& spec_folder, Console& console) {
  const TemporaryFolder folder;
  const std::filesystem::path study_folder = folder.path() / "studies" / "try";
  std::filesystem::create_directories(study_folder);
  ExperimentSpec spec = loaded.spec;
  spec.budget = BudgetSpec();
  spec.budget.trials = 1;
  const Interrupts interrupts;
  std::optional<StudyData> data;
  LocalExecutorOptions options;
  options.study_folder = study_folder;
  options.spec_folder = spec_folder;
  options.study_name = spec.study.name;
  if (spec.trainer.kind == "builtin") {
    data = prepare_data(spec, study_folder, std::nullopt, interrupts, console);
    options.worker = find_worker();
  }
  // A promotion would be a second, larger trial.
  spec.scheduler = SchedulerSpec();
  spec.scheduler.kind = "none";
  if (spec.fidelity.min) spec.fidelity.max = spec.fidelity.min;
  const std::unique_ptr<Store> store = open_store(study_folder);
  const SearchSpace space(spec, loaded.origins);
  Study study(*store, spec, space, make_sampler(spec), make_scheduler(spec), make_wall_clock());
  study.open(data ? std::optional(data->facts) : std::nullopt);
  const auto executor =
      make_local_executor(spec, options, data ? make_train_briefs(spec, *data, study_folder) : MakeBrief());
  Listener listener;
  drive(study, *executor, listener, [&] { return interrupts.level(); });
  if (interrupts.any() || study.state().trials.empty()) {
    throw Error("trial::not-found", "interrupted before the trial had ended", {}, interrupts.exit_code());
  }
  TriedTrial tried;
  tried.trial = study.state().trials.front();
  tried.found = listener.found;
  const auto log = read_file_if_there(trial_log(study_folder, 0, tried.trial.attempt, /*of_stderr=*/false));
  tried.output = log.value_or("");
  return tried;
}

}  // namespace hone
