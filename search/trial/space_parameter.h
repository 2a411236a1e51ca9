#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/expressions.h"
#include "search/trial/scale.h"

namespace hone {

/// A parameter made ready: its spec, its condition and the coding of its values (search.md §2).
struct SpaceParameter {
  ParameterSpec spec;
  /// Nothing = always active.
  std::optional<Expression> when;
  /// Number of values of int, stepped float, bool, categorical and ordinal; 0 = continuous.
  std::int64_t levels = 0;
  /// Of float and int with more than one value.
  std::optional<Scale> scale;
  /// Of an ordinal with `log`: where its levels lie on the unit interval, t(choice), and the borders half way between
  /// them, 0 and 1 at the ends [levels + 1].
  std::vector<double> places = {};
  std::vector<double> borders = {};

  /// A spec whose ranges were checked by load_spec, made ready but for its condition.
  static SpaceParameter make(const ParameterSpec& spec);

  /// Levels without an order: categorical and bool.
  bool is_unordered() const;
  /// Level of a value, 0 … levels−1; −1 for continuous parameters and unknown choices.
  std::int64_t level_of(const ParamValue& value) const;
  ParamValue value_of_level(std::int64_t level) const;
  /// Unit coordinates between which value_at gives this level.
  std::pair<double, double> unit_interval(std::int64_t level) const;
  /// Value for a unit coordinate, snapped.
  ParamValue value_at(double unit) const;
  double unit_of(const ParamValue& value) const;
  /// A text of a table or command line as a value in the parameter's type; nothing when it is none. Ranges are not
  /// judged.
  std::optional<ParamValue> value_of_text(const std::string& text) const;
  /// Its default, snapped, else its prior, else the middle of its range or the first of unordered choices.
  ParamValue fallback() const;
  /// What is wrong with a value, as a sentence, or nothing.
  std::optional<std::string> complaint_about(const ParamValue& value) const;
};

}  // namespace hone
