#include "search/trial/adopt.h"

#include <algorithm>

namespace hone {
namespace {

/// The old values under their new names.
Params renamed(const Params& old, const SpaceMap& map) {
  Params params;
  for (const auto& [name, value] : old) {
    if (map.dropped.count(name) != 0) continue;
    const auto found = map.renamed.find(name);
    params[found == map.renamed.end() ? name : found->second] = value;
  }
  return params;
}

/// 64 of an int is 64.0 of a float.
ParamValue in_type_of(const SpaceParameter& parameter, const ParamValue& value) {
  const bool is_integer = std::holds_alternative<std::int64_t>(value);
  if (parameter.spec.type == ParameterType::float_ && is_integer) return as_number(value);
  const std::int64_t level = parameter.complaint_about(value) ? -1 : parameter.level_of(value);
  return level >= 0 ? parameter.value_of_level(level) : value;
}

bool has_parameter(const SearchSpace& space, const std::string& name) {
  const auto parameters = space.parameters();
  return std::any_of(parameters.begin(), parameters.end(),
                     [&](const SpaceParameter& parameter) { return parameter.spec.name == name; });
}

}  // namespace

Adopted adopted(const SearchSpace& space, const Params& old, const SpaceMap& map) {
  const Params given = renamed(old, map);
  Params params;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    const std::string& name = parameter.spec.name;
    if (!space.is_active(i, params)) continue;
    const auto value = given.find(name);
    const auto added = map.added.find(name);
    const bool is_new = value == given.end();
    if (is_new && added == map.added.end() && !parameter.spec.default_value) {
      return {std::nullopt, "`" + name + "` is new and has no value there"};
    }
    const ParamValue& written = !is_new                    ? value->second
                                : added != map.added.end() ? added->second
                                                           : *parameter.spec.default_value;
    const ParamValue typed = in_type_of(parameter, written);
    // Before a condition reads it.
    if (auto complaint = parameter.complaint_about(typed)) return {std::nullopt, *complaint};
    params[name] = typed;
  }
  for (const auto& [name, value] : given) {
    // What is no longer active is forgotten; what has no place is not.
    if (!has_parameter(space, name)) return {std::nullopt, "`" + name + "` is no parameter of the space"};
  }
  if (auto complaint = space.complaint_about(params)) return {std::nullopt, *complaint};
  return {params, ""};
}

}  // namespace hone
