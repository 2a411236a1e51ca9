#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/ask_tell/ask_tell.h"
#include "cli/ask_tell/line_reader.h"
#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/start_points.h"
#include "cli/study_files.h"
#include "cli/study_session.h"
#include "core/text.h"
#include "search/registry.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

/// Longest line of a client; a request of ten thousand metrics has half a megabyte.
constexpr std::size_t kLongestLine = 1 << 20;

struct AskTellOptions {
  std::string spec;
  std::vector<std::string> set;
  std::string new_name;
  bool fresh = false;
};

LoadedSpec load(const AskTellOptions& options, Console& console) {
  SpecOverrides overrides{options.set, SpecPurpose::ask_tell};
  if (!options.new_name.empty()) {
    overrides.set.push_back(fmt::format("study.name={}", to_toml_value(options.new_name)));
  }
  LoadedSpec loaded = load_spec(options.spec, option_tables(), overrides);
  loaded.diagnostics.throw_if_errors();
  console.diagnose(loaded.diagnostics.list());
  if (!options.new_name.empty()) {
    // A folder that the spec names belongs to the old name.
    loaded.spec.study.folder = (fs::path(loaded.spec.study.folder).parent_path() / options.new_name).string();
  }
  return loaded;
}

bool budget_changed(const std::vector<SpecChange>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [](const SpecChange& change) { return change.path.rfind("budget.", 0) == 0; });
}

/// Answers line by line until the client leaves or a signal comes.
ExitCode serve(AskTell& ask_tell, bool resumed, Console& console) {
  const Interrupts interrupts;
  console.answer(ask_tell.greeting(resumed));
  LineReader reader(STDIN_FILENO, kLongestLine, [&] { return interrupts.any(); });
  while (!ask_tell.is_closed()) {
    const std::optional<InputLine> line = reader.next();
    if (!line) break;
    if (!line->too_long && trim(line->text).empty()) continue;
    console.answer(line->too_long ? AskTell::answer_too_long(kLongestLine) : ask_tell.answer(line->text));
  }
  ask_tell.leave();
  return interrupts.any() ? interrupts.exit_code() : ExitCode::ok;
}

ExitCode ask_tell(const AskTellOptions& options, Console& console) {
  LoadedSpec loaded = load(options, console);
  if (!fs::exists(study_folder(loaded.spec) / kStoreFile)) check_start_points(loaded);
  StudySession session = open_session(std::move(loaded), options.spec, options.fresh);
  ExperimentSpec& spec = session.loaded.spec;
  const SearchSpace space(spec, session.loaded.origins);
  if (session.before.last_seq == 0) resolve_start_points(spec, space, session.loaded.origins);
  Study study(*session.store, spec, space, make_sampler(spec), make_scheduler(spec), make_wall_clock(), Runner::client);
  study.open(std::nullopt);
  if (study.state().closed && budget_changed(session.changes)) study.reopen(changes_text(session.changes));
  note_spec_change(session, study);
  record_spec(session);
  AskTell protocol(study, steady_stopwatch());
  return serve(protocol, session.before.last_seq > 0, console);
}

}  // namespace

Action declare_ask_tell(CLI::App& app) {
  auto options = std::make_shared<AskTellOptions>();
  app.add_option("SPEC", options->spec, "a spec with [space] and [objective]")->required();
  app.add_option("--set", options->set, "lay a value over the spec: --set budget.trials=10")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  app.add_option("--new", options->new_name, "another study of this name")->type_name("NAME");
  app.add_flag("--fresh", options->fresh, "move the old study aside and begin again");
  return [options](Console& console) { return ask_tell(*options, console); };
}

}  // namespace hone
