#include <algorithm>
#include <functional>

#include "configs/read_sections.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {
namespace {

std::vector<std::string> kind_names(std::span<const KindInfo> kinds, bool with_auto) {
  std::vector<std::string> names;
  if (with_auto && find_kind(kinds, "auto") == nullptr) names.push_back("auto");
  for (const KindInfo& kind : kinds) names.push_back(kind.name);
  return names;
}

bool has_option(std::span<const OptionInfo> options, const std::string& name) {
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) { return option.name == name; });
}

/// A kind that only some builds have, and what makes one.
constexpr const char* kOptionalKind = "limbo";
constexpr const char* kItsOptions = "cmake -DHONE_WITH_LIMBO=ON -DLIMBO_ROOT=FOLDER";

/// Whether the kind is the optional one and this build lacks it; says so.
bool refuse_not_built(SpecReader& reader, const TomlNode& table, std::span<const KindInfo> kinds) {
  const TomlEntry* entry = find_entry(table, "kind");
  const std::string* kind = entry == nullptr ? nullptr : text_of(entry->value);
  if (kind == nullptr || *kind != kOptionalKind || find_kind(kinds, kOptionalKind) != nullptr) return false;
  reader.diagnostics().error("spec::not-built", "sampler.kind `" + *kind + "` is not built into this hone",
                             entry->value.place, std::string("built by ") + kItsOptions);
  return true;
}

/// Reads a `kind` or `family` by its table; leaves the value alone after an error.
void read_kind(SpecReader& reader, const TomlNode& table, const std::string& section, const std::string& key,
               const std::vector<std::string>& names, std::string& kind) {
  const TomlEntry* entry = find_entry(table, key);
  if (entry == nullptr) return;
  const auto word = reader.read_word(entry->value, names, section + "." + key);
  kind = word.value_or("");
}

/// Says of each key that nobody here reads whether another kind would read it.
void refuse_unread(SpecReader& reader, const TomlNode& table, const std::string& section,
                   const std::vector<std::string>& known, const std::string& chosen,
                   const std::function<std::string(const std::string& key)>& who_reads) {
  for (const TomlEntry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.name) != known.end()) continue;
    const std::string reader_of_key = who_reads(entry.name);
    if (reader_of_key.empty()) {
      reader.diagnostics().error("spec::unknown-key", "unknown key `" + entry.name + "` in [" + section + "]",
                                 entry.key, suggestion_for(entry.name, known));
    } else {
      reader.diagnostics().error("spec::unused-option", chosen + " does not read `" + entry.name + "`", entry.key,
                                 reader_of_key);
    }
  }
}

/// "read by mlp and cnn", or nothing.
std::string kinds_that_read(std::span<const KindInfo> kinds, const std::string& option) {
  std::vector<std::string> names;
  for (const KindInfo& kind : kinds) {
    if (has_option(kind.options, option)) names.push_back(kind.name);
  }
  return names.empty() ? "" : "read by " + join(names, ", ");
}

/// Options of the chosen kind that stand plainly in the section.
void read_plain_options(SpecReader& reader, const TomlNode& table, const std::string& section,
                        std::span<const OptionInfo> options, OptionValues& values, std::vector<std::string>& known) {
  for (const OptionInfo& option : options) {
    reader.read_option(table, section, option, values);
    known.push_back(option.name);
  }
}

void read_metrics(SpecReader& reader, const TomlNode& table, CommandMetrics& metrics) {
  const TomlEntry* entry = find_entry(table, "metrics");
  if (entry == nullptr) return;
  const std::string path = "trainer.metrics";
  // The word alone says the same as {from = "report"}.
  const std::string* word = text_of(entry->value);
  if (word != nullptr && (*word == "report" || *word == "auto")) {
    metrics.from = *word;
    return;
  }
  if (entry->value.kind != TomlKind::table) {
    reader.wrong_type(entry->value, path, "a table such as {from = \"stdout\", regex = '…'}");
    return;
  }
  reader.read_fields(entry->value, path, command_metrics_fields(), metrics);
  reader.refuse_unknown(entry->value, path, field_names(command_metrics_fields()));
  const bool reads_lines = !metrics.regex.empty() || !metrics.preset.empty();
  if (reads_lines && find_entry(entry->value, "from") == nullptr) metrics.from = "stdout";
}

void read_env(SpecReader& reader, const TomlNode& table, std::map<std::string, std::string>& env) {
  const TomlNode* variables = reader.table_of(table, "env", "trainer.env");
  if (variables == nullptr) return;
  for (const TomlEntry& entry : variables->entries) {
    const auto value = reader.read_scalar(entry.value, "trainer.env." + entry.name);
    if (value) env[entry.name] = to_text(*value);
  }
}

void read_command(SpecReader& reader, const TomlNode& table, TrainerSpec& trainer) {
  reader.read_fields(table, "trainer", command_fields(), trainer);
  read_metrics(reader, table, trainer.metrics);
  read_env(reader, table, trainer.env);
  const TomlEntry* cwd = find_entry(table, "cwd");
  if (cwd != nullptr && text_of(cwd->value) != nullptr && trainer.cwd != "{folder}") {
    trainer.cwd = reader.absolute_path(cwd->value);
  }
  std::vector<std::string> known = field_names(command_fields());
  known.insert(known.end(), {"kind", "metrics", "env"});
  const auto who_reads = [&](const std::string& key) {
    return std::string(has_option(reader.tables().trainer, key) ? "read by kind = \"builtin\"" : "");
  };
  refuse_unread(reader, table, "trainer", known, "kind = \"command\"", who_reads);
}

