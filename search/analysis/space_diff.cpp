#include "search/analysis/space_diff.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/text.h"

namespace hone {
namespace {

bool is_range(const ParameterSpec& parameter) {
  return parameter.type == ParameterType::float_ || parameter.type == ParameterType::int_;
}

std::string_view type_name(ParameterType type) {
  constexpr std::array<std::string_view, 5> kNames = {"float", "int", "bool", "categorical", "ordinal"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string scale_text(LogScale log) {
  return log == LogScale::none ? "" : log == LogScale::natural ? " log" : " log = reverse";
}

const ParameterSpec* find(const std::vector<ParameterSpec>& space, const std::string& name) {
  const auto found =
      std::find_if(space.begin(), space.end(), [&](const ParameterSpec& one) { return one.name == name; });
  return found == space.end() ? nullptr : &*found;
}

/// Texts of choices: 1 and 1.0 are the same for people.
std::set<std::string> choices_of(const ParameterSpec& parameter) {
  std::set<std::string> texts;
  for (const ParamValue& choice : parameter.choices) texts.insert(to_text(choice));
  return texts;
}

struct Reach {
  bool gains = false;
  bool loses = false;
};

Reach reach(const ParameterSpec& before, const ParameterSpec& after) {
  Reach reach;
  if (is_range(before)) {
    reach.gains = *after.low < *before.low || *after.high > *before.high;
    reach.loses = *after.low > *before.low || *after.high < *before.high;
    return reach;
  }
  const std::set<std::string> old_choices = choices_of(before);
  const std::set<std::string> new_choices = choices_of(after);
  reach.gains = !std::includes(old_choices.begin(), old_choices.end(), new_choices.begin(), new_choices.end());
  reach.loses = !std::includes(new_choices.begin(), new_choices.end(), old_choices.begin(), old_choices.end());
  return reach;
}

std::string value_text(const std::optional<ParamValue>& value) { return value ? to_text(*value) : "none"; }

/// What else is different, as "default 1 -> 2, step none -> 0.1".
std::string small_changes(const ParameterSpec& before, const ParameterSpec& after) {
  std::vector<std::string> parts;
  const auto note = [&](const std::string& key, const std::string& old_text, const std::string& new_text) {
    if (old_text != new_text) parts.push_back(key + " " + old_text + " -> " + new_text);
  };
  const auto number = [](const std::optional<double>& value) { return value ? to_text(*value) : std::string("none"); };
  const auto or_none = [](const std::string& text) { return text.empty() ? std::string("none") : text; };
  note("scale", or_none(std::string(trim(scale_text(before.log)))), or_none(std::string(trim(scale_text(after.log)))));
  note("step", number(before.step), number(after.step));
  note("default", value_text(before.default_value), value_text(after.default_value));
  note("prior", value_text(before.prior), value_text(after.prior));
  note("when", or_none(before.when), or_none(after.when));
  return join(parts, ", ");
}

bool is_alike(const ParameterSpec& a, const ParameterSpec& b) {
  if (a.type != b.type) return false;
  const Reach both = reach(a, b);
  return !both.gains && !both.loses;
}

void compare(const ParameterSpec& before, const ParameterSpec& after, std::vector<SpaceDifference>& found) {
  const std::string both = describe(before) + " -> " + describe(after);
  if (before.type != after.type) {
    found.push_back({SpaceChange::retyped, after.name, both});
    return;
  }
  const Reach change = reach(before, after);
  const std::string rest = small_changes(before, after);
  if (!change.gains && !change.loses) {
    if (!rest.empty()) found.push_back({SpaceChange::changed, after.name, rest});
    return;
  }
  const SpaceChange kind = change.gains && change.loses ? SpaceChange::moved
                           : change.gains               ? SpaceChange::widened
                                                        : SpaceChange::narrowed;
  found.push_back({kind, after.name, rest.empty() ? both : both + ", " + rest});
}

}  // namespace

std::string_view name_of(SpaceChange change) {
  constexpr std::array<std::string_view, 8> kNames = {"added",   "removed",  "renamed", "retyped",
                                                      "widened", "narrowed", "moved",   "changed"};
  return kNames[static_cast<std::size_t>(change)];
}

std::string describe(const ParameterSpec& parameter) {
  std::string text(type_name(parameter.type));
  if (is_range(parameter)) text += " " + to_text(*parameter.low) + " to " + to_text(*parameter.high);
  std::vector<std::string> choices;
  for (const ParamValue& choice : parameter.choices) choices.push_back(to_text(choice));
  if (!choices.empty()) text += " " + join(choices, ", ");
  return text + scale_text(parameter.log);
}

std::vector<SpaceDifference> space_diff(const std::vector<ParameterSpec>& before,
                                        const std::vector<ParameterSpec>& after) {
  std::vector<SpaceDifference> found;
  std::set<std::string> renamed;
  for (const ParameterSpec& parameter : after) {
    if (const ParameterSpec* old = find(before, parameter.name)) {
      compare(*old, parameter, found);
      continue;
    }
    const auto candidate = std::find_if(before.begin(), before.end(), [&](const ParameterSpec& old) {
      return find(after, old.name) == nullptr && renamed.count(old.name) == 0 && is_alike(old, parameter);
    });
    if (candidate == before.end()) {
      found.push_back({SpaceChange::added, parameter.name, describe(parameter)});
    } else {
      renamed.insert(candidate->name);
      found.push_back({SpaceChange::renamed, candidate->name, parameter.name + "? both are " + describe(parameter)});
    }
  }
  for (const ParameterSpec& old : before) {
    if (find(after, old.name) != nullptr || renamed.count(old.name) != 0) continue;
    found.push_back({SpaceChange::removed, old.name, describe(old)});
  }
  return found;
}

}  // namespace hone
