#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "search/trial/clauses.h"
#include "search/trial/space_parameter.h"

namespace hone {

/// What may be tried. Parameters stand in an order in which conditions only look back. Immutable, copyable.
///
/// Unit coordinates (search.md §2): float t(x) scaled to [0, 1]; int and stepped values with half-step padding so that
/// every level has equal width; ordinal (k+½)/K; categorical and bool (k+½)/K by index.
class SearchSpace {
 public:
  /// Throws Error with all semantic mistakes: cycles of conditions, conditions on unknown names or of wrong type.
  SearchSpace(const std::vector<ParameterSpec>& parameters, const Origins& origins);
  /// The same with the clauses and derived values of [constraints].
  SearchSpace(const std::vector<ParameterSpec>& parameters, const ConstraintsSpec& constraints, const Origins& origins);
  /// [space] and [constraints] of a spec.
  SearchSpace(const ExperimentSpec& spec, const Origins& origins)
      : SearchSpace(spec.space, spec.constraints, origins) {}

  std::span<const SpaceParameter> parameters() const { return parameters_; }
  std::size_t size() const { return parameters_.size(); }

  /// Active parameters, snapped to their levels, of a point of the unit cube [size()].
  Params decode(std::span<const double> unit) const;
  /// Unit coordinates [size()]; nothing for an inactive parameter.
  std::vector<std::optional<double>> encode(const Params& params) const;
  /// Whether its condition holds; a condition that reads an inactive parameter does not.
  bool is_active(std::size_t index, const Params& params) const;

  const Clauses& clauses() const { return clauses_; }
  /// Whether the clauses hold; of a part of the parameters: whether those hold that read no other.
  bool allows(const Params& params) const { return clauses_.empty() || clauses_.allow(params); }
  /// Values of `derive`, for trainers beside the parameters.
  Params derived(const Params& params) const { return clauses_.empty() ? Params() : clauses_.derived(params); }

  std::int64_t level_of(std::size_t index, const ParamValue& value) const { return parameters_[index].level_of(value); }
  ParamValue value_of_level(std::size_t index, std::int64_t level) const {
    return parameters_[index].value_of_level(level);
  }
  ParamValue value_at(std::size_t index, double unit) const { return parameters_[index].value_at(unit); }
  double unit_of(std::size_t index, const ParamValue& value) const { return parameters_[index].unit_of(value); }

  /// Parameters with their `default`; the others take the middle of their range, categorical and bool their first
  /// choice. Nothing when none has a default, or when a clause does not allow them.
  std::optional<Params> default_params() const;
  /// The given values with what default_params says for the other active parameters; values of inactive ones stay.
  Params completed(const Params& given) const;
  /// What is wrong with given values (unknown, inactive, missing, out of range, against a clause), or nothing.
  std::optional<std::string> complaint_about(const Params& params) const;
  /// Canonical text over active parameters; equal texts = the same configuration.
  std::string key(const Params& params) const;
  /// Number of configurations, conditions honoured, clauses not; nothing when continuous or above 10⁶.
  std::optional<std::int64_t> combinations() const;
  /// Number of configurations, conditions and clauses honoured; nothing when continuous or when more than 10⁶ would
  /// have to be looked at.
  std::optional<std::int64_t> configurations() const;

 private:
  std::vector<SpaceParameter> parameters_;
  Clauses clauses_;
};

}  // namespace hone