void read_builtin(SpecReader& reader, const TomlNode& table, TrainerSpec& trainer) {
  std::vector<std::string> known = {"kind"};
  read_plain_options(reader, table, "trainer", reader.tables().trainer, trainer.options, known);
  std::vector<std::string> command = field_names(command_fields());
  command.insert(command.end(), {"metrics", "env"});
  const auto who_reads = [&](const std::string& key) -> std::string {
    const bool is_command = std::find(command.begin(), command.end(), key) != command.end();
    if (is_command) return "read by kind = \"command\"";
    for (const KindInfo& family : reader.tables().families) {
      if (has_option(family.options, key)) return "an option of [model]";
    }
    return "";
  };
  refuse_unread(reader, table, "trainer", known, "kind = \"builtin\"", who_reads);
}

}  // namespace

const KindInfo* find_kind(std::span<const KindInfo> kinds, std::string_view name) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const KindInfo& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

void read_sampler(SpecReader& reader, SamplerSpec& sampler) {
  const TomlNode* table = reader.table_of(reader.root(), "sampler", "[sampler]");
  if (table == nullptr) return;
  const std::vector<KindInfo>& kinds = reader.tables().samplers;
  if (refuse_not_built(reader, *table, kinds)) return;
  reader.read_fields(*table, "sampler", sampler_fields(), sampler);
  read_kind(reader, *table, "sampler", "kind", kind_names(kinds, true), sampler.kind);
  const KindInfo* chosen = find_kind(kinds, sampler.kind == "auto" ? kAutoSampler : sampler.kind);
  std::vector<std::string> known = field_names(sampler_fields());
  known.push_back("start");
  if (chosen != nullptr) {
    known.push_back(chosen->name);
    const std::string path = "sampler." + chosen->name;
    if (const TomlNode* options = reader.table_of(*table, chosen->name, path)) {
      std::vector<std::string> names;
      read_plain_options(reader, *options, path, chosen->options, sampler.options, names);
      reader.refuse_unknown(*options, path, names);
    }
  }
  if (sampler.kind.empty()) return;
  const auto who_reads = [&](const std::string& key) -> std::string {
    if (find_kind(kinds, key) != nullptr) return "read by kind = \"" + key + "\"";
    if (chosen != nullptr && has_option(chosen->options, key)) return "write `" + chosen->name + "." + key + "`";
    return "";
  };
  refuse_unread(reader, *table, "sampler", known, "[sampler] of kind `" + sampler.kind + "`", who_reads);
}

void read_scheduler(SpecReader& reader, SchedulerSpec& scheduler) {
  const TomlNode* table = reader.table_of(reader.root(), "scheduler", "[scheduler]");
  if (table == nullptr) return;
  const std::vector<KindInfo>& kinds = reader.tables().schedulers;
  reader.read_fields(*table, "scheduler", scheduler_fields(), scheduler);
  read_kind(reader, *table, "scheduler", "kind", kind_names(kinds, true), scheduler.kind);
  if (scheduler.kind.empty()) return;
  std::vector<std::string> known = {"kind"};
  const KindInfo* chosen = find_kind(kinds, scheduler.kind == "auto" ? kAutoScheduler : scheduler.kind);
  if (chosen != nullptr) {
    read_plain_options(reader, *table, "scheduler", chosen->options, scheduler.options, known);
  }
  refuse_unread(reader, *table, "scheduler", known, "[scheduler] of kind `" + scheduler.kind + "`",
                [&](const std::string& key) { return kinds_that_read(kinds, key); });
}

void read_trainer(SpecReader& reader, TrainerSpec& trainer) {
  const TomlNode* table = reader.table_of(reader.root(), "trainer", "[trainer]");
  if (table == nullptr) return;
  reader.read_fields(*table, "trainer", trainer_fields_of_spec(), trainer);
  // Without a known kind the other keys cannot be judged.
  if (trainer.kind == "command") read_command(reader, *table, trainer);
  if (trainer.kind == "builtin") read_builtin(reader, *table, trainer);
}

void read_model(SpecReader& reader, ModelSection& model) {
  const TomlNode* table = reader.table_of(reader.root(), "model", "[model]");
  if (table == nullptr) return;
  const std::vector<KindInfo>& families = reader.tables().families;
  reader.read_fields(*table, "model", model_fields(), model);
  read_kind(reader, *table, "model", "family", kind_names(families, false), model.family);
  const KindInfo* chosen = find_kind(families, model.family);
  if (chosen == nullptr) return;
  std::vector<std::string> known = {"family"};
  read_plain_options(reader, *table, "model", chosen->options, model.options, known);
  const auto who_reads = [&](const std::string& key) -> std::string {
    if (has_option(reader.tables().trainer, key)) return "an option of [trainer]";
    return kinds_that_read(families, key);
  };
  refuse_unread(reader, *table, "model", known, "family `" + model.family + "`", who_reads);
}

}  // namespace hone
