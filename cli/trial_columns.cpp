#include "cli/trial_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.h"
#include "core/text.h"

namespace hone {

namespace {

/// A column that every trial has.
struct FixedColumn {
  std::string_view name;
  std::optional<ParamValue> (*value)(const TrialResult& trial);
};

constexpr FixedColumn kFixedColumns[] = {
    {"trial", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.id; }},
    {"state", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.state; }},
    {"value",
     [](const TrialResult& trial) -> std::optional<ParamValue> {
       if (!trial.value) return std::nullopt;
       return *trial.value;
     }},
    {"reached", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.reached; }},
    {"budget", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.budget; }},
    {"attempts", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.attempts; }},
    {"answered_from",
     [](const TrialResult& trial) -> std::optional<ParamValue> {
       if (!trial.answered_from) return std::nullopt;
       return *trial.answered_from;
     }},
    {"seconds", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.seconds; }},
    {"origin", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.origin; }},
    {"code", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.code; }},
    {"failure", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.failure; }},
    {"message", [](const TrialResult& trial) -> std::optional<ParamValue> { return trial.message; }},
};

bool known(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void require_known(const Results& results, const std::string& name) {
  const std::vector<std::string> names = column_names(results);
  if (known(names, name)) return;
  Diagnostic diagnostic;
  diagnostic.code = "usage::unknown-column";
  diagnostic.message = fmt::format("unknown column `{}`", without_controls(name));
  diagnostic.suggestion = suggestion_for(name, names);
  diagnostic.notes.push_back("columns: " + join(names, " "));
  throw Error(diagnostic);
}

/// Numbers before texts, so that a mixed column still has one order.
bool comes_before(const ParamValue& a, const ParamValue& b) {
  const auto* text_a = std::get_if<std::string>(&a);
  const auto* text_b = std::get_if<std::string>(&b);
  if (text_a != nullptr && text_b != nullptr) return *text_a < *text_b;
  if (text_a != nullptr || text_b != nullptr) return text_b != nullptr;
  return as_number(a) < as_number(b);
}

}  // namespace

std::vector<std::string> column_names(const Results& results) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!known(names, name)) names.push_back(name);
  };
  for (const FixedColumn& column : kFixedColumns) names.emplace_back(column.name);
  for (const ParameterColumn& parameter : results.parameters) add(parameter.name);
  if (!results.metric.empty()) add(results.metric);
  for (const TrialResult& trial : results.trials) {
    for (const auto& [name, value] : trial.metrics) add(name);
  }
  return names;
}

std::optional<ParamValue> column_value(const Results& results, const TrialResult& trial, const std::string& column) {
  for (const FixedColumn& fixed : kFixedColumns) {
    if (fixed.name == column) return fixed.value(trial);
  }
  if (const auto found = trial.params.find(column); found != trial.params.end()) return found->second;
  if (const auto found = trial.metrics.find(column); found != trial.metrics.end()) return found->second;
  require_known(results, column);
  return std::nullopt;
}

std::vector<const TrialResult*> trials_where(const Results& results, const std::string& expression) {
  std::vector<const TrialResult*> trials;
  if (expression.empty()) {
    for (const TrialResult& trial : results.trials) trials.push_back(&trial);
    return trials;
  }
  const Expression condition = Expression::parse(expression);
  for (const std::string& name : condition.names()) require_known(results, name);
  for (const TrialResult& trial : results.trials) {
    const auto lookup = [&](const std::string& name) { return column_value(results, trial, name); };
    if (condition.is_true(lookup, /*absent=*/false)) trials.push_back(&trial);
  }
  return trials;
}

void sort_trials(const Results& results, const std::string& column, std::vector<const TrialResult*>& trials) {
  const bool descending = !column.empty() && column[0] == '-';
  const std::string name = descending ? column.substr(1) : column;
  require_known(results, name);
  std::stable_sort(trials.begin(), trials.end(), [&](const TrialResult* a, const TrialResult* b) {
    const auto value_a = column_value(results, *a, name);
    const auto value_b = column_value(results, *b, name);
    if (!value_a || !value_b) return value_a.has_value() && !value_b.has_value();
    return descending ? comes_before(*value_b, *value_a) : comes_before(*value_a, *value_b);
  });
}

}  // namespace hone
