// What a trial costs beyond its own work, on one slot with random search and no scheduler:
//   external: (wall − Σ child time from spawn to exit − Σ commit time) / trials, a static C program that writes one
//   line warm:     the same for the linear family on 8 rows and 1 epoch, with the worker's own seconds as child time
// Usage: trial_cost external PROGRAM [TRIALS] | trial_cost warm [TRIALS]
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/console.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/study_data.h"
#include "cli/trial_models.h"
#include "configs/load_spec.h"
#include "core/files.h"
#include "search/driver.h"
#include "search/executors/local_executor.h"
#include "search/executors/worker_job.h"
#include "search/registry.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// Sums the outcomes that pass through it.
class Timed : public Executor {
 public:
  explicit Timed(std::unique_ptr<Executor> inner) : inner_(std::move(inner)) {}
  int free_slots() const override { return inner_->free_slots(); }
  void start(const Launch& launch) override { inner_->start(launch); }
  void stop(std::int64_t trial, StopReason reason) override { inner_->stop(trial, reason); }
  void kill_all() override { inner_->kill_all(); }
  std::optional<ExecutorEvent> wait(std::chrono::milliseconds patience) override {
    auto event = inner_->wait(patience);
    if (event && std::holds_alternative<LaunchExited>(*event)) {
      const Outcome& outcome = std::get<LaunchExited>(*event).outcome;
      wall_seconds += outcome.seconds;
      work_seconds += outcome.work_seconds;
    }
    return event;
  }

  double wall_seconds = 0;
  double work_seconds = 0;

 private:
  std::unique_ptr<Executor> inner_;
};

class Silent : public DriverObserver {
 public:
  void on_event(const Study&, const Event&) override {}
  void on_tick(const Study&, const Executor&) override {}
};

std::string external_spec(const std::string& program, int trials) {
  return fmt::format(
      "objective = {{metric = \"loss\", goal = \"minimize\"}}\nbudget = {{trials = {}}}\nresources = {{slots = 1}}\n"
      "sampler = {{kind = \"random\"}}\nscheduler = {{kind = \"none\"}}\n"
      "trainer = {{kind = \"command\", command = [\"{}\", \"{{x}}\"]}}\n"
      "space.x = {{type = \"float\", low = 0.0, high = 1.0}}\n",
      trials, program);
}

std::string warm_spec(const fs::path& folder, int trials) {
  write_file(folder / "rows.csv", "a,b,y\n1,2,0\n2,1,1\n3,3,0\n4,2,1\n5,1,0\n6,3,1\n7,2,0\n8,1,1\n");
  return fmt::format(
      "dataset = {{source = \"rows.csv\", target = \"y\", task = \"classification\", "
      "split = {{validation = 0.25, test = 0.25}}}}\n"
      "objective = {{metric = \"val_loss\", goal = \"minimize\"}}\nbudget = {{trials = {}}}\nresources = {{slots = "
      "1}}\n"
      "sampler = {{kind = \"random\"}}\nscheduler = {{kind = \"none\"}}\nfidelity = {{max = 1}}\n"
      "trainer = {{kind = \"builtin\"}}\nmodel = {{family = \"linear\"}}\n"
      "space.learning_rate = {{type = \"float\", low = 1e-4, high = 1e-1, log = true}}\n",
      trials);
}

int measure(const std::string& what, const std::string& program, int trials) {
  const TemporaryFolder folder;
  const fs::path study_folder = folder.path() / "studies" / "cost";
  fs::create_directories(study_folder);
  const std::string text = what == "warm" ? warm_spec(folder.path(), trials) : external_spec(program, trials);
  LoadedSpec loaded = load_spec_text(text, "cost.toml", folder.path(), option_tables());
  loaded.diagnostics.throw_if_errors();
  complete_fidelity(loaded.spec);
  const ExperimentSpec& spec = loaded.spec;

  Console console(stdout_stream(), stderr_stream(), process_environment());
  const Interrupts interrupts;
  LocalExecutorOptions options{study_folder, folder.path(), "cost", {}, 1};
  std::optional<StudyData> data;
  MakeBrief brief;
  if (what == "warm") {
    options.worker = find_worker();
    data = prepare_data(spec, study_folder, std::nullopt, interrupts, console);
    brief = make_train_briefs(spec, *data, study_folder);
  }
  const auto store = open_store(study_folder);
  Study study(*store, spec, SearchSpace(spec.space, loaded.origins), make_sampler(spec), make_scheduler(spec),
              make_wall_clock());
  study.open(data ? std::optional(data->facts) : std::nullopt);
  Timed executor(make_local_executor(spec, options, brief));
  Silent silent;
  const double commits_before = store->commit_seconds();
  const auto begin = std::chrono::steady_clock::now();
  drive(study, executor, silent, [] { return Interrupt::none; });
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double commits = store->commit_seconds() - commits_before;
  const double child = what == "warm" ? executor.work_seconds : executor.wall_seconds;
  int completed = 0;
  for (const Trial& trial : study.state().trials) completed += trial.state == TrialState::completed;
  fmt::print(
      "{}: {} trials completed, a trial: wall {:.2f} ms, child {:.2f} ms, commits {:.2f} ms, beyond them {:.2f} ms "
      "(limit {} ms)\n",
      what, completed, wall / trials * 1e3, child / trials * 1e3, commits / trials * 1e3,
      (wall - child - commits) / trials * 1e3, what == "warm" ? 2 : 5);
  return completed == trials ? 0 : 1;
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const bool external = what == "external" && argc > 2;
  if (!external && what != "warm") {
    fmt::print(stderr, "usage: trial_cost external PROGRAM [TRIALS] | trial_cost warm [TRIALS]\n");
    return 2;
  }
  const int at = external ? 3 : 2;
  try {
    return hone::measure(what, external ? argv[2] : "", argc > at ? std::stoi(argv[at]) : 500);
  } catch (const hone::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
