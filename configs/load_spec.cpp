#include "configs/load_spec.h"

#include <algorithm>
#include <tuple>

#include "configs/check_spec.h"
#include "configs/read_sections.h"
#include "configs/spec_document.h"
#include "configs/spec_fields.h"
#include "core/files.h"

namespace hone {
namespace {

void record_origins(const TomlNode& node, const std::string& path, const Place& key, Origins& origins) {
  if (!path.empty()) origins[path] = {key, node.place, node.from};
  for (const TomlEntry& entry : node.entries) {
    record_origins(entry.value, path.empty() ? entry.name : path + "." + entry.name, entry.key, origins);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    record_origins(node.items[i], path + "[" + std::to_string(i) + "]", node.items[i].place, origins);
  }
}

/// A single [objective] table is objective[0] too, so that checks need one way only.
void record_all_origins(const TomlNode& root, Origins& origins) {
  record_origins(root, "", {}, origins);
  const TomlEntry* objective = find_entry(root, "objective");
  if (objective != nullptr && objective->value.kind == TomlKind::table) {
    record_origins(objective->value, "objective[0]", objective->key, origins);
  }
}

bool has_error(const Diagnostics& diagnostics, std::string_view code) {
  return std::any_of(diagnostics.list().begin(), diagnostics.list().end(),
                     [&](const Diagnostic& one) { return one.code == code; });
}

void read_all(SpecReader& reader, ExperimentSpec& spec) {
  read_study(reader, spec.study);
  read_space(reader, spec.space);
  read_objectives(reader, spec.objectives);
  read_constraints(reader, spec.constraints);
  read_sampler(reader, spec.sampler);
  read_start(reader, spec.space, spec.sampler.start);
  read_scheduler(reader, spec.scheduler);
  read_fidelity(reader, spec.fidelity);
  read_trainer(reader, spec.trainer);
  read_model(reader, spec.model);
  read_dataset(reader, spec.dataset);
  read_resources(reader, spec.resources);
  read_budget(reader, spec.budget);
  read_confirm(reader, spec.confirm);
  read_compress(reader, spec.compress);
  read_report(reader, spec.report);
}

/// A client of ask-tell trains, has the data and the machines: the sections about them are as if not written.
void leave_unread(TomlNode& root) {
  for (const std::string_view section : {"trainer", "dataset", "model", "resources", "compress"}) {
    erase_entry(root, section);
  }
}

void check_all(const SpecCheck& check) {
  check_sections(check);
  check_objectives(check);
  check_fidelity(check);
  check_space(check);
  check_conditions(check);
  check_constraints(check);
  check_command(check);
  check_limits(check);
}

/// A file's stem as a folder name.
std::string name_from(const std::string& file_name) {
  std::string stem = std::filesystem::path(file_name).stem().string();
  for (char& c : stem) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ' ') c = '-';
  }
  stem.erase(0, stem.find_first_not_of('.'));
  return stem.empty() ? "study" : stem;
}

/// Defaults that depend on other values.
void derive(ExperimentSpec& spec, const std::string& file_name, const std::filesystem::path& folder) {
  if (spec.study.name.empty()) spec.study.name = name_from(file_name);
  if (spec.study.folder.empty()) spec.study.folder = "studies/" + spec.study.name;
  if (spec.trainer.kind == "command" && spec.trainer.cwd.empty()) spec.trainer.cwd = folder.string();
  if (spec.trainer.kind != "builtin") return;
  for (ObjectiveSpec& objective : spec.objectives) {
    const MetricInfo* metric = find_metric(objective.metric);
    const bool known = metric != nullptr && metric->low && metric->high;
    if (known && !objective.bounds) objective.bounds = {*metric->low, *metric->high};
  }
}

void set_text(TomlNode& root, const std::string& section, const std::string& key, const std::string& text) {
  TomlEntry* table = find_entry(root, section);
  if (table == nullptr) {
    root.entries.push_back({section, {}, {}});
    table = &root.entries.back();
  }
  erase_entry(table->value, key);
  table->value.entries.push_back({key, {}, make_text_node(text)});
}

void set_source(TomlNode& root, const DatasetSpec& dataset) {
  if (!dataset.source.empty()) return set_text(root, "dataset", "source", dataset.source);
  TomlNode& table = find_entry(root, "dataset")->value;
  for (const auto& [part, path] : {std::pair{"train", &dataset.files.train},
                                   {"validation", &dataset.files.validation},
                                   {"test", &dataset.files.test}}) {
    if (!path->empty()) set_text(table, "source", part, *path);
  }
}

