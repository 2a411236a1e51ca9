#include "configs/spec_fields.h"

namespace hone {
namespace {

constexpr std::string_view kParameterTypes[] = {"float", "int", "bool", "categorical", "ordinal"};
constexpr std::string_view kGoals[] = {"minimize", "maximize"};
constexpr std::string_view kLogScales[] = {"false", "true", "reverse"};
constexpr std::string_view kConfidences[] = {"low", "medium", "high"};

OptionInfo key(std::string name, OptionType type, std::string meaning, std::string default_text,
               std::span<const std::string_view> words = {}) {
  OptionInfo info;
  info.name = std::move(name);
  info.type = type;
  info.limits.words = words;
  info.meaning = std::move(meaning);
  info.default_text = std::move(default_text);
  return info;
}

template <class Spec>
void append(SectionInfo& section, std::span<const Field<Spec>> fields, const std::string& prefix = "") {
  for (OptionInfo& info : option_infos(fields)) {
    info.name = prefix + info.name;
    section.options.push_back(std::move(info));
  }
}

void append(SectionInfo& section, std::vector<OptionInfo> keys) {
  for (OptionInfo& info : keys) section.options.push_back(std::move(info));
}

SectionInfo section(std::string name, std::string sentence) { return {std::move(name), std::move(sentence), {}}; }

SectionInfo trainer_section() {
  SectionInfo trainer = section("trainer", "Who trains: hone itself, with its options beside `kind`, or your command.");
  append(trainer, trainer_fields_of_spec());
  append(trainer, command_fields());
  append(trainer, command_special_keys());
  append(trainer, command_metrics_fields(), "metrics.");
  return trainer;
}

SectionInfo dataset_section() {
  SectionInfo dataset = section("dataset", "The rows to learn from and how they are split; built-in trainers only.");
  append(dataset, source_fields());
  append(dataset, part_file_fields(), "source.");
  append(dataset, dataset_fields());
  append(dataset, split_fields(), "split.");
  return dataset;
}

SectionInfo compress_section() {
  SectionInfo compress = section("compress", "Prunes and quantises the best model; without it nothing is compressed.");
  append(compress, compress_fields());
  append(compress, compress_data_fields(), "data.");
  append(compress, compress_budget_fields(), "budget.");
  append(compress, prune_fields(), "prune.");
  append(compress, quantize_fields(), "quantize.");
  append(compress, distill_fields(), "distill.");
  return compress;
}

template <class Spec>
SectionInfo plain_section(std::string name, std::string sentence, std::span<const Field<Spec>> fields,
                          std::vector<OptionInfo> special = {}) {
  SectionInfo info = section(std::move(name), std::move(sentence));
  append(info, std::move(special));
  append(info, fields);
  return info;
}

}  // namespace

std::vector<OptionInfo> parameter_special_keys() {
  return {
      key("type", OptionType::text, "kind of values; categorical has no order, ordinal has one", "required",
          kParameterTypes),
      key("log", OptionType::text, "equal ratios instead of equal distances; reverse: dense near high", "false",
          kLogScales),
      key("choices", OptionType::texts, "values of a categorical or ordinal, of one type, at least two", "required"),
      key("default", OptionType::text, "value of the first trial", "none"),
      key("prior", OptionType::text,
          "where the best value is believed to lie; auto, gp and tpe begin near it, other samplers ignore it", "none"),
      key("confidence", OptionType::text,
          "how near to the prior the best value is believed to lie: .25, .1 or .05 of the range", "\"medium\"",
          kConfidences),
  };
}

std::vector<OptionInfo> objective_special_keys() {
  return {
      key("goal", OptionType::text, "direction that is better", "required", kGoals),
      key("bounds", OptionType::sizes, "[low, high] the metric cannot leave; default: those of the metric", "none"),
      key("noise", OptionType::number, "standard deviation of repeated trials; none: a repeat gives the same value",
          "auto"),
  };
}

std::vector<OptionInfo> constraints_special_keys() {
  return {
      key("derive", OptionType::texts, "values computed from the parameters, as a table NAME = expression", "{}"),
      key("baseline", OptionType::texts, "what `baseline` stands for in outcome, as a table METRIC = number", "{}"),
  };
}

std::vector<OptionInfo> sampler_special_keys() {
  return {key("start", OptionType::texts,
              "what to try first: tables of parameters, \"study:NAME\" for the best of another, or a CSV file", "[]")};
}

std::vector<OptionInfo> command_special_keys() {
  return {key("env", OptionType::texts, "environment variables of the command, as a table", "{}")};
}

std::vector<SectionInfo> section_infos() {
  return {
      plain_section("study", "Names the study and fixes its randomness.", study_fields()),
      plain_section("objective", "What is made better; a table, or a list of several.", objective_fields(),
                    objective_special_keys()),
      plain_section("space", "What is searched: a table a parameter, [space.NAME].", parameter_fields(),
                    parameter_special_keys()),
      plain_section("constraints", "What must hold: of parameters before a trial starts, of metrics after it.",
                    constraints_fields(), constraints_special_keys()),
      plain_section("sampler", "Proposes configurations; options of a kind stand in a table of its name.",
                    sampler_fields(), sampler_special_keys()),
      plain_section("scheduler", "Decides who gets more budget; options of the kind stand beside it.",
                    scheduler_fields()),
      plain_section("fidelity", "The scale of a trial's budget.", fidelity_fields()),
      trainer_section(),
      plain_section("model", "The architecture; options of the family stand beside it; built-in trainers only.",
                    model_fields()),
      dataset_section(),
      plain_section("resources", "How many trials run at once and how long each may take.", resources_fields()),
      plain_section("budget", "What the study may spend; the first limit that is reached ends it.", budget_fields()),
      plain_section("confirm", "Runs the best again on fresh seeds, so that luck does not decide.", confirm_fields()),
      compress_section(),
      plain_section("report", "What the report shows.", report_fields()),
  };
}

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (const SectionInfo& info : section_infos()) names.push_back(info.name);
  return names;
}

}  // namespace hone
