#pragma once

#include <span>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/fields.h"

namespace hone {

/// The options of every section whose kind does not decide them: name, member, limits, meaning (spec_fields.cpp).
/// Defaults are the members' initialisers in experiment_spec.h.
std::span<const Field<StudySpec>> study_fields();
std::span<const Field<ParameterSpec>> parameter_fields();
std::span<const Field<ObjectiveSpec>> objective_fields();
std::span<const Field<ConstraintsSpec>> constraints_fields();
std::span<const Field<SamplerSpec>> sampler_fields();
std::span<const Field<SchedulerSpec>> scheduler_fields();
std::span<const Field<FidelitySpec>> fidelity_fields();
std::span<const Field<TrainerSpec>> trainer_fields_of_spec();
/// Those of [trainer] that kind = "command" reads.
std::span<const Field<TrainerSpec>> command_fields();
std::span<const Field<CommandMetrics>> command_metrics_fields();
std::span<const Field<ModelSection>> model_fields();
/// `source` as one path; as a table it has part_file_fields().
std::span<const Field<DatasetSpec>> source_fields();
std::span<const Field<PartFiles>> part_file_fields();
/// All of [dataset] but `source` and `split`.
std::span<const Field<DatasetSpec>> dataset_fields();
std::span<const Field<SplitSpec>> split_fields();
std::span<const Field<ResourcesSpec>> resources_fields();
std::span<const Field<BudgetSpec>> budget_fields();
std::span<const Field<ConfirmSpec>> confirm_fields();
std::span<const Field<CompressSpec>> compress_fields();
std::span<const Field<CompressSpec>> compress_data_fields();
std::span<const Field<CompressBudget>> compress_budget_fields();
std::span<const Field<PruneSpec>> prune_fields();
std::span<const Field<QuantizeSpec>> quantize_fields();
std::span<const Field<DistillSpec>> distill_fields();
std::span<const Field<ReportSpec>> report_fields();

/// Keys that are no plain field (a word that becomes an enumerator, a list of scalars, a sub-table).
std::vector<OptionInfo> parameter_special_keys();
std::vector<OptionInfo> objective_special_keys();
std::vector<OptionInfo> constraints_special_keys();
std::vector<OptionInfo> sampler_special_keys();
std::vector<OptionInfo> command_special_keys();

/// A section as `hone explain` shows it.
struct SectionInfo {
  std::string name;
  std::string sentence;
  /// Keys of sub-tables are written "split.validation".
  std::vector<OptionInfo> options;
};

/// All sections in the order of the documentation. Options that a kind decides come from OptionTables.
std::vector<SectionInfo> section_infos();
std::vector<std::string> section_names();

}  // namespace hone
