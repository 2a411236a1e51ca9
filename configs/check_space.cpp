#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "configs/check_spec.h"
#include "configs/command_template.h"
#include "configs/load_spec.h"
#include "configs/read_sections.h"
#include "core/text.h"

namespace hone {
namespace {

const OptionInfo* find_option(std::span<const OptionInfo> options, std::string_view name) {
  const auto found =
      std::find_if(options.begin(), options.end(), [&](const OptionInfo& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

/// Where a searched name belongs: the option and the section it stands in.
struct Target {
  const OptionInfo* option = nullptr;
  std::string section;
};

class BuiltinSpaceCheck {
 public:
  explicit BuiltinSpaceCheck(const SpecCheck& check)
      : check_(check), family_(find_kind(check.tables.families, check.spec.model.family)) {}

  void run() {
    // Without a known family half of the names would be called unknown.
    if (family_ == nullptr) return;
    for (const ParameterSpec& parameter : check_.spec.space) {
      const auto target = target_of(parameter.name);
      if (!target) continue;
      check_searchable(parameter, *target);
      check_fixed(parameter, *target);
      check_values(parameter, *target);
    }
  }

 private:
  std::string path(const ParameterSpec& parameter) const { return "space." + parameter.name; }
  Place key_place(const std::string& name) const { return key_place_of(check_.origins, "space." + name); }

  std::optional<Target> target_of(const std::string& name) {
    const auto trainer = std::span<const OptionInfo>(check_.tables.trainer);
    const auto model = std::span<const OptionInfo>(family_->options);
    Target in_model{find_option(model, name), "model"};
    Target in_trainer{find_option(trainer, name), "trainer"};
    if (name.starts_with("model.")) in_model.option = find_option(model, name.substr(6));
    if (name.starts_with("trainer.")) in_trainer.option = find_option(trainer, name.substr(8));
    if (in_model.option != nullptr && in_trainer.option != nullptr) {
      check_.diagnostics.error("spec::ambiguous-name", "`" + name + "` is an option of [model] and of [trainer]",
                               key_place(name), "write `model." + name + "` or `trainer." + name + "`");
      return std::nullopt;
    }
    if (in_model.option != nullptr) return in_model;
    if (in_trainer.option != nullptr) return in_trainer;
    report_unknown(name);
    return std::nullopt;
  }

  void report_unknown(const std::string& name) {
    std::vector<std::string> names;
    for (const OptionInfo& option : family_->options) names.push_back(option.name);
    for (const OptionInfo& option : check_.tables.trainer) names.push_back(option.name);
    std::string hint = suggestion_for(name, names);
    std::vector<std::string> families;
    for (const KindInfo& family : check_.tables.families) {
      if (find_option(family.options, name) != nullptr) families.push_back(family.name);
    }
    if (hint.empty() && !families.empty()) {
      hint = "an option of family " + join(families, ", ") + ", not of `" + family_->name + "`";
    }
    check_.diagnostics.error("spec::unknown-key", "unknown key `" + name + "` in [space]", key_place(name), hint);
  }

  void check_searchable(const ParameterSpec& parameter, const Target& target) {
    if (target.option->limits.searchable) return;
    check_.diagnostics.error("spec::not-searchable",
                             "`" + parameter.name + "` can only be fixed in [" + target.section + "], not searched",
                             key_place(parameter.name));
  }

  void check_fixed(const ParameterSpec& parameter, const Target& target) {
    const std::string fixed = target.section + "." + target.option->name;
    const auto origin = check_.origins.find(fixed);
    if (origin == check_.origins.end()) return;
    Diagnostic diagnostic;
    diagnostic.code = "spec::fixed-and-searched";
    diagnostic.message = "`" + parameter.name + "` is searched here and fixed in [" + target.section + "]";
    diagnostic.place = key_place(parameter.name);
    diagnostic.suggestion = "keep one of the two";
    const Place& other = origin->second.key;
    diagnostic.notes.push_back(other.known() ? "fixed at " + other.file + ":" + std::to_string(other.line) + ":" +
                                                   std::to_string(other.column)
                                             : "fixed by " + other.file);
    check_.diagnostics.add(diagnostic);
  }

  /// Every value the parameter may take must be one the option accepts.
  void check_values(const ParameterSpec& parameter, const Target& target) {
    const OptionInfo& option = *target.option;
    for (std::size_t i = 0; i < parameter.choices.size(); ++i) {
      check_value(option, parameter.choices[i], path(parameter) + ".choices[" + std::to_string(i) + "]");
    }
    if (parameter.type == ParameterType::categorical || parameter.type == ParameterType::ordinal) return;
    const bool is_int = parameter.type == ParameterType::int_;
    const ParamValue sample = parameter.type == ParameterType::bool_ ? ParamValue(true)
                              : is_int                               ? ParamValue(std::int64_t{1})
                                                                     : ParamValue(1.0);
    if (!has_type(option, sample)) {
      const std::string type = parameter.type == ParameterType::bool_ ? "bool" : is_int ? "int" : "float";
      check_.diagnostics.error(
          "spec::wrong-type",
          path(parameter) + " must give " + wanted_words(option) + ", which type " + type + " does not",
          place_of(check_.origins, path(parameter) + ".type"));
      return;
    }
    check_bound(option, parameter.low, is_int, path(parameter) + ".low");
    check_bound(option, parameter.high, is_int, path(parameter) + ".high");
  }

  void check_bound(const OptionInfo& option, const std::optional<double>& bound, bool is_int, const std::string& key) {
    if (!bound) return;
    const bool whole = is_int && std::floor(*bound) == *bound && std::abs(*bound) < 9e15;
    check_value(option, whole ? ParamValue(static_cast<std::int64_t>(*bound)) : ParamValue(*bound), key);
  }

  void check_value(OptionInfo option, const ParamValue& value, const std::string& key) {
    option.name = key;
    const auto complaint = complaint_about(option, value);
    if (!complaint) return;
    const Place place = place_of(check_.origins, key);
    const std::vector<std::string> words(option.limits.words.begin(), option.limits.words.end());
    if (!has_type(option, value)) {
      check_.diagnostics.error("spec::wrong-type", *complaint, place);
    } else if (option.type == OptionType::text) {
      check_.diagnostics.error("spec::unknown-word", *complaint, place, suggestion_for(to_text(value), words));
    } else {
      check_.diagnostics.error("spec::out-of-range", *complaint, place);
    }
  }

  const SpecCheck& check_;
  const KindInfo* family_;
};

/// A command gets HONE_PARAM_<NAME> in upper case, so that two names may not differ in case alone.
void check_command_names(const SpecCheck& check) {
  const std::set<std::string>& reserved = builtin_placeholders();
  std::map<std::string, std::string> seen;
  for (const ParameterSpec& parameter : check.spec.space) {
    const std::string& name = parameter.name;
    const Place place = key_place_of(check.origins, "space." + name);
    if (name.find('.') != std::string::npos) {
      check.diagnostics.error("spec::bad-name",
                              "a parameter's name must be letters, digits and _, no digit first (is `" + name + "`)",
                              place);
    }
    if (reserved.contains(name)) {
      check.diagnostics.error("spec::bad-name",
                              "`{" + name + "}` means something else in a command; choose another name", place);
    }
    const auto [other, is_new] = seen.emplace(to_lower(name), name);
    if (!is_new) {
      check.diagnostics.error("spec::name-clash",
                              "`" + name + "` and `" + other->second + "` would be one environment variable", place);
    }
  }
}

}  // namespace

void check_space(const SpecCheck& check) {
  if (check.is_builtin()) BuiltinSpaceCheck(check).run();
  if (check.is_command()) check_command_names(check);
}

}  // namespace hone
