#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/param_value.h"

namespace hone {

/// What a field accepts beyond its type.
struct Limits {
  std::optional<double> low{};
  std::optional<double> high{};
  /// `low` itself is refused.
  bool above_low = false;
  /// Words accepted; empty = any text. Of an optional: the words that stand for "nothing". Of a list: its items. A text
  /// whose words hold `true` accepts a plain true and false too.
  std::span<const std::string_view> words{};
  /// Must be written where its section stands.
  bool required = false;
  /// The field may be searched: its name may stand in [space] for built-in trainers.
  bool searchable = false;
};

/// The form in which a field is written in TOML.
enum class FieldForm {
  plain,     ///< boolean, integer, number or text by the member's type
  duration,  ///< "90s" "45m" "8h" "2d", kept as seconds
  size,      ///< "2GiB", kept as bytes
  share,     ///< "20%", kept as 0.2
  path,      ///< text; relative to the file it stands in
  column,    ///< text, or an integer kept as text
  sizes,     ///< [1, 8, 8]
  texts,     ///< ["a", "b"]
};

/// One option of a struct: name, member, limits, meaning. The default is the member's initialiser and nothing else.
/// Parser, checker, `hone explain` and the docs all read the table of fields.
template <class Spec>
struct Field {
  using Member = std::variant<bool Spec::*, std::int64_t Spec::*, double Spec::*, std::string Spec::*,
                              std::optional<std::int64_t> Spec::*, std::optional<double> Spec::*,
                              std::vector<std::int64_t> Spec::*, std::vector<std::string> Spec::*>;
  std::string_view name;
  Member member;
  Limits limits;
  std::string_view meaning;
  FieldForm form = FieldForm::plain;
};

enum class OptionType { boolean, integer, number, text, sizes, texts };

/// A field without its struct: what a table of kinds (samplers, schedulers, families) shows to the loader.
struct OptionInfo {
  std::string name;
  OptionType type = OptionType::text;
  FieldForm form = FieldForm::plain;
  Limits limits;
  std::string meaning;
  /// Default as the user would write it; "none" for an empty optional.
  std::string default_text;
};

/// Plain options by name, as read from a spec section or sampled: defaults are not in it.
using OptionValues = Params;

namespace fields_detail {
template <class Spec>
OptionInfo describe(const Field<Spec>& field);
}

/// The type-erased rows of a table.
template <class Spec>
std::vector<OptionInfo> option_infos(std::span<const Field<Spec>> fields);

/// A Spec with defaults, then `values` applied. Unknown names and wrong types throw Error("spec::…") without a place
/// (the loader has checked them with places before). An integer is accepted where a number is wanted.
template <class Spec>
Spec from_options(std::span<const Field<Spec>> fields, const OptionValues& values);

/// The value has the option's type (an integer is a number).
bool has_type(const OptionInfo& option, const ParamValue& value);

/// What a value of the option looks like: "an integer", "a duration such as \"30m\"", "one of auto, csv".
std::string wanted_words(const OptionInfo& option);

/// Checks one value against an option; returns the sentence that says what would be right, or nothing.
std::optional<std::string> complaint_about(const OptionInfo& option, const ParamValue& value);

/// The rows of one kind of sampler, scheduler or family, for load_spec, explain and did-you-mean.
struct KindInfo {
  std::string name;
  std::string sentence;
  std::vector<OptionInfo> options;
};

/// Everything the loader cannot know itself because it lies in layers above it; `cli` hands it over.
struct OptionTables {
  std::vector<KindInfo> samplers;
  std::vector<KindInfo> schedulers;
  std::vector<KindInfo> families;
  /// Options of the built-in trainer.
  std::vector<OptionInfo> trainer;
};

}  // namespace hone

#include "configs/fields_detail.h"
