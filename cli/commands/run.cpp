#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/code_identity.h"
#include "cli/command_program.h"
#include "cli/commands/verb.h"
#include "cli/deadline.h"
#include "cli/event_stream.h"
#include "cli/finished_study.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/log_text.h"
#include "cli/program_run.h"
#include "cli/progress.h"
#include "cli/report/json_document.h"
#include "cli/report/write_report.h"
#include "cli/requirements.h"
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

constexpr double kOnFinishSeconds = 60;

struct RunOptions {
  SpecOptions spec;
  std::string save;
  std::vector<std::string> require;
  std::string if_finished = "show";
  std::string deadline;
  bool strict_code = false;
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
  for (const std::string& condition : options.require) text += " --require " + shell_word(condition);
  return text;
}

/// One `hone run` after its spec is loaded.
class Run {
 public:
  Run(const RunOptions& options, StudySession session, Console& console)
      : options_(options), session_(std::move(session)), console_(console) {
    if (!options.deadline.empty()) deadline_ = parse_deadline(options.deadline, std::chrono::system_clock::now());
    if (!builtin()) code_ = code_identity(spec());
  }

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
    const bool is_extended = judge_what_was();
    extend_budget(session_.loaded.spec.budget, session_.before.extensions + (is_extended ? 1 : 0));
    say_changes();
    const bool goes_on =
        is_extended || !session_.before.closed || !session_.changes.empty() || compression_due(session_.before);
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
    if (study.state().closed && is_extended) study.reopen("the budget of the spec again", /*extended=*/true);
    if (study.state().closed && budget_changed()) study.reopen(changes_text(session_.changes));
    note_spec_change(session_, study);
    record_spec(session_);
    const bool was_done = session_.before.closed && study.done() && !compression_due(study.state());
    if (!was_done) {
      note_code(study);
      if (search(study, data) == DriverEnd::interrupted) {
        if (interrupts_.any()) return say_interrupted();
        console_.say("the deadline has passed; to go on: " + command_again(options_, session_.spec_file));
      }
      keep_winner(study, data);
      // A smaller budget, or a death just before, may have closed it at once.
      const bool launched = launches_of(study.state()) > launches_of(session_.before);
      if (study.state().closed && !launched && session_.before.last_seq > 0) judge_finished_now();
    }
    return conclude(study, was_done);
  }

  static std::int64_t launches_of(const StudyState& state) {
    std::int64_t launches = 0;
    for (const Trial& trial : state.trials) launches += trial.attempt;
    return launches;
  }

  void judge_finished_now() const {
    judge_finished(*if_finished_named(options_.if_finished), spec().study.name, session_.before, code_);
  }

  /// Never green for nothing: throws for a study that was finished or begun with other code where that was asked for.
  /// True when its budget is to be given once more.
  bool judge_what_was() const {
    const StudyState& before = session_.before;
    if (!before.closed) {
      if (options_.strict_code) require_same_code(spec().study.name, before, code_);
      return false;
    }
    if (budget_changed() || compression_due(before)) return false;
    judge_finished_now();
    return options_.if_finished == "extend";
  }

  /// Marks the trials from now on when they run other code than those before.
  void note_code(Study& study) {
    const StudyState& state = study.state();
    if (code_.hash.empty() || code_.hash == state.code) return;
    const std::string changed = state.code.empty() ? "" : code_changes(state.code_parts, code_.parts);
    if (runs_other_code(state, code_)) {
      console_.say(
          fmt::format("the code changed: {} ({} -> {}); later trials are marked", changed, state.code, code_.hash));
    }
    study.change_code(code_.hash, code_.parts, changed);
  }

  Interrupt interrupt() const {
    if (interrupts_.any()) return interrupts_.level();
    return deadline_ && std::chrono::system_clock::now() >= *deadline_ ? Interrupt::soft : Interrupt::none;
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
    const DriverEnd end = drive(study, *executor, events, [this] { return interrupt(); });
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
    if (kept && data) test_winner(*data, session_.folder, interrupts_);
    if (!kept || !data || !compression_due(study.state())) return;
    console_.say(fmt::format("compressing trial {}", *best));
    compress_winner(study, *data, session_.folder, *best, interrupts_, console_);
  }

  ExitCode conclude(Study& study, bool was_done) {
    const Results results = make_results(study, session_.folder, session_.spec_file);
    std::string page;
    if (spec().report.html) page = write_reports(results).string();
    const bool missed = results.compression && !results.compression->met && !options_.no_compress;
    const std::vector<std::string> unmet = unmet_requirements(options_.require, results);
    const bool answers_no = !results.best || missed;
    const ExitCode code = !unmet.empty() ? ExitCode::budget_unmet : answers_no ? ExitCode::answer_no : ExitCode::ok;
    const bool just_closed = study.state().closed && !was_done;
    if (just_closed && !spec().study.on_finish.empty()) tell_the_user(run_document(results, was_done, page, unmet));
    for (const std::string& requirement : unmet) console_.say("required, but not met: " + requirement);
    if (console_.options().json) {
      console_.answer(run_document(results, was_done, page, unmet).dump(2) + "\n");
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

  nlohmann::json run_document(const Results& results, bool was_done, const std::string& page,
                              const std::vector<std::string>& unmet) const {
    nlohmann::json items = nlohmann::json::array();
    if (const TrialResult* best = results.best_trial()) items.push_back(trial_json(*best, false));
    nlohmann::json document = json_document("run", results, items);
    document["nothing_ran"] = was_done;
    document["unmet"] = unmet;
    document["report"] = page;
    document["best_model"] = results.best_model;
    document["compressed_model"] = results.compressed_model;
    document["test"] = test_json(results.test);
    document["compression"] = results.compression ? compression_json(*results.compression) : nlohmann::json(nullptr);
    return document;
  }

  /// [study] on_finish: mail, chat, ticket. Its failure is said, and changes nothing.
  void tell_the_user(const nlohmann::json& document) {
    ProcessOptions program;
    program.argv = spec().study.on_finish;
    program.environment = current_environment();
    program.folder = fs::absolute(session_.spec_file).lexically_normal().parent_path();
    if (!options_.spec.has_file()) program.folder = fs::current_path();
    try {
      const auto finished = run_to_end(program, document.dump(2) + "\n", kOnFinishSeconds);
      if (finished && finished->succeeded()) return;
      const std::string why = finished ? "ended with " + std::to_string(finished->status.code) : "took too long";
      console_.warn("study::on-finish", fmt::format("`{}` {}: {}", program.argv.front(), why,
                                                    safe_log_text(last_lines(finished ? finished->err : "", 1))));
    } catch (const Error& error) {
      console_.warn("study::on-finish", error.diagnostics().front().message);
    }
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
  /// What the trials of a command run now.
  CodeIdentity code_;
  std::optional<std::chrono::system_clock::time_point> deadline_;
};

/// The spec with the name of the study that goes on: NAME, or the newest that --if-finished new began after it.
LoadedSpec load_newest(RunOptions& options, std::string& follows, Console& console) {
  LoadedSpec loaded = load_spec(options.spec, console);
  const fs::path first = study_folder(loaded.spec);
  fs::path newest = options.fresh ? first : newest_follow_up(first);
  if (options.if_finished == "new" && is_finished_study(newest)) newest = next_follow_up(first, newest);
  if (newest == first) return loaded;
  follows = first.filename().string();
  options.spec.name = newest.filename().string();
  options.spec.quiet = true;
  return load_spec(options.spec, console);
}

ExitCode run(RunOptions options, Console& console) {
  check_requirements(options.require);
  if (!options.deadline.empty()) parse_deadline(options.deadline, std::chrono::system_clock::now());
  std::string follows;
  LoadedSpec loaded = load_newest(options, follows, console);
  const std::string spec_file = spec_file_of(options, loaded);
  // No study is begun for data or a program that are not there; a finished one is shown without them.
  const bool is_new = !fs::exists(study_folder(loaded.spec) / kStoreFile);
  if (is_new) {
    require_inputs(loaded, spec_file);
    check_start_points(loaded);
  }
  if (!options.save.empty()) write_file(options.save, loaded.resolved, Durability::renamed);
  StudySession session = open_session(std::move(loaded), spec_file, options.fresh);
  if (!follows.empty()) session.store->set_meta(kMetaFollows, follows);
  Run run(options, std::move(session), console);
  return run.go();
}

}  // namespace

Action declare_run(CLI::App& app) { return declare_run(app, {}); }

Action declare_run(CLI::App& app, const std::vector<std::string>& command) {
  auto options = std::make_shared<RunOptions>();
  options->spec.command = command;
  declare_spec_options(app, options->spec);
  app.add_option("--save", options->save, "write the spec that is used, complete, to a file")->type_name("FILE");
  app.add_option("--require", options->require, "exit 6 when the best trial ends without this: 'val_accuracy >= 0.98'")
      ->allow_extra_args(false)
      ->type_name("EXPR");
  app.add_option("--if-finished", options->if_finished, "what to do with a study that is finished")
      ->check(CLI::IsMember({"show", "extend", "new", "fail"}))
      ->type_name("show|extend|new|fail");
  app.add_flag("--strict-code", options->strict_code, "refuse to go on when program, scripts or commit changed");
  app.add_option("--deadline", options->deadline, "launch nothing more after 06:00, a moment (RFC 3339) or in 2h")
      ->type_name("TIME");
  app.add_flag("--fresh", options->fresh, "move the old study aside and begin again");
  app.add_flag("--no-compress", options->no_compress, "leave out [compress]");
  app.add_flag("--events{-}", options->events, "every event as a line of JSON, to stdout or =FILE")
      ->type_name("[=FILE]");
  return [options](Console& console) { return run(*options, console); };
}

}  // namespace hone
