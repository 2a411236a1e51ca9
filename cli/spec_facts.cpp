#include "cli/spec_facts.h"

#include <fmt/format.h>

#include "core/text.h"
#include "search/registry.h"

namespace hone {

namespace {

std::string type_text(const ParameterSpec& parameter) {
  switch (parameter.type) {
    case ParameterType::float_:
      return "float";
    case ParameterType::int_:
      return "int";
    case ParameterType::bool_:
      return "bool";
    case ParameterType::categorical:
      return "categorical";
    case ParameterType::ordinal:
      return "ordinal";
  }
  return "";
}

std::string range_text(const ParameterSpec& parameter) {
  if (parameter.type == ParameterType::bool_) return "false, true";
  if (!parameter.choices.empty()) {
    std::vector<std::string> choices;
    for (const ParamValue& choice : parameter.choices) choices.push_back(to_text(choice));
    return join(choices, ", ");
  }
  std::string text =
      fmt::format("{} to {}", format_short(parameter.low.value_or(0)), format_short(parameter.high.value_or(0)));
  if (parameter.step) text += " by " + format_short(*parameter.step);
  return text;
}

std::string scale_text(const ParameterSpec& parameter) {
  switch (parameter.log) {
    case LogScale::none:
      return "";
    case LogScale::natural:
      return "log";
    case LogScale::reverse:
      return "reverse log";
  }
  return "";
}

}  // namespace

std::string slots_text(const SlotPlan& plan) {
  const std::string slots = count_of(plan.slots, "slot");
  if (plan.gpus.empty()) return slots;
  if (plan.gpus.size() == static_cast<std::size_t>(plan.slots)) return slots + ", a GPU each";
  return slots + " on " + count_of(static_cast<std::int64_t>(plan.gpus.size()), "GPU");
}

std::string with_thousands(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > (value < 0 ? 1 : 0); i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string space_size_text(const SearchSpace& space) {
  if (space.size() == 0) return "one configuration: nothing is searched";
  if (const auto count = space.configurations()) {
    return *count == 1 ? std::string("1 configuration") : with_thousands(*count) + " configurations";
  }
  std::int64_t conditional = 0;
  bool continuous = false;
  for (const SpaceParameter& parameter : space.parameters()) {
    conditional += parameter.when.has_value();
    continuous = continuous || parameter.levels == 0;
  }
  std::string text =
      fmt::format("{}, d = {}", continuous ? "continuous" : "more than a million configurations", space.size());
  return conditional > 0 ? text + fmt::format(", {} conditional", conditional) : text;
}

std::string rungs_text(const ExperimentSpec& spec) {
  const std::vector<double> rungs = make_scheduler(spec)->rungs();
  if (rungs.size() == 1 && rungs.front() == 0) return "every trial runs whole";
  std::vector<std::string> parts;
  for (const double rung : rungs) parts.push_back(format_short(rung));
  std::string kind = spec.scheduler.kind;
  if (kind == "auto") kind = rungs.size() > 1 ? "auto: asha" : "auto: none";
  return fmt::format("{} {} ({})", join(parts, ", "), spec.fidelity.unit, kind);
}

std::string budget_limits_text(const ExperimentSpec& spec) {
  std::vector<std::string> parts;
  const BudgetSpec& budget = spec.budget;
  if (budget.trials) parts.push_back(count_of(*budget.trials, "trial"));
  if (budget.units) parts.push_back(fmt::format("{} {}", format_short(*budget.units), spec.fidelity.unit));
  if (budget.wall) parts.push_back("wall " + format_clock(*budget.wall));
  if (budget.patience) parts.push_back(count_of(*budget.patience, "trial") + " without a better one");
  if (budget.target) parts.push_back("target " + format_short(*budget.target));
  std::string text = join(parts, ", ");
  const double full = make_scheduler(spec)->rungs().back();
  if (budget.trials && full > 0) {
    const double most = full * static_cast<double>(*budget.trials);
    text += fmt::format("; at most {} {}", with_thousands(static_cast<std::int64_t>(most)), spec.fidelity.unit);
  }
  return text;
}

TextTable space_table(const ExperimentSpec& spec) {
  TextTable table{{{"parameter", "type", "values", "scale", "first", "when"}}, {}};
  for (const ParameterSpec& parameter : spec.space) {
    table.rows.push_back({parameter.name, type_text(parameter), range_text(parameter), scale_text(parameter),
                          parameter.default_value ? to_text(*parameter.default_value) : "", parameter.when});
  }
  return table;
}

std::string declaration_text(const ParameterSpec& parameter) {
  std::string text = parameter.name + " ";
  if (parameter.type == ParameterType::bool_) return text + "false|true";
  std::vector<std::string> choices;
  for (const ParamValue& choice : parameter.choices) choices.push_back(to_text(choice));
  if (!choices.empty()) return text + join(choices, "|");
  text += to_text(parameter.low.value_or(0)) + ".." + to_text(parameter.high.value_or(0));
  if (parameter.type == ParameterType::int_) text += " int";
  if (parameter.log != LogScale::none) text += " log";
  return text;
}

}  // namespace hone
