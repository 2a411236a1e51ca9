#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/option_tables.h"
#include "cli/space_migration.h"
#include "cli/study_view.h"
#include "configs/load_spec.h"
#include "core/text.h"
#include "search/analysis/space_diff.h"

namespace hone {

namespace {

struct SpaceOptions {
  std::string action;
  std::string before;
  std::string after;
  MigrationOptions migration;
};

/// A spec's space, or that of a study with its trials.
struct KnownSpace {
  ExperimentSpec spec;
  Origins origins;
  std::optional<StudyState> trials;
};

KnownSpace known_space(const std::string& argument) {
  if (std::filesystem::path(argument).extension() != ".toml") {
    StudyView study = open_study(argument);
    return {std::move(study.spec), {}, std::move(study.state)};
  }
  LoadedSpec loaded = load_spec(argument, option_tables(), {.set = {}, .purpose = SpecPurpose::look});
  loaded.diagnostics.throw_if_errors();
  return {std::move(loaded.spec), std::move(loaded.origins), std::nullopt};
}

/// "37 of 40 trials fit the new space as they are", with what stands against the first other one.
std::string usable_text(const StudyState& state, const SearchSpace& space) {
  std::int64_t usable = 0;
  std::string complaint;
  for (const Trial& trial : state.trials) {
    const Adopted found = adopted(space, trial.params, {});
    if (found.params) ++usable;
    if (!found.params && complaint.empty()) complaint = fmt::format(" (trial {}: {})", trial.id, found.complaint);
  }
  return fmt::format("{} of {} fit as they are{}", usable,
                     count_of(static_cast<std::int64_t>(state.trials.size()), "trial"), complaint);
}

ExitCode diff(const SpaceOptions& options, Console& console) {
  const KnownSpace before = known_space(options.before);
  const KnownSpace after = known_space(options.after);
  const SearchSpace space(after.spec, after.origins);
  const std::vector<SpaceDifference> found = space_diff(before.spec.space, after.spec.space);
  const std::string usable = before.trials ? usable_text(*before.trials, space) : "";
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const SpaceDifference& one : found) {
      items.push_back({{"change", name_of(one.change)}, {"name", one.name}, {"text", one.text}});
    }
    const nlohmann::json document = {{"hone", 1}, {"kind", "space_diff"}, {"usable", usable}, {"items", items}};
    console.answer(document.dump(2) + "\n");
    return ExitCode::ok;
  }
  const int columns = console.answer_columns();
  std::string text;
  for (const SpaceDifference& one : found) {
    text += wrap_labelled(name_of(one.change), one.name + ": " + one.text, columns, 10);
  }
  if (found.empty()) text = wrap_labelled("", "the same parameters", columns, 0);
  if (!usable.empty()) text += wrap_labelled("usable", usable, columns, 10);
  console.answer(text);
  return ExitCode::ok;
}

ExitCode migrate(SpaceOptions options, Console& console) {
  options.migration.study = options.before;
  options.migration.spec = options.after;
  const Migration migration = migrate_space(options.migration);
  const auto outside = static_cast<std::int64_t>(migration.outside.size());
  if (console.options().json) {
    const nlohmann::json document = {{"hone", 1},
                                     {"kind", "space_migration"},
                                     {"study", migration.folder.string()},
                                     {"changes", migration.changes},
                                     {"usable", migration.usable},
                                     {"outside", migration.outside},
                                     {"dry_run", options.migration.dry_run}};
    console.answer(document.dump(2) + "\n");
    return ExitCode::ok;
  }
  const int columns = console.answer_columns();
  std::string text = wrap_labelled("space", migration.changes, columns, 10);
  text += wrap_labelled("kept", count_of(migration.usable, "trial"), columns, 10);
  if (outside > 0) {
    text += wrap_labelled("outside", count_of(outside, "trial") + ", the first because " + migration.complaint, columns,
                          10);
  }
  if (options.migration.dry_run) text += wrap_labelled("", "nothing was changed (--dry-run)", columns, 10);
  console.answer(text);
  return ExitCode::ok;
}

}  // namespace

Action declare_space(CLI::App& app) {
  auto options = std::make_shared<SpaceOptions>();
  app.add_option("ACTION", options->action, "diff: what is different; migrate: a study goes on in a changed space")
      ->required()
      ->check(CLI::IsMember({"diff", "migrate"}));
  app.add_option("OLD", options->before, "a spec file or a study")->required();
  app.add_option("NEW", options->after, "the spec with the changed [space]")->required();
  app.add_option("--default", options->migration.defaults, "what the trials so far had of a new parameter")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  app.add_option("--rename", options->migration.renames, "a parameter is called otherwise now")
      ->allow_extra_args(false)
      ->type_name("OLD=NEW");
  app.add_option("--drop", options->migration.drops, "a parameter is gone; its values are forgotten")
      ->allow_extra_args(false)
      ->type_name("NAME");
  app.add_flag("--dry-run", options->migration.dry_run, "only say what would happen");
  return [options](Console& console) {
    return options->action == "diff" ? diff(*options, console) : migrate(*options, console);
  };
}

}  // namespace hone
