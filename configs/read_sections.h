#pragma once

#include "configs/spec_reader.h"

namespace hone {

/// Each reads one section of a document into the spec, with all checks that need nothing but the section itself.
void read_study(SpecReader& reader, StudySpec& study);
void read_fidelity(SpecReader& reader, FidelitySpec& fidelity);
void read_resources(SpecReader& reader, ResourcesSpec& resources);
void read_budget(SpecReader& reader, BudgetSpec& budget);
void read_confirm(SpecReader& reader, ConfirmSpec& confirm);
void read_report(SpecReader& reader, ReportSpec& report);
void read_dataset(SpecReader& reader, DatasetSpec& dataset);
void read_compress(SpecReader& reader, CompressSpec& compress);
void read_objectives(SpecReader& reader, std::vector<ObjectiveSpec>& objectives);
void read_space(SpecReader& reader, std::vector<ParameterSpec>& space);
void read_constraints(SpecReader& reader, ConstraintsSpec& constraints);
/// `start` of [sampler]: values by the parameters of `space`.
void read_start(SpecReader& reader, const std::vector<ParameterSpec>& space, std::vector<StartPoint>& start);
void read_sampler(SpecReader& reader, SamplerSpec& sampler);
void read_scheduler(SpecReader& reader, SchedulerSpec& scheduler);
void read_trainer(SpecReader& reader, TrainerSpec& trainer);
void read_model(SpecReader& reader, ModelSection& model);

/// One [space.NAME]; nothing when its type is missing or unknown. `path` is "space.NAME".
std::optional<ParameterSpec> read_parameter(SpecReader& reader, const TomlNode& table, const std::string& name,
                                            const std::string& path);

/// A value that the parameter may take, numbers in its type; nothing after an error.
std::optional<ParamValue> read_parameter_value(SpecReader& reader, const TomlNode& node, const std::string& path,
                                               const ParameterSpec& spec);
bool is_number(const ParamValue& value);
/// Equal; numbers by their value, whatever their type.
bool is_same_value(const ParamValue& a, const ParamValue& b);

/// The kind whose options `auto` reads.
constexpr std::string_view kAutoSampler = "tpe";
constexpr std::string_view kAutoScheduler = "asha";

/// Row of a table by name; null when there is none.
const KindInfo* find_kind(std::span<const KindInfo> kinds, std::string_view name);

}  // namespace hone
