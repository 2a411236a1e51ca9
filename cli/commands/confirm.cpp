#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command_program.h"
#include "cli/commands/verb.h"
#include "cli/confirmed_trials.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/progress.h"
#include "cli/study_data.h"
#include "cli/study_files.h"
#include "cli/study_view.h"
#include "cli/trial_models.h"
#include "cli/winner.h"
#include "core/text.h"
#include "search/driver.h"
#include "search/executors/local_executor.h"
#include "search/executors/slots.h"
#include "search/executors/worker_job.h"
#include "search/registry.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

struct ConfirmOptions {
  std::string study;
  std::optional<std::int64_t> top;
  std::optional<std::int64_t> seeds;
};

/// The study's own spec, read for running; relative paths as when it was typed.
LoadedSpec load_own_spec(const StudyView& view) {
  const std::string resolved = open_store_to_read(view.folder)->meta(kMetaSpec).value();
  LoadedSpec loaded = load_spec_text(resolved, (view.folder / "spec.toml").string(),
                                     fs::path(view.spec_file).parent_path(), option_tables());
  loaded.diagnostics.throw_if_errors();
  complete_fidelity(loaded.spec);
  return loaded;
}

/// Runs the repeats that are missing, with the trainer and the slots of `hone run`.
DriverEnd run_repeats(const StudyView& view, const std::vector<std::int64_t>& trials, std::int64_t seeds,
                      const Interrupts& interrupts, Console& console) {
  const LoadedSpec loaded = load_own_spec(view);
  const ExperimentSpec& spec = loaded.spec;
  const StudyLock lock(view.folder);
  const std::unique_ptr<Store> store = open_store(view.folder);
  std::optional<StudyData> data;
  LocalExecutorOptions options;
  options.study_folder = fs::absolute(view.folder).lexically_normal();
  options.spec_folder = fs::absolute(view.spec_file).lexically_normal().parent_path();
  options.study_name = spec.study.name;
  const SlotPlan plan = plan_slots(spec);
  options.slots = plan.slots;
  options.gpus = plan.gpus;
  if (spec.trainer.kind == "builtin") {
    require_source(loaded);
    data = prepare_data(spec, view.folder, view.state.facts, interrupts, console);
    options.worker = find_worker();
  } else {
    require_command_program(loaded, view.spec_file);
  }
  const SearchSpace space(spec, loaded.origins);
  Study study(*store, spec, space, make_sampler(spec), make_scheduler(spec), make_wall_clock());
  study.repeat(missing_repeats(study.state(), trials, seeds));
  const auto executor =
      make_local_executor(spec, options, data ? make_train_briefs(spec, *data, view.folder) : MakeBrief());
  SearchProgress progress(console, view.folder, options.slots, steady_stopwatch());
  const DriverEnd end = drive(study, *executor, progress, [&] { return interrupts.level(); });
  console.clear_status();
  const auto chosen = confirmation_of(study.state(), spec).chosen;
  if (end == DriverEnd::finished && chosen) keep_best_model(view.folder, *chosen);
  return end;
}

nlohmann::json interval_json(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return nlohmann::json::array({interval->low, interval->high});
}

nlohmann::json confirmed_json(const Confirmed& one) {
  return {{"trial", one.trial},
          {"first", one.first},
          {"repeats", one.repeats},
          {"mean", one.mean},
          {"interval", interval_json(one.interval)},
          {"shrunk", one.shrunk},
          {"shrunk_interval", interval_json(one.shrunk_interval)}};
}

/// An item a trial, by the first objective; with several each has all of them under "objectives".
nlohmann::json confirmation_json(const StudyConfirmation& result, const StudyView& view) {
  nlohmann::json items = nlohmann::json::array();
  const std::vector<ObjectiveSpec>& objectives = view.spec.objectives;
  for (std::size_t i = 0; i < result.objectives.front().candidates.size(); ++i) {
    nlohmann::json& item = items.emplace_back(confirmed_json(result.objectives.front().candidates[i]));
    for (std::size_t k = 0; objectives.size() > 1 && k < objectives.size(); ++k) {
      nlohmann::json one = confirmed_json(result.objectives[k].candidates[i]);
      one["metric"] = objectives[k].metric;
      item["objectives"].push_back(std::move(one));
    }
  }
  return {{"command", "confirm"},
          {"study", view.spec.study.name},
          {"metric", view.spec.objectives.front().metric},
          {"rule", view.spec.confirm.rule},
          {"alpha", view.spec.confirm.alpha},
          {"chosen", result.chosen ? nlohmann::json(*result.chosen) : nlohmann::json(nullptr)},
          {"items", items}};
}