/// Files of start points by their whole path; the document has an item for each of `start`.
void set_start_files(TomlNode& root, const std::vector<StartPoint>& start) {
  TomlEntry* sampler = find_entry(root, "sampler");
  TomlEntry* written = sampler == nullptr ? nullptr : find_entry(sampler->value, "start");
  if (written == nullptr || written->value.items.size() != start.size()) return;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (const auto* from = std::get_if<std::string>(&start[i])) written->value.items[i] = make_text_node(*from);
  }
}

/// Names and paths that depend on where the file stood are written out, so that the text loads equal from anywhere.
std::string resolve(TomlNode root, const ExperimentSpec& spec) {
  set_text(root, "study", "name", spec.study.name);
  if (find_entry(root, "dataset") != nullptr) set_source(root, spec.dataset);
  if (spec.trainer.kind == "command") set_text(root, "trainer", "cwd", spec.trainer.cwd);
  set_start_files(root, spec.sampler.start);
  return write_toml(root, section_names());
}

/// Says of every diagnostic how its place came into the spec and where to read more.
void add_notes(Diagnostic& diagnostic, const SpecDocument& document) {
  const auto included = document.included_from.find(diagnostic.place.file);
  if (included != document.included_from.end()) {
    const Place& from = included->second;
    diagnostic.notes.push_back("included from " + from.file + ":" + std::to_string(from.line) + ":" +
                               std::to_string(from.column));
  }
  if (diagnostic.place.file.starts_with("--set ") || diagnostic.place.file.starts_with("--unset "))
    diagnostic.notes.push_back("from `" + diagnostic.place.file + "`");
  diagnostic.notes.push_back("help: hone explain " + diagnostic.code);
}

/// File order; what has no place comes first.
Diagnostics ordered(const Diagnostics& diagnostics, const SpecDocument& document) {
  std::vector<Diagnostic> list = diagnostics.list();
  std::stable_sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (!a.place.known() || !b.place.known()) return !a.place.known() && b.place.known();
    const Place& x = a.place;
    const Place& y = b.place;
    return std::tie(x.file, x.line, x.column) < std::tie(y.file, y.line, y.column);
  });
  Diagnostics result;
  for (Diagnostic& diagnostic : list) {
    add_notes(diagnostic, document);
    result.add(std::move(diagnostic));
  }
  return result;
}

}  // namespace

LoadedSpec load_spec_text(const std::string& text, const std::string& file_name, const std::filesystem::path& folder,
                          const OptionTables& tables, const SpecOverrides& overrides) {
  LoadedSpec loaded;
  Diagnostics diagnostics;
  const std::filesystem::path here =
      folder.empty() ? std::filesystem::current_path() : std::filesystem::absolute(folder).lexically_normal();
  SpecDocument document = load_document(text, file_name, here, diagnostics);
  for (const std::string& file : overrides.set_files) lay_file(document, file, diagnostics);
  for (const std::string& path : overrides.unset) remove_path(document.root, path, diagnostics);
  for (const std::string& assignment : overrides.set) apply_override(document.root, assignment, diagnostics);
  // With a part of the text unread every other complaint would be a guess.
  const bool unread = has_error(diagnostics, "spec::syntax") || has_error(diagnostics, "spec::include-missing");
  if (!unread) {
    if (overrides.purpose == SpecPurpose::ask_tell) leave_unread(document.root);
    declare_parameters(document.root, diagnostics);
    flatten_space(document.root);
    record_all_origins(document.root, loaded.origins);
    SpecReader reader(document, tables, diagnostics);
    read_all(reader, loaded.spec);
    check_all({loaded.spec, document.root, loaded.origins, tables, diagnostics, file_name, overrides.purpose});
    derive(loaded.spec, file_name, here);
    loaded.resolved = resolve(document.root, loaded.spec);
  }
  loaded.diagnostics = ordered(diagnostics, document);
  return loaded;
}

LoadedSpec load_spec(const std::filesystem::path& file, const OptionTables& tables, const SpecOverrides& overrides) {
  return load_spec_text(read_file(file), file.string(), file.parent_path(), tables, overrides);
}

}  // namespace hone
