#include "search/trial/search_space.h"

#include <algorithm>
#include <set>

#include "configs/load_spec.h"
#include "core/diagnostics.h"

namespace hone {
namespace {

Expression::Lookup lookup_in(const Params& params) {
  return [&params](const std::string& name) -> std::optional<ParamValue> {
    const auto found = params.find(name);
    if (found == params.end()) return std::nullopt;
    return found->second;
  };
}

/// Makes a space of the specs and remembers what is wrong with their conditions.
class Builder {
 public:
  Builder(const std::vector<ParameterSpec>& specs, const Origins& origins) : origins_(origins) {
    for (const ParameterSpec& spec : specs) names_.push_back(spec.name);
    for (const ParameterSpec& spec : specs) add(spec);
  }

  /// Parents first, file order otherwise. Throws Error with all mistakes.
  std::vector<SpaceParameter> finish() {
    diagnostics_.throw_if_errors();
    std::vector<SpaceParameter> ordered;
    std::set<std::string> placed;
    while (!waiting_.empty()) {
      const auto next = std::find_if(waiting_.begin(), waiting_.end(), [&](const SpaceParameter& parameter) {
        if (!parameter.when) return true;
        const std::vector<std::string>& parents = parameter.when->names();
        return std::all_of(parents.begin(), parents.end(), [&](const std::string& name) { return placed.count(name); });
      });
      if (next == waiting_.end()) break;
      placed.insert(next->spec.name);
      ordered.push_back(std::move(*next));
      waiting_.erase(next);
    }
    complain_about_cycle();
    for (const SpaceParameter& parameter : ordered) check_types(parameter, ordered);
    diagnostics_.throw_if_errors();
    return ordered;
  }

 private:
  void add(const ParameterSpec& spec) {
    SpaceParameter parameter = SpaceParameter::make(spec);
    if (!spec.when.empty()) {
      try {
        parameter.when = Expression::parse(spec.when);
      } catch (const Error& error) {
        complain("space::bad-condition", spec.name, error.diagnostics().front().message);
        return;
      }
      for (const std::string& name : parameter.when->names()) {
        if (std::find(names_.begin(), names_.end(), name) != names_.end()) continue;
        complain("space::unknown-name", spec.name,
                 "the condition of `" + spec.name + "` reads `" + name + "`, which is no parameter of [space]",
                 suggestion_for(name, names_));
      }
    }
    waiting_.push_back(std::move(parameter));
  }

  void complain_about_cycle() {
    if (waiting_.empty()) return;
    std::string cycle;
    for (const SpaceParameter& parameter : waiting_) {
      cycle += (cycle.empty() ? "`" : ", `") + parameter.spec.name + "`";
    }
    complain("space::cycle", waiting_.front().spec.name,
             "the conditions of " + cycle + " depend on one another: no parameter could be chosen first");
  }

  /// A comparison of text with number shows on any values of the parents; better here than in the middle of a search.
  void check_types(const SpaceParameter& parameter, const std::vector<SpaceParameter>& all) {
    if (!parameter.when) return;
    Params values;
    for (const SpaceParameter& other : all) values[other.spec.name] = other.value_at(0.5);
    try {
      parameter.when->is_true(lookup_in(values), /*absent=*/false);
    } catch (const Error& error) {
      const Diagnostic& what = error.diagnostics().front();
      if (what.code == "expression::type") complain("space::bad-condition", parameter.spec.name, what.message);
    }
  }

  void complain(const std::string& code, const std::string& name, const std::string& message,
                const std::string& suggestion = {}) {
    diagnostics_.error(code, message, place_of(origins_, "space." + name + ".when"), suggestion);
  }

  const Origins& origins_;
  std::vector<std::string> names_;
  std::vector<SpaceParameter> waiting_;
  Diagnostics diagnostics_;
};

/// What is wrong with the values of the parameters one by one, or nothing.
std::optional<std::string> complaint_about_values(const SearchSpace& space, const Params& params) {
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    const auto found = params.find(parameter.spec.name);
    const bool active = space.is_active(i, params);
    if (active && found == params.end()) return "`" + parameter.spec.name + "` is missing";
    if (!active && found != params.end()) {
      return "`" + parameter.spec.name + "` must be left out: it is only there when " + parameter.spec.when;
    }
    if (!active) continue;
    if (auto complaint = parameter.complaint_about(found->second)) return complaint;
  }
  return std::nullopt;
}

}  // namespace

SearchSpace::SearchSpace(const std::vector<ParameterSpec>& parameters, const Origins& origins)
    : SearchSpace(parameters, ConstraintsSpec(), origins) {}

SearchSpace::SearchSpace(const std::vector<ParameterSpec>& parameters, const ConstraintsSpec& constraints,
                         const Origins& origins)
    : parameters_(Builder(parameters, origins).finish()), clauses_(constraints, origins) {}

Params SearchSpace::decode(std::span<const double> unit) const {
  Params params;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (is_active(i, params)) params[parameters_[i].spec.name] = parameters_[i].value_at(unit[i]);
  }
  return params;
}

std::vector<std::optional<double>> SearchSpace::encode(const Params& params) const {
  std::vector<std::optional<double>> unit(parameters_.size());
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const auto found = params.find(parameters_[i].spec.name);
    if (found != params.end()) unit[i] = parameters_[i].unit_of(found->second);
  }
  return unit;
}

bool SearchSpace::is_active(std::size_t index, const Params& params) const {
  const std::optional<Expression>& when = parameters_[index].when;
  return !when || when->is_true(lookup_in(params), /*absent=*/false);
}

std::optional<Params> SearchSpace::default_params() const {
  const bool any = std::any_of(parameters_.begin(), parameters_.end(),
                               [](const SpaceParameter& one) { return one.spec.default_value.has_value(); });
  if (!any) return std::nullopt;
  Params params = completed({});
  if (!allows(params)) return std::nullopt;
  return params;
}

Params SearchSpace::completed(const Params& given) const {
  Params params = given;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const SpaceParameter& parameter = parameters_[i];
    if (!is_active(i, params) || params.count(parameter.spec.name) != 0) continue;
    params[parameter.spec.name] = parameter.fallback();
  }
  return params;
}

std::optional<std::string> SearchSpace::complaint_about(const Params& params) const {
  std::vector<std::string> names;
  for (const SpaceParameter& parameter : parameters_) names.push_back(parameter.spec.name);
  for (const auto& [name, value] : params) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string suggestion = suggestion_for(name, names);
    return "`" + name + "` is no parameter of the space" + (suggestion.empty() ? "" : "; " + suggestion);
  }
  if (auto complaint = complaint_about_values(*this, params)) return complaint;
  if (const auto broken = clauses_.broken(params)) {
    return broken->path + " does not allow it: " + broken->text;
  }
  return std::nullopt;
}

std::string SearchSpace::key(const Params& params) const {
  std::string key;
  for (const SpaceParameter& parameter : parameters_) {
    const auto found = params.find(parameter.spec.name);
    if (found == params.end()) continue;
    const std::int64_t level = parameter.level_of(found->second);
    key += parameter.spec.name;
    // A level's number, not its text: choices may hold any character.
    key += level >= 0 ? "#" + std::to_string(level) : "=" + to_text(found->second);
    key += ';';
  }
  return key;
}

}  // namespace hone