std::string interval_text(const std::optional<Interval>& interval) {
  return interval ? format_short(interval->low, 5) + " to " + format_short(interval->high, 5) : "-";
}

TextTable confirmation_table(const StudyConfirmation& result, const ExperimentSpec& spec) {
  const bool several = spec.objectives.size() > 1;
  TextTable table;
  table.rows.push_back({"trial", "seeds", "first", "mean", "interval", "shrunk", "interval"});
  table.right.assign(table.rows.front().size(), true);
  for (std::size_t i = 0; i < result.objectives.front().candidates.size(); ++i) {
    for (std::size_t k = 0; k < spec.objectives.size(); ++k) {
      const Confirmed& one = result.objectives[k].candidates[i];
      std::vector<std::string>& row = table.rows.emplace_back();
      row = {std::to_string(one.trial),         std::to_string(one.repeats), format_short(one.first, 5),
             format_short(one.mean, 5),         interval_text(one.interval), format_short(one.shrunk, 5),
             interval_text(one.shrunk_interval)};
      if (several) row.insert(row.begin() + 1, spec.objectives[k].metric);
    }
  }
  if (several) {
    table.rows.front().insert(table.rows.front().begin() + 1, "objective");
    table.right.insert(table.right.begin() + 1, false);
  }
  return table;
}

/// By what the confirmed trial was chosen.
std::string chosen_by(const ExperimentSpec& spec) {
  if (spec.objectives.size() == 1) return spec.confirm.rule + " of " + spec.objectives.front().metric;
  return Goals(spec).tolerances().empty() ? "the knee of the shrunk objectives" : "the shrunk objectives in turn";
}

std::string confirmation_text(const StudyConfirmation& result, const ExperimentSpec& spec, int columns) {
  const std::string verdict = result.chosen
                                  ? fmt::format("trial {} is confirmed by {}", *result.chosen, chosen_by(spec))
                                  : "none is confirmed: no trial has a score on two fresh seeds";
  const bool is_empty = result.objectives.front().candidates.empty();
  return (is_empty ? "" : render_table(confirmation_table(result, spec), columns)) +
         wrap_labelled("", verdict, columns, 0);
}

ExitCode confirm(const ConfirmOptions& options, Console& console) {
  StudyView view = open_study(options.study);
  if (view.spec.trainer.kind.empty()) {
    throw Error("confirm::no-trainer",
                fmt::format("{} is driven through ask-tell, so hone cannot run its trials again; run the best "
                            "configurations (`hone ls --sort value`) with other seeds in the program that asks",
                            view.spec.study.name));
  }
  const std::int64_t seeds = options.seeds.value_or(view.spec.confirm.seeds);
  const auto trials = trials_to_confirm(view.state, view.spec, options.top.value_or(view.spec.confirm.top));
  const Interrupts interrupts;
  if (run_repeats(view, trials, seeds, interrupts, console) == DriverEnd::interrupted) {
    console.say("interrupted; the repeats that finished are kept, the same command goes on");
    return interrupts.exit_code();
  }
  view = open_study(options.study);
  const StudyConfirmation result = confirmation_of(view.state, view.spec);
  if (console.options().json) {
    console.answer(confirmation_json(result, view).dump(2) + "\n");
  } else {
    console.answer(confirmation_text(result, view.spec, console.answer_columns()));
  }
  return result.chosen ? ExitCode::ok : ExitCode::answer_no;
}

}  // namespace

Action declare_confirm(CLI::App& app) {
  auto options = std::make_shared<ConfirmOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_option("--top", options->top, "how many of the best are run again, else confirm.top")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  app.add_option("--seeds", options->seeds, "fresh seeds each of them gets, else confirm.seeds")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{1000}))
      ->type_name("N");
  return [options](Console& console) { return confirm(*options, console); };
}

}  // namespace hone
