#include "configs/read_sections.h"
#include "configs/spec_fields.h"

namespace hone {
namespace {

void read_derive(SpecReader& reader, const TomlNode& table, std::vector<std::pair<std::string, std::string>>& derive) {
  const TomlNode* derived = reader.table_of(table, "derive", "constraints.derive");
  if (derived == nullptr) return;
  for (const TomlEntry& entry : derived->entries) {
    const std::string* expression = text_of(entry.value);
    if (expression == nullptr) {
      reader.wrong_type(entry.value, "constraints.derive." + entry.name, "an expression in quotes");
    } else {
      derive.emplace_back(entry.name, *expression);
    }
  }
}

void read_baseline(SpecReader& reader, const TomlNode& table, std::map<std::string, double>& baseline) {
  const TomlEntry* entry = find_entry(table, "baseline");
  if (entry == nullptr) return;
  if (entry->value.kind != TomlKind::table) {
    reader.wrong_type(entry->value, "constraints.baseline", "a table such as {val_accuracy = 0.97}");
    return;
  }
  for (const TomlEntry& metric : entry->value.entries) {
    if (metric.value.kind == TomlKind::integer || metric.value.kind == TomlKind::number) {
      baseline[metric.name] = as_number(metric.value.scalar);
    } else {
      reader.wrong_type(metric.value, "constraints.baseline." + metric.name, "a number");
    }
  }
}

}  // namespace

void read_constraints(SpecReader& reader, ConstraintsSpec& constraints) {
  const TomlNode* table = reader.table_of(reader.root(), "constraints", "[constraints]");
  if (table == nullptr) return;
  reader.read_fields(*table, "constraints", constraints_fields(), constraints);
  read_derive(reader, *table, constraints.derive);
  read_baseline(reader, *table, constraints.baseline);
  std::vector<std::string> known = field_names(constraints_fields());
  for (const OptionInfo& key : constraints_special_keys()) known.push_back(key.name);
  reader.refuse_unknown(*table, "constraints", known);
}

}  // namespace hone
