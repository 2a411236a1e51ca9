#include <algorithm>

#include "configs/read_sections.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {
namespace {

const std::vector<std::string> kGoals = {"minimize", "maximize"};

bool is_from(const std::string& from) {
  if (from == "last" || from == "best") return true;
  if (!from.starts_with("mean:")) return false;
  const auto count = parse_integer(from.substr(5));
  return count && *count >= 1;
}

void read_goal(SpecReader& reader, const TomlNode& table, const std::string& path, ObjectiveSpec& objective) {
  const TomlEntry* entry = find_entry(table, "goal");
  if (entry == nullptr) {
    reader.report_missing(table, path, objective_special_keys().front());
    return;
  }
  const auto goal = reader.read_word(entry->value, kGoals, path + ".goal");
  if (goal) objective.goal = *goal == "maximize" ? Goal::maximize : Goal::minimize;
}

void read_bounds(SpecReader& reader, const TomlNode& table, const std::string& path, ObjectiveSpec& objective) {
  const TomlEntry* entry = find_entry(table, "bounds");
  if (entry == nullptr) return;
  const TomlNode& node = entry->value;
  const auto is_number = [](const TomlNode& item) {
    return item.kind == TomlKind::integer || item.kind == TomlKind::number;
  };
  const auto is_refused = [](const TomlNode& item) { return item.kind == TomlKind::refused; };
  if (std::any_of(node.items.begin(), node.items.end(), is_refused)) return;
  if (node.items.size() != 2 || !is_number(node.items[0]) || !is_number(node.items[1])) {
    reader.wrong_type(node, path + ".bounds", "a list of two numbers, [low, high]");
    return;
  }
  const double low = as_number(node.items[0].scalar);
  const double high = as_number(node.items[1].scalar);
  if (low >= high) {
    reader.diagnostics().error("spec::out-of-range",
                               path + ".bounds must rise (are " + to_text(node.items[0].scalar) + " and " +
                                   to_text(node.items[1].scalar) + ")",
                               node.place);
    return;
  }
  objective.bounds = {low, high};
}

void read_noise(SpecReader& reader, const TomlNode& table, const std::string& path, ObjectiveSpec& objective) {
  const TomlEntry* entry = find_entry(table, "noise");
  if (entry == nullptr) return;
  const std::string* word = text_of(entry->value);
  if (word != nullptr && *word == "auto") return;
  if (word != nullptr && *word == "none") {
    objective.noise = 0;
    return;
  }
  if (entry->value.kind != TomlKind::integer && entry->value.kind != TomlKind::number) {
    reader.wrong_type(entry->value, path + ".noise", "\"auto\", \"none\" or a standard deviation");
    return;
  }
  const double noise = as_number(entry->value.scalar);
  if (noise < 0) {
    reader.diagnostics().error("spec::out-of-range", path + ".noise must be at least 0 (is " + to_text(noise) + ")",
                               entry->value.place);
    return;
  }
  objective.noise = noise;
}

ObjectiveSpec read_objective(SpecReader& reader, const TomlNode& table, const std::string& path) {
  ObjectiveSpec objective;
  reader.read_fields(table, path, objective_fields(), objective);
  read_goal(reader, table, path, objective);
  read_bounds(reader, table, path, objective);
  read_noise(reader, table, path, objective);
  std::vector<std::string> known = field_names(objective_fields());
  for (const OptionInfo& key : objective_special_keys()) known.push_back(key.name);
  reader.refuse_unknown(table, path, known);
  if (!is_from(objective.from)) {
    reader.diagnostics().error("spec::unknown-word",
                               path + ".from must be last, best or mean:K, such as mean:3 (is " + objective.from + ")",
                               find_entry(table, "from")->value.place);
  }
  return objective;
}

}  // namespace

void read_objectives(SpecReader& reader, std::vector<ObjectiveSpec>& objectives) {
  const TomlEntry* entry = find_entry(reader.root(), "objective");
  if (entry == nullptr) return;
  const TomlNode& node = entry->value;
  if (node.kind == TomlKind::table) {
    objectives.push_back(read_objective(reader, node, "objective"));
    return;
  }
  if (node.kind != TomlKind::array || node.items.empty()) {
    reader.wrong_type(node, "[objective]", "a table, or a list of tables");
    return;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string path = "objective[" + std::to_string(i) + "]";
    if (node.items[i].kind == TomlKind::table) {
      objectives.push_back(read_objective(reader, node.items[i], path));
    } else {
      reader.wrong_type(node.items[i], path, "a table");
    }
  }
}

}  // namespace hone
