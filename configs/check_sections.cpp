#include <algorithm>
#include <cmath>

#include "configs/check_spec.h"
#include "configs/load_spec.h"
#include "configs/read_sections.h"
#include "configs/spec_fields.h"

namespace hone {
namespace {

bool is_written(const SpecCheck& check, std::string_view section) { return find_entry(check.root, section) != nullptr; }

/// "write it in [study]" for a key that some section knows.
std::string section_hint(const std::string& key) {
  for (const SectionInfo& section : section_infos()) {
    for (const OptionInfo& option : section.options) {
      if (option.name == key) return "write it in [" + section.name + "]";
    }
  }
  return "";
}

void refuse_unknown_sections(const SpecCheck& check) {
  const std::vector<std::string> names = section_names();
  for (const TomlEntry& entry : check.root.entries) {
    if (std::find(names.begin(), names.end(), entry.name) != names.end()) continue;
    std::string hint = suggestion_for(entry.name, names);
    if (entry.value.kind == TomlKind::table) {
      check.diagnostics.error("spec::unknown-key", "unknown section [" + entry.name + "]", entry.key, hint);
    } else {
      if (hint.empty()) hint = section_hint(entry.name);
      check.diagnostics.error("spec::unknown-key", "unknown key `" + entry.name + "` outside of a section", entry.key,
                              hint);
    }
  }
}

void require(const SpecCheck& check, const std::string& section) {
  if (is_written(check, section)) return;
  const std::vector<SectionInfo> infos = section_infos();
  const auto info = std::find_if(infos.begin(), infos.end(), [&](const SectionInfo& i) { return i.name == section; });
  check.diagnostics.error("spec::missing-section",
                          check.file_name + " has no section [" + section + "]: " + info->sentence);
}

void require_all(const SpecCheck& check, std::initializer_list<const char*> sections) {
  for (const char* section : sections) require(check, section);
}

void require_for(const SpecCheck& check, SpecPurpose purpose) {
  switch (purpose) {
    case SpecPurpose::run:
      require_all(check, {"objective", "trainer", "budget"});
      if (check.is_builtin()) require_all(check, {"dataset", "model"});
      return;
    case SpecPurpose::ask_tell:
      return require_all(check, {"space", "objective"});
    case SpecPurpose::look:
      return;
  }
}

void check_builtin_objective(const SpecCheck& check, const ObjectiveSpec& objective, const std::string& path) {
  const std::string& name = objective.metric;
  if (name.empty()) return;
  const Place place = place_of(check.origins, path + ".metric");
  const MetricInfo* metric = find_metric(name);
  if (metric == nullptr) {
    std::vector<std::string> names;
    for (const MetricInfo& one : metric_table()) names.push_back("val_" + std::string(one.name));
    check.diagnostics.error("spec::unknown-metric", "no built-in trainer reports `" + name + "`", place,
                            suggestion_for(name, names));
    return;
  }
  const std::string remedy = "write `val_" + std::string(metric->name) + "`";
  if (name.starts_with("test_")) {
    check.diagnostics.error("spec::test-objective", "`" + name + "` is read once, after the choice, and cannot make it",
                            place, remedy);
    return;
  }
  if (!name.starts_with("val_")) {
    check.diagnostics.error("spec::unknown-metric",
                            "a built-in trainer is judged on validation rows, not by `" + name + "`", place, remedy);
    return;
  }
  const bool has_goal = check.origins.count(path + ".goal") != 0;
  if (has_goal && metric->goal != objective.goal) {
    const bool larger = metric->goal == Goal::maximize;
    check.diagnostics.error("spec::wrong-goal",
                            "`" + name + "` is better when it is " + (larger ? "larger" : "smaller"),
                            place_of(check.origins, path + ".goal"),
                            std::string("write goal = \"") + (larger ? "maximize" : "minimize") + "\"");
  }
  const std::string& task = check.spec.dataset.task;
  if ((task == "classification" && !metric->classification) || (task == "regression" && !metric->regression)) {
    check.diagnostics.error("spec::unknown-metric", "`" + name + "` does not exist for " + task, place);
  }
}

}  // namespace

void check_sections(const SpecCheck& check) {
  refuse_unknown_sections(check);
  require_for(check, check.purpose);
  if (!check.is_command()) return;
  for (const std::string section : {"dataset", "model", "compress"}) {
    if (!is_written(check, section)) continue;
    check.diagnostics.error("spec::unused-section", "[" + section + "] is not read where [trainer] kind is command",
                            key_place_of(check.origins, section), "remove it, or write kind = \"builtin\"");
  }
}

namespace {

/// A population's copies go on from a checkpoint with other parameters.
void check_copies(const SpecCheck& check) {
  const std::string& kind = check.spec.scheduler.kind;
  if (kind != "pbt" && kind != "pb2") return;
  const std::string why = "scheduler " + kind + " lets trials go on from checkpoints of others with other parameters: ";
  const Place place = place_of(check.origins, "scheduler.kind");
  if (check.is_command() && !check.spec.trainer.checkpoints) {
    check.diagnostics.error("spec::cannot-copy", why + "the command must do that", place,
                            "write checkpoints = true in [trainer] if it goes on from HONE_RESUME");
  }
  if (check.is_builtin()) {
    check.diagnostics.error("spec::cannot-copy", why + "a built-in trainer goes on with its own alone", place,
                            "take asha or hyperband, or a trainer of kind \"command\"");
  }
}

}  // namespace

void check_fidelity(const SpecCheck& check) {
  const ExperimentSpec& spec = check.spec;
  const std::string& kind = spec.scheduler.kind;
  const std::vector<std::string> with_rungs = {"asha", "hyperband", "pbt", "pb2"};
  check_copies(check);
  if (std::count(with_rungs.begin(), with_rungs.end(), kind) > 0 && !is_written(check, "fidelity")) {
    check.diagnostics.error("spec::missing-section",
                            "scheduler " + kind + " needs [fidelity] with max: the rungs lie below it",
                            place_of(check.origins, "scheduler.kind"));
  }
  if (!check.is_builtin()) return;
  if (spec.fidelity.unit != "epochs") {
    check.diagnostics.error("spec::unknown-word",
                            "fidelity.unit must be epochs for a built-in trainer (is " + spec.fidelity.unit + ")",
                            place_of(check.origins, "fidelity.unit"));
  }
  const auto check_whole = [&](const std::string& key, const std::optional<double>& value) {
    if (!value || *value == std::floor(*value)) return;
    check.diagnostics.error("spec::wrong-type",
                            "fidelity." + key + " must be a whole number of epochs (is " + to_text(*value) + ")",
                            place_of(check.origins, "fidelity." + key));
  };
  check_whole("min", spec.fidelity.min);
  check_whole("max", spec.fidelity.max);
}

namespace {

void check_several_objectives(const SpecCheck& check) {
  const std::vector<ObjectiveSpec>& objectives = check.spec.objectives;
  std::size_t with_tolerance = 0;
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    const std::string path = "objective[" + std::to_string(i) + "]";
    if (objectives[i].tolerance) ++with_tolerance;
    for (std::size_t j = 0; j < i; ++j) {
      if (objectives[j].metric.empty() || objectives[j].metric != objectives[i].metric) continue;
      check.diagnostics.error("spec::out-of-range", "`" + objectives[i].metric + "` is the metric of two objectives",
                              place_of(check.origins, path + ".metric"));
    }
  }
  const bool all_but_last = with_tolerance + 1 == objectives.size() && !objectives.back().tolerance;
  if (with_tolerance > 0 && !all_but_last) {
    const auto first = std::find_if(objectives.begin(), objectives.end(),
                                    [](const ObjectiveSpec& objective) { return objective.tolerance.has_value(); });
    check.diagnostics.error(
        "spec::bad-tolerance", "tolerance belongs to every objective but the last, or to none",
        place_of(check.origins, "objective[" + std::to_string(first - objectives.begin()) + "].tolerance"));
  }
  if (objectives.size() > 1 && check.spec.compress.wanted) {
    check.diagnostics.error(
        "spec::several-objectives",
        "[compress] needs one best trial, and there are " + std::to_string(objectives.size()) + " objectives",
        key_place_of(check.origins, "compress"), "remove [compress], or keep one objective");
  }
}

}  // namespace

void check_objectives(const SpecCheck& check) {
  check_several_objectives(check);
  if (!check.is_builtin()) return;
  for (std::size_t i = 0; i < check.spec.objectives.size(); ++i) {
    check_builtin_objective(check, check.spec.objectives[i], "objective[" + std::to_string(i) + "]");
  }
}

}  // namespace hone
