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
#include "cli/progress.h"
#include "cli/report/json_document.h"
#include "cli/report/write_report.h"
#include "cli/spec_facts.h"
#include "cli/spec_options.h"
#include "cli/start_points.h"
#include "cli/study_choice.h"
#include "cli/study_files.h"
#include "cli/study_session.h"
#include "cli/summary.h"
#include "cli/trial_models.h"
#include "cli/winner.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/local_executor.h"
#include "search/executors/slots.h"
#include "search/executors/worker_job.h"
#include "search/registry.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

struct RunOptions {
  SpecOptions spec;
  std::string save;
  bool fresh = false;
  bool no_compress = false;
  std::string events;
};

/// What the trial's spec is called from now on: the file as it was typed; of a command that in the study's folder.
std::string spec_file_of(const RunOptions& options, const LoadedSpec& loaded) {
  if (options.spec.has_file()) return options.spec.file;
  return (study_folder(loaded.spec) / "spec.toml").string();
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
std::string command_again(const RunOptions& options, const std::string& spec_file) {
  // What flags say of a command stands in the spec that the study keeps.
  std::string text = "hone run " + shell_word(spec_file);
  if (options.spec.has_file()) {
    if (!options.spec.name.empty()) text += " --new " + shell_word(options.spec.name);
    text += flags_text(options.spec);
  }
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
    if (goes_on) require_inputs(session_.loaded, session_.spec_file);
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
    options.spec_folder = fs::absolute(session_.spec_file).lexically_normal().parent_path();
    options.study_name = spec().study.name;
    const SlotPlan plan = plan_slots(spec());
    options.slots = plan.slots;
    options.gpus = plan.gpus;
    if (builtin()) options.worker = find_worker();
    const auto executor =
        make_local_executor(spec(), options, data ? make_train_briefs(spec(), *data, session_.folder) : MakeBrief());
    SearchProgress progress(console_, session_.folder, options.slots, steady_stopwatch());
    EventStream events(progress, options_.events, console_);
    console_.say(fmt::format("searching {} with {} in {}", searched(), slots_text(plan), session_.folder.string()));
    const DriverEnd end = drive(study, *executor, events, [this] { return interrupts_.level(); });
    console_.clear_status();
    return end;
  }

  /// Of a command the parameters, so that a placeholder that was taken for text is seen.
  std::string searched() const {
    if (builtin()) return spec().study.name;
    std::vector<std::string> parts;
    for (const ParameterSpec& parameter : spec().space) parts.push_back(declaration_text(parameter));
    return parts.empty() ? "nothing (one configuration)" : join(parts, ", ");
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
    const Results results = make_results(study, session_.folder, session_.spec_file);
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
    console_.note("  " + command_again(options_, session_.spec_file));
    return interrupts_.exit_code();
  }

  const RunOptions& options_;
  StudySession session_;
  Console& console_;
  Interrupts interrupts_;
};

ExitCode run(const RunOptions& options, Console& console) {
  LoadedSpec loaded = load_spec(options.spec, console);
  const std::string spec_file = spec_file_of(options, loaded);
  // No study is begun for data or a program that are not there; a finished one is shown without them.
  const bool is_new = !fs::exists(study_folder(loaded.spec) / kStoreFile);
  if (is_new) {
    require_inputs(loaded, spec_file);
    check_start_points(loaded);
  }
  if (!options.save.empty()) write_file(options.save, loaded.resolved, Durability::renamed);
  Run run(options, open_session(std::move(loaded), spec_file, options.fresh), console);
  return run.go();
}

}  // namespace

Action declare_run(CLI::App& app) { return declare_run(app, {}); }

Action declare_run(CLI::App& app, const std::vector<std::string>& command) {
  auto options = std::make_shared<RunOptions>();
  options->spec.command = command;
  declare_spec_options(app, options->spec);
  app.add_option("--save", options->save, "write the spec that is used, complete, to a file")->type_name("FILE");
  app.add_flag("--fresh", options->fresh, "move the old study aside and begin again");
  app.add_flag("--no-compress", options->no_compress, "leave out [compress]");
  app.add_flag("--events{-}", options->events, "every event as a line of JSON, to stdout or =FILE")
      ->type_name("[=FILE]");
  return [options](Console& console) { return run(*options, console); };
}

}  // namespace hone
