#include "configs/read_sections.h"

#include <algorithm>

#include "configs/dataset_files.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {
namespace {

/// Reads a table that consists of plain fields only.
template <class Spec>
const TomlNode* read_plain(SpecReader& reader, const std::string& name, std::span<const Field<Spec>> fields,
                           Spec& spec) {
  const TomlNode* table = reader.table_of(reader.root(), name, "[" + name + "]");
  if (table == nullptr) return nullptr;
  reader.read_fields(*table, name, fields, spec);
  reader.refuse_unknown(*table, name, field_names(fields));
  return table;
}

/// A sub-table of plain fields.
template <class Spec>
void read_sub_table(SpecReader& reader, const TomlNode& parent, const std::string& path, const std::string& name,
                    std::span<const Field<Spec>> fields, Spec& spec) {
  const std::string here = path + "." + name;
  const TomlNode* table = reader.table_of(parent, name, here);
  if (table == nullptr) return;
  reader.read_fields(*table, here, fields, spec);
  reader.refuse_unknown(*table, here, field_names(fields));
}

/// Place of a key's value, of the table when the key is not written.
const Place& value_place(const TomlNode& table, std::string_view name) {
  const TomlEntry* entry = find_entry(table, name);
  return entry == nullptr ? table.place : entry->value.place;
}

bool is_folder_name(const std::string& name) {
  const auto fits = [](char c) { return c != '/' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; };
  return !name.empty() && name.size() <= 100 && name[0] != '.' && std::all_of(name.begin(), name.end(), fits);
}

/// `source` is a path, or a table of paths.
void read_source(SpecReader& reader, const TomlNode& table, DatasetSpec& dataset) {
  const TomlEntry* source = find_entry(table, "source");
  if (source == nullptr || source->value.kind != TomlKind::table) {
    reader.read_fields(table, "dataset", source_fields(), dataset);
    if (!dataset.source.empty()) dataset.source = reader.absolute_path(source->value);
    return;
  }
  read_sub_table(reader, table, "dataset", "source", part_file_fields(), dataset.files);
  for (const Field<PartFiles>& field : part_file_fields()) {
    std::string& path = dataset.files.*std::get<std::string PartFiles::*>(field.member);
    if (!path.empty()) path = reader.absolute_path(find_entry(source->value, field.name)->value);
  }
}

/// Texts by texts.
void read_relabel(SpecReader& reader, const TomlNode& table, DatasetSpec& dataset) {
  const TomlNode* words = reader.table_of(table, "relabel", "dataset.relabel");
  if (words == nullptr) return;
  for (const TomlEntry& entry : words->entries) {
    const std::string* text = text_of(entry.value);
    if (text != nullptr) dataset.relabel[entry.name] = *text;
    if (text == nullptr) reader.wrong_type(entry.value, "dataset.relabel." + entry.name, "a text");
  }
}

void check_target(SpecReader& reader, const TomlNode& table, const DatasetSpec& dataset) {
  if (dataset.target == "0") {
    reader.diagnostics().error("spec::out-of-range",
                               "dataset.target must be a column from 1 or from the end, -1 (is 0)",
                               value_place(table, "target"));
  }
  const bool needed = is_table(dataset) || find_entry(table, "source") == nullptr;
  if (!needed || find_entry(table, "target") != nullptr) return;
  for (const OptionInfo& option : option_infos(dataset_fields())) {
    if (option.name == "target") reader.report_missing(table, "dataset", option);
  }
}

void check_split(SpecReader& reader, const TomlNode& table, const SplitSpec& split) {
  const TomlEntry* written = find_entry(table, "split");
  if (written == nullptr) return;
  const bool given = split.kind == "files" || split.kind == "column";
  if (const TomlEntry* test = find_entry(written->value, "test"); test != nullptr && given) {
    reader.diagnostics().error("spec::unused-option", "a split of kind `" + split.kind + "` does not read `test`",
                               test->key, "the source says which rows test");
  }
  const TomlEntry* by = find_entry(written->value, "by");
  if (split.kind == "column" && by == nullptr) {
    reader.diagnostics().error("spec::missing-key",
                               "a split of kind `column` needs `by`, the column that names the part",
                               written->value.place);
  } else if (split.kind != "column" && by != nullptr) {
    reader.diagnostics().error("spec::unused-option", "a split of kind `" + split.kind + "` does not read `by`",
                               by->key, "write kind = \"column\"");
  }
  if (!given && split.validation + split.test >= 1) {
    reader.diagnostics().error("spec::out-of-range",
                               "dataset.split.validation and test must leave rows to train on (are " +
                                   to_text(split.validation) + " and " + to_text(split.test) + ")",
                               written->value.place);
  }
}

void check_dataset(SpecReader& reader, const TomlNode& table, const DatasetSpec& dataset) {
  Diagnostics& diagnostics = reader.diagnostics();
  const TomlEntry* shape = find_entry(table, "shape");
  if (shape != nullptr && !dataset.shape.empty() && dataset.shape.size() != 3) {
    diagnostics.error("spec::out-of-range",
                      "dataset.shape must be [channels, height, width] (has " +
                          count_of(static_cast<std::int64_t>(dataset.shape.size()), "number") + ")",
                      shape->value.place);
  }
  const TomlEntry* image_size = find_entry(table, "image_size");
  if (image_size != nullptr && !dataset.image_size.empty() && dataset.image_size.size() != 2) {
    diagnostics.error("spec::out-of-range",
                      "dataset.image_size must be [height, width] (has " +
                          count_of(static_cast<std::int64_t>(dataset.image_size.size()), "number") + ")",
                      image_size->value.place);
  }
  if (dataset.separator != "auto" && dataset.separator.size() != 1) {
    diagnostics.error("spec::out-of-range",
                      "dataset.separator must be auto or one character (is \"" + dataset.separator + "\")",
                      value_place(table, "separator"));
  }
  check_target(reader, table, dataset);
  check_split(reader, table, dataset.split);
}

}  // namespace

