#include "cli/space_migration.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/format.h"
#include "cli/option_tables.h"
#include "cli/spec_changes.h"
#include "cli/study_files.h"
#include "cli/study_session.h"
#include "configs/load_spec.h"
#include "configs/spec_fields.h"
#include "configs/toml_document.h"
#include "core/files.h"
#include "core/hash.h"
#include "core/text.h"
#include "search/analysis/space_diff.h"
#include "search/store/store.h"
#include "search/study_events.h"

namespace hone {

namespace {

[[noreturn]] void fail(const std::string& message, const Place& place = {}) {
  throw Error("space::cannot-migrate", message, place);
}

/// "a=b" in two.
std::pair<std::string, std::string> assignment(const std::string& text, const char* option) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    fail(fmt::format("{} wants NAME=VALUE (is `{}`)", option, text));
  }
  return {text.substr(0, at), text.substr(at + 1)};
}

const SpaceParameter* find(const SearchSpace& space, const std::string& name) {
  const auto parameters = space.parameters();
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const SpaceParameter& one) { return one.spec.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

/// The options as a map between the spaces; every parameter that only one of them has must be accounted for.
class MapReader {
 public:
  MapReader(const SearchSpace& before, const SearchSpace& after) : before_(before), after_(after) {}

  SpaceMap read(const MigrationOptions& options) {
    for (const std::string& text : options.renames) rename(assignment(text, "--rename"));
    for (const std::string& name : options.drops) drop(name);
    for (const std::string& text : options.defaults) add(assignment(text, "--default"));
    account_for_all();
    return map_;
  }

 private:
  void rename(const std::pair<std::string, std::string>& names) {
    if (find(before_, names.first) == nullptr) fail("the study has no parameter `" + names.first + "` to rename");
    if (find(after_, names.second) == nullptr) fail("the new space has no parameter `" + names.second + "`");
    map_.renamed[names.first] = names.second;
  }

  void drop(const std::string& name) {
    if (find(before_, name) == nullptr) fail("the study has no parameter `" + name + "` to drop");
    map_.dropped.insert(name);
  }

  void add(const std::pair<std::string, std::string>& value) {
    const SpaceParameter* parameter = find(after_, value.first);
    if (parameter == nullptr) fail("the new space has no parameter `" + value.first + "`");
    const auto typed = parameter->value_of_text(value.second);
    if (!typed) fail("`" + value.second + "` is no value of `" + value.first + "`");
    if (const auto complaint = parameter->complaint_about(*typed)) fail(*complaint);
    map_.added[value.first] = *typed;
  }

  void account_for_all() const {
    for (const SpaceParameter& old : before_.parameters()) {
      const std::string& name = old.spec.name;
      if (map_.renamed.count(name) != 0 || map_.dropped.count(name) != 0 || find(after_, name) != nullptr) continue;
      fail("`" + name + "` is gone: say --drop " + name + ", or --rename " + name + "=NEW");
    }
    for (const SpaceParameter& parameter : after_.parameters()) {
      const std::string& name = parameter.spec.name;
      const bool is_renamed = std::any_of(map_.renamed.begin(), map_.renamed.end(),
                                          [&](const auto& names) { return names.second == name; });
      if (is_renamed || find(before_, name) != nullptr || map_.added.count(name) != 0 || parameter.spec.default_value) {
        continue;
      }
      fail("`" + name + "` is new: say --default " + name + "=VALUE, the value that the trials so far had");
    }
  }

  const SearchSpace& before_;
  const SearchSpace& after_;
  SpaceMap map_;
};

LoadedSpec load(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                const SpecOverrides& overrides) {
  LoadedSpec loaded = load_spec_text(text, name, folder, option_tables(), overrides);
  loaded.diagnostics.throw_if_errors();
  return loaded;
}

/// Whether a change belongs to the space; a command names its parameters.
bool is_of_space(const std::string& path) {
  for (const std::string_view part : {"space.", "constraints.forbid", "constraints.require", "constraints.derive.",
                                      "sampler.start", "trainer.command"}) {
    if (path.rfind(part, 0) == 0) return true;
  }
  return false;
}

void require_same_search(const std::string& before, const LoadedSpec& after) {
  std::vector<SpecChange> others;
  for (SpecChange& change : spec_changes(before, after.resolved)) {
    if (!is_of_space(change.path) && change.path != "study.folder") others.push_back(std::move(change));
  }
  require_harmless(others, after);
}

/// The study's spec with the space of the new one: other harmless changes are found by the next `hone run`.
std::string with_space_of(const std::string& before, const std::string& after) {
  Diagnostics diagnostics;
  TomlNode old = parse_toml(before, "spec", diagnostics).value();
  const TomlNode fresh = parse_toml(after, "spec", diagnostics).value();
  for (const char* section : {"space", "constraints", "trainer"}) {
    erase_entry(old, section);
    if (const TomlEntry* entry = find_entry(fresh, section)) old.entries.push_back(*entry);
  }
  return write_toml(old, section_names());
}

std::string changes_of(std::vector<ParameterSpec> before, const std::vector<ParameterSpec>& after,
                       const SpaceMap& map) {
  std::vector<std::string> parts;
  for (const auto& [old, fresh] : map.renamed) parts.push_back("renamed " + old + " to " + fresh);
  for (const std::string& name : map.dropped) parts.push_back("removed " + name);
  std::erase_if(before, [&](const ParameterSpec& one) { return map.dropped.count(one.name) != 0; });
  for (ParameterSpec& one : before) {
    const auto found = map.renamed.find(one.name);
    if (found != map.renamed.end()) one.name = found->second;
  }
  for (const SpaceDifference& one : space_diff(before, after)) {
    parts.push_back(std::string(name_of(one.change)) + " " + one.name);
  }
  return parts.empty() ? "other clauses" : join(parts, ", ");
}

/// Waits or rests: it would be launched again.
bool is_open(const Trial& trial) {
  return trial.state == TrialState::waiting || trial.state == TrialState::running || trial.state == TrialState::rested;
}

}  // namespace

