#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command_program.h"
#include "cli/commands/verb.h"
#include "cli/event_stream.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/progress.h"
#include "cli/report/json_document.h"
#include "cli/report/write_report.h"
#include "cli/start_points.h"
#include "cli/study_choice.h"
#include "cli/study_files.h"
#include "cli/study_session.h"
#include "cli/summary.h"
#include "cli/trial_models.h"
#include "cli/winner.h"
#include "core/text.h"
#include "search/executors/local_executor.h"
#include "search/executors/worker_job.h"
#include "search/registry.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

struct RunOptions {
  std::string spec;
  std::vector<std::string> set;
  std::optional<std::int64_t> trials;
  std::optional<std::int64_t> slots;
  std::string new_name;
  bool fresh = false;
  bool no_compress = false;
  std::string events;
};

LoadedSpec load(const RunOptions& options, Console& console) {
  SpecOverrides overrides{options.set};
  if (options.trials) overrides.set.push_back(fmt::format("budget.trials={}", *options.trials));
  if (options.slots) overrides.set.push_back(fmt::format("resources.slots={}", *options.slots));
  if (!options.new_name.empty()) {
    overrides.set.push_back(fmt::format("study.name={}", to_toml_value(options.new_name)));
  }
  LoadedSpec loaded = load_spec(options.spec, option_tables(), overrides);
  loaded.diagnostics.throw_if_errors();
  console.diagnose(loaded.diagnostics.list());
  complete_fidelity(loaded.spec);
  if (!options.new_name.empty()) {
    // A folder that the spec names belongs to the old name.
    loaded.spec.study.folder = (fs::path(loaded.spec.study.folder).parent_path() / options.new_name).string();
  }
  return loaded;
}

/// What the trainer needs before anything is begun: data of our own, somebody's program.
void require_inputs(const LoadedSpec& loaded, const std::string& spec_file) {
  if (loaded.spec.trainer.kind == "builtin") {
    require_source(loaded);
  } else {
    require_command_program(loaded, spec_file);
  }
}

/// How this command is typed again.
std::string command_again(const RunOptions& options) {
  std::string text = "hone run " + options.spec;
  if (!options.new_name.empty()) text += " --new " + options.new_name;
  for (const std::string& assignment : options.set) text += " --set '" + assignment + "'";
  if (options.trials) text += fmt::format(" --trials {}", *options.trials);
  if (options.slots) text += fmt::format(" --slots {}", *options.slots);
  if (options.no_compress) text += " --no-compress";
  return text;
}

/// One `hone run` after its spec is loaded.
class Run {
 public:
  Run(const RunOptions& options, StudySession session, Console& console)
      : options_(options), session_(std::move(session)), console_(console) {}

  ExitCode go() {
    try {
      return search_and_compress();
    } catch (const Error& error) {
      // The first interrupt ends a worker's job too.
      if (!interrupts_.any() || error.exit_code() != ExitCode::interrupted) throw;
      return say_interrupted();
    }
  }

 private:
  const ExperimentSpec& spec() const { return session_.loaded.spec; }
  bool builtin() const { return spec().trainer.kind == "builtin"; }

  ExitCode search_and_compress() {
    SearchSpace space(spec(), session_.loaded.origins);
    std::optional<StudyData> data;
    say_changes();
    const bool goes_on = !session_.before.closed || !session_.changes.empty() || compression_due(session_.before);
    if (goes_on) require_inputs(session_.loaded, options_.spec);
    if (builtin() && goes_on) {
      data = prepare_data(spec(), session_.folder, session_.before.facts, interrupts_, console_);
      // A family that does not fit the data is one error now, not one failed trial after the other.
      weight_range(spec(), space, data->facts, /*draws=*/8);
    }
    if (session_.before.last_seq == 0) {
      resolve_start_points(session_.loaded.spec, space, session_.loaded.origins);
    }
    Study study(*session_.store, spec(), space, make_sampler(spec()), make_scheduler(spec()), make_wall_clock());
    study.open(data ? std::optional(data->facts) : session_.before.facts);
    if (study.state().closed && budget_changed()) study.reopen(changes_text(session_.changes));
    note_spec_change(session_, study);
    record_spec(session_);
    const bool was_done = session_.before.closed && study.done() && !compression_due(study.state());
    if (!was_done) {
      if (search(study, data) == DriverEnd::interrupted) return say_interrupted();
      keep_winner(study, data);
    }
    return conclude(study, was_done);
  }

  bool budget_changed() const {
    return std::any_of(session_.changes.begin(), session_.changes.end(),
                       [](const SpecChange& change) { return change.path.rfind("budget.", 0) == 0; });
  }

  void say_changes() {
    if (!session_.changes.empty()) console_.say("changed since it began: " + changes_text(session_.changes));
    if (!session_.before.trials.empty() && !session_.before.closed) {
      console_.say(fmt::format("going on with {} after {}", session_.folder.string(),
                               count_of(static_cast<std::int64_t>(session_.before.trials.size()), "trial")));
    }
  }

