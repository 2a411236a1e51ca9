#include "cli/requirements.h"

#include <fmt/format.h>

#include "configs/expressions.h"
#include "core/text.h"

namespace hone {

namespace {

Error bad_require(const std::string& requirement, const std::string& why) {
  Diagnostic diagnostic;
  diagnostic.code = "usage::bad-require";
  diagnostic.message = fmt::format("--require '{}': {}", without_controls(requirement), why);
  diagnostic.suggestion = "write a comparison of a metric: --require 'val_accuracy >= 0.98'";
  return Error(diagnostic);
}

Expression parse(const std::string& requirement) {
  try {
    return Expression::parse(requirement);
  } catch (const Error& error) {
    throw bad_require(requirement, error.diagnostics().front().message);
  }
}

std::optional<ParamValue> metric_of(const Results& results, const std::string& name) {
  const TrialResult* best = results.best_trial();
  if (best == nullptr) return std::nullopt;
  if (name == results.metric && best->value) return ParamValue(*best->value);
  const auto found = best->metrics.find(name);
  return found == best->metrics.end() ? std::nullopt : std::optional(ParamValue(found->second));
}

std::string shown(const Results& results, const std::string& name) {
  const auto value = metric_of(results, name);
  return value ? name + " " + to_text(*value) : "the best trial has no `" + name + "`";
}

}  // namespace

void check_requirements(const std::vector<std::string>& requirements) {
  for (const std::string& requirement : requirements) {
    const Expression expression = parse(requirement);
    if (expression.names().empty()) throw bad_require(requirement, "names no metric");
    try {
      const auto value = expression.evaluate([](const std::string&) { return ParamValue(1.0); });
      if (value && !std::holds_alternative<bool>(*value)) throw bad_require(requirement, "is no condition");
    } catch (const Error& error) {
      // A quotient may be undefined at 1; a wrong type is wrong everywhere.
      if (error.diagnostics().front().code != "expression::domain") throw;
    }
  }
}

std::vector<std::string> unmet_requirements(const std::vector<std::string>& requirements, const Results& results) {
  std::vector<std::string> unmet;
  for (const std::string& requirement : requirements) {
    const Expression expression = parse(requirement);
    const bool met =
        expression.is_true([&](const std::string& name) { return metric_of(results, name); }, /*absent=*/false);
    if (met) continue;
    std::vector<std::string> values;
    for (const std::string& name : expression.names()) values.push_back(shown(results, name));
    unmet.push_back(fmt::format("{} ({})", requirement, join(values, ", ")));
  }
  return unmet;
}

}  // namespace hone