Migration migrate_space(const MigrationOptions& options) {
  Migration migration;
  migration.folder = find_study(options.study);
  const StudyLock lock(migration.folder);
  const std::unique_ptr<Store> store = open_store(migration.folder);
  const std::string before_text = store->meta(kMetaSpec).value_or("");
  const LoadedSpec before = load(before_text, "spec.toml", migration.folder, {.set = {}, .purpose = SpecPurpose::look});
  if (before.spec.study.order == "strict") fail("a study with order strict cannot change its space: begin a new one");
  const bool is_client = before.spec.trainer.kind.empty();
  const LoadedSpec after = load_spec(options.spec, option_tables(),
                                     {.set = {"study.name=" + to_toml_value(before.spec.study.name)},
                                      .purpose = is_client ? SpecPurpose::ask_tell : SpecPurpose::run});
  after.diagnostics.throw_if_errors();
  require_same_search(before_text, after);
  const SearchSpace space(after.spec, after.origins);
  const SpaceMap map = MapReader(SearchSpace(before.spec, before.origins), space).read(options);
  migration.changes = changes_of(before.spec.space, after.spec.space, map);

  const StudyState state = fold(store->load());
  std::map<std::int64_t, Params> params;
  std::vector<Event> stops;
  for (const Trial& trial : state.trials) {
    const bool was_outside = state.ledgers[static_cast<std::size_t>(trial.id)].outside;
    const Adopted found = was_outside ? Adopted{} : adopted(space, trial.params, map);
    if (found.params) {
      params[trial.id] = *found.params;
      ++migration.usable;
      continue;
    }
    if (migration.complaint.empty()) migration.complaint = found.complaint;
    migration.outside.push_back(trial.id);
    if (is_open(trial)) stops.push_back(stopped_event(trial, "outside of the changed space", 0));
  }
  if (options.dry_run) return migration;

  const std::string text = with_space_of(before_text, after.resolved);
  std::vector<Event> events = {spec_changed_event(before_text, text),
                               space_migrated_event(migration.changes, params, migration.outside)};
  events.insert(events.end(), stops.begin(), stops.end());
  if (state.closed) events.push_back(budget_changed_event("space migrated: " + migration.changes));
  const std::int64_t now = make_wall_clock()();
  std::int64_t seq = state.last_seq;
  for (Event& event : events) {
    event.seq = ++seq;
    event.time_us = now;
  }
  store->append(events, Commit::full);
  store->set_meta(kMetaSpec, text);
  store->set_meta(kMetaSpecHash, sha256(text));
  write_file(migration.folder / "spec.toml", text, Durability::renamed);
  return migration;
}

}  // namespace hone