  DriverEnd search(Study& study, const std::optional<StudyData>& data) {
    if (study.state().closed && study.done()) return DriverEnd::finished;
    LocalExecutorOptions options;
    options.study_folder = fs::absolute(session_.folder).lexically_normal();
    options.spec_folder = fs::absolute(options_.spec).lexically_normal().parent_path();
    options.study_name = spec().study.name;
    options.slots = slot_count(spec());
    if (builtin()) options.worker = find_worker();
    const auto executor =
        make_local_executor(spec(), options, data ? make_train_briefs(spec(), *data, session_.folder) : MakeBrief());
    SearchProgress progress(console_, session_.folder, options.slots, steady_stopwatch());
    EventStream events(progress, options_.events, console_);
    console_.say(fmt::format("searching {} with {} in {}", spec().study.name, count_of(options.slots, "slot"),
                             session_.folder.string()));
    const DriverEnd end = drive(study, *executor, events, [this] { return interrupts_.level(); });
    console_.clear_status();
    return end;
  }

  bool compression_due(const StudyState& state) const {
    if (!builtin() || !spec().compress.wanted || options_.no_compress) return false;
    const auto best = choice_of(state, spec()).trial;
    if (!best) return false;
    return !is_compressed(state, spec(), *best) || !fs::exists(session_.folder / kCompressedFolder / "model.toml");
  }

  void keep_winner(Study& study, const std::optional<StudyData>& data) {
    const auto best = choice_of(study.state(), spec()).trial;
    if (!best) return;
    const bool kept = keep_best_model(session_.folder, *best);
    if (!kept || !data || !compression_due(study.state())) return;
    console_.say(fmt::format("compressing trial {}", *best));
    compress_winner(study, *data, session_.folder, *best, interrupts_, console_);
  }

  ExitCode conclude(Study& study, bool was_done) {
    const Results results = make_results(study, session_.folder, options_.spec);
    std::string page;
    if (spec().report.html) page = write_reports(results).string();
    const bool missed = results.compression && !results.compression->met && !options_.no_compress;
    const ExitCode code = !results.best || missed ? ExitCode::answer_no : ExitCode::ok;
    if (console_.options().json) {
      nlohmann::json items = nlohmann::json::array();
      if (const TrialResult* best = results.best_trial()) items.push_back(trial_json(*best, false));
      nlohmann::json document = json_document("run", results, items);
      document["nothing_ran"] = was_done;
      document["report"] = page;
      document["best_model"] = results.best_model;
      document["compressed_model"] = results.compressed_model;
      document["compression"] = results.compression ? compression_json(*results.compression) : nlohmann::json(nullptr);
      console_.answer(document.dump(2) + "\n");
      return code;
    }
    const int columns = console_.answer_columns();
    std::string text;
    if (was_done) {
      text = wrap_labelled("", fmt::format("nothing ran: {} is finished ({})", results.name, results.closed_reason),
                           columns, 0);
    }
    text += final_block(results, page, console_, columns);
    // With events on stdout the block is no answer but a word to the person.
    if (options_.events == "-") {
      console_.note(text.substr(0, text.size() - 1));
    } else {
      console_.answer(text);
    }
    return code;
  }

  ExitCode say_interrupted() {
    console_.clear_status();
    console_.say("interrupted; everything finished is kept. To go on:");
    console_.note("  " + command_again(options_));
    return interrupts_.exit_code();
  }

  const RunOptions& options_;
  StudySession session_;
  Console& console_;
  Interrupts interrupts_;
};

ExitCode run(const RunOptions& options, Console& console) {
  LoadedSpec loaded = load(options, console);
  // No study is begun for data or a program that are not there; a finished one is shown without them.
  const bool is_new = !fs::exists(study_folder(loaded.spec) / kStoreFile);
  if (is_new) {
    require_inputs(loaded, options.spec);
    check_start_points(loaded);
  }
  Run run(options, open_session(std::move(loaded), options.spec, options.fresh), console);
  return run.go();
}

}  // namespace

Action declare_run(CLI::App& app) {
  auto options = std::make_shared<RunOptions>();
  app.add_option("SPEC", options->spec, "the spec file")->required();
  app.add_option("--set", options->set, "lay a value over the spec: --set budget.trials=10")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  app.add_option("--trials", options->trials, "budget.trials")->type_name("N");
  app.add_option("--slots", options->slots, "resources.slots")->type_name("N");
  app.add_option("--new", options->new_name, "another study of this name")->type_name("NAME");
  app.add_flag("--fresh", options->fresh, "move the old study aside and begin again");
  app.add_flag("--no-compress", options->no_compress, "leave out [compress]");
  app.add_flag("--events{-}", options->events, "every event as a line of JSON, to stdout or =FILE")
      ->type_name("[=FILE]");
  return [options](Console& console) { return run(*options, console); };
}

}  // namespace hone