void read_study(SpecReader& reader, StudySpec& study) {
  const TomlNode* table = read_plain(reader, "study", study_fields(), study);
  if (table == nullptr || find_entry(*table, "name") == nullptr || is_folder_name(study.name)) return;
  const TomlEntry& name = *find_entry(*table, "name");
  if (text_of(name.value) == nullptr) return;
  reader.diagnostics().error(
      "spec::bad-name",
      "study.name must be usable as a folder: 1 to 100 characters, no slash, no leading dot (is \"" + study.name +
          "\")",
      name.value.place);
}

void read_fidelity(SpecReader& reader, FidelitySpec& fidelity) {
  const TomlNode* table = read_plain(reader, "fidelity", fidelity_fields(), fidelity);
  if (table == nullptr || !fidelity.min || !fidelity.max || *fidelity.min <= *fidelity.max) return;
  reader.diagnostics().error(
      "spec::out-of-range",
      "fidelity.min must be at most max, " + to_text(*fidelity.max) + " (is " + to_text(*fidelity.min) + ")",
      value_place(*table, "min"));
}

void read_resources(SpecReader& reader, ResourcesSpec& resources) {
  read_plain(reader, "resources", resources_fields(), resources);
}

void read_budget(SpecReader& reader, BudgetSpec& budget) {
  const TomlNode* table = read_plain(reader, "budget", budget_fields(), budget);
  if (table == nullptr) return;
  for (std::string_view limit : {"trials", "units", "wall"}) {
    if (find_entry(*table, limit) != nullptr) return;
  }
  reader.diagnostics().error("spec::missing-key", "[budget] needs at least one of trials, units and wall",
                             table->place);
}

void read_confirm(SpecReader& reader, ConfirmSpec& confirm) {
  read_plain(reader, "confirm", confirm_fields(), confirm);
}

void read_report(SpecReader& reader, ReportSpec& report) { read_plain(reader, "report", report_fields(), report); }

void read_dataset(SpecReader& reader, DatasetSpec& dataset) {
  const TomlNode* table = reader.table_of(reader.root(), "dataset", "[dataset]");
  if (table == nullptr) return;
  read_source(reader, *table, dataset);
  reader.read_fields(*table, "dataset", dataset_fields(), dataset);
  read_sub_table(reader, *table, "dataset", "split", split_fields(), dataset.split);
  std::vector<std::string> known = field_names(dataset_fields());
  known.insert(known.end(), {"source", "split", "relabel"});
  read_relabel(reader, *table, dataset);
  reader.refuse_unknown(*table, "dataset", known);
  check_dataset(reader, *table, dataset);
}

void read_compress(SpecReader& reader, CompressSpec& compress) {
  const TomlNode* table = reader.table_of(reader.root(), "compress", "[compress]");
  if (table == nullptr) return;
  compress.wanted = true;
  reader.read_fields(*table, "compress", compress_fields(), compress);
  read_sub_table(reader, *table, "compress", "data", compress_data_fields(), compress);
  read_sub_table(reader, *table, "compress", "budget", compress_budget_fields(), compress.budget);
  read_sub_table(reader, *table, "compress", "prune", prune_fields(), compress.prune);
  read_sub_table(reader, *table, "compress", "quantize", quantize_fields(), compress.quantize);
  read_sub_table(reader, *table, "compress", "distill", distill_fields(), compress.distill);
  std::vector<std::string> known = field_names(compress_fields());
  known.insert(known.end(), {"data", "budget", "prune", "quantize", "distill"});
  reader.refuse_unknown(*table, "compress", known);
}

}  // namespace hone
