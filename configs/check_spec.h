#pragma once

#include <string>

#include "configs/experiment_spec.h"
#include "configs/load_spec.h"
#include "configs/spec_document.h"
#include "core/diagnostics.h"

namespace hone {

/// What the checks that need several sections look at.
struct SpecCheck {
  const ExperimentSpec& spec;
  const TomlNode& root;
  const Origins& origins;
  const OptionTables& tables;
  Diagnostics& diagnostics;
  /// Name of the first file, for what has no place.
  std::string file_name;
  SpecPurpose purpose = SpecPurpose::run;

  bool is_builtin() const { return spec.trainer.kind == "builtin"; }
  bool is_command() const { return spec.trainer.kind == "command"; }
};

/// Unknown, missing and unread sections.
void check_sections(const SpecCheck& check);
/// Metric, goal and task of built-in trainers.
void check_objectives(const SpecCheck& check);
/// Budgets on the fidelity scale: what a scheduler with rungs and the built-in trainers need.
void check_fidelity(const SpecCheck& check);
/// Names, types and ranges of [space] against what the trainer reads.
void check_space(const SpecCheck& check);
/// The `when` expressions of [space].
void check_conditions(const SpecCheck& check);
/// The expressions of [constraints].
void check_constraints(const SpecCheck& check);
/// argv template and metrics of a command.
void check_command(const SpecCheck& check);
/// [compress] limits; whether they hold is judged where models are compressed.
void check_limits(const SpecCheck& check);

/// Moves what a command declares, `{lr: 1e-5..1e-1 log}`, into [space] and leaves `{lr}` in its place; mistakes are
/// spec::bad-placeholder.
void declare_parameters(TomlNode& root, Diagnostics& diagnostics);

/// [space.model.width] becomes the parameter `model.width`.
void flatten_space(TomlNode& root);

/// Letters, digits and _, no digit first, and no word of expressions.
bool is_parameter_name(const std::string& name);

/// A place inside a one-line text value: columns count from 1 in `text` and are moved behind the opening quote. Where
/// escapes or line breaks make that unclear, it is the whole value.
Place place_inside(const Place& value, const std::string& text, int column, int end_column);

}  // namespace hone
