#include "search/trial/clauses.h"

#include <algorithm>

#include "configs/load_spec.h"
#include "core/error.h"

namespace hone {
namespace {

Expression::Lookup lookup_in(const Params& params) {
  return [&params](const std::string& name) -> std::optional<ParamValue> {
    const auto found = params.find(name);
    if (found == params.end()) return std::nullopt;
    return found->second;
  };
}

Expression parse_at(const std::string& text, const std::string& path, const Origins& origins) {
  try {
    return Expression::parse(text);
  } catch (const Error& error) {
    const Diagnostic& inner = error.diagnostics().front();
    throw Error(inner.code, inner.message, place_of(origins, path));
  }
}

/// A division by zero and the like: it hangs on the values, the spec is right.
bool is_domain(const Error& error) { return error.diagnostics().front().code == "expression::domain"; }

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Clauses::Clauses(const ConstraintsSpec& constraints, const Origins& origins) {
  add_derived(constraints, origins);
  add_clauses("forbid", constraints.forbid, origins);
  add_clauses("require", constraints.require, origins);
}

void Clauses::add_derived(const ConstraintsSpec& constraints, const Origins& origins) {
  std::vector<Derived> waiting;
  for (const auto& [name, text] : constraints.derive) {
    const std::string path = "constraints.derive." + name;
    waiting.push_back({name, parse_at(text, path, origins), path, text, {}});
  }
  while (!waiting.empty()) {
    const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const Derived& one) {
      return std::none_of(waiting.begin(), waiting.end(),
                          [&](const Derived& other) { return has(one.expression.names(), other.name); });
    });
    if (next == waiting.end()) {
      throw Error("space::cycle", "derived values are computed from each other",
                  place_of(origins, waiting.front().path));
    }
    next->reads = parameters_of(next->expression);
    derived_.push_back(std::move(*next));
    waiting.erase(next);
  }
}

void Clauses::add_clauses(const std::string& key, const std::vector<std::string>& texts, const Origins& origins) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string path = "constraints." + key + "[" + std::to_string(i) + "]";
    Clause clause{parse_at(texts[i], path, origins), key == "forbid", path, texts[i], {}};
    clause.reads = parameters_of(clause.expression);
    clauses_.push_back(std::move(clause));
  }
}

/// Names that an expression reads, derived ones replaced by what they read themselves.
std::vector<std::string> Clauses::parameters_of(const Expression& expression) const {
  std::vector<std::string> parameters;
  const auto add = [&](const std::string& name) {
    if (!has(parameters, name)) parameters.push_back(name);
  };
  for (const std::string& name : expression.names()) {
    const auto found =
        std::find_if(derived_.begin(), derived_.end(), [&](const Derived& one) { return one.name == name; });
    if (found == derived_.end()) {
      add(name);
    } else {
      std::for_each(found->reads.begin(), found->reads.end(), add);
    }
  }
  return parameters;
}

std::optional<std::size_t> Clauses::derive(Params& values) const {
  for (std::size_t i = 0; i < derived_.size(); ++i) {
    try {
      if (auto value = derived_[i].expression.evaluate(lookup_in(values))) values[derived_[i].name] = std::move(*value);
    } catch (const Error& error) {
      if (!is_domain(error)) throw;
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> Clauses::first_broken(const Params& params) const {
  if (empty()) return std::nullopt;
  Params with_derived;
  if (!derived_.empty()) {
    with_derived = params;
    if (const auto failed = derive(with_derived)) return clauses_.size() + *failed;
  }
  const Expression::Lookup lookup = lookup_in(derived_.empty() ? params : with_derived);
  for (std::size_t i = 0; i < clauses_.size(); ++i) {
    const Clause& clause = clauses_[i];
    try {
      if (clause.expression.is_true(lookup, /*absent=*/!clause.forbids) == clause.forbids) return i;
    } catch (const Error& error) {
      if (!is_domain(error)) throw;
      return i;
    }
  }
  return std::nullopt;
}

std::optional<Clauses::Broken> Clauses::broken(const Params& params) const {
  const auto first = first_broken(params);
  if (!first) return std::nullopt;
  if (*first < clauses_.size()) {
    const Clause& clause = clauses_[*first];
    return Broken{clause.path, clause.text, clause.reads};
  }
  const Derived& derived = derived_[*first - clauses_.size()];
  return Broken{derived.path, derived.text, derived.reads};
}

Params Clauses::derived(const Params& params) const {
  Params values = params;
  derive(values);
  for (const auto& [name, value] : params) values.erase(name);
  return values;
}

bool Clauses::reads(const std::string& parameter) const {
  const auto reads_it = [&](const auto& one) { return has(one.reads, parameter); };
  return std::any_of(clauses_.begin(), clauses_.end(), reads_it) ||
         std::any_of(derived_.begin(), derived_.end(), reads_it);
}

}  // namespace hone
