#include <algorithm>

#include "configs/check_spec.h"
#include "configs/expressions.h"
#include "configs/load_spec.h"
#include "core/unicode.h"

namespace hone {
namespace {

const ParameterSpec* find_parameter(const std::vector<ParameterSpec>& space, const std::string& name) {
  const auto found =
      std::find_if(space.begin(), space.end(), [&](const ParameterSpec& one) { return one.name == name; });
  return found == space.end() ? nullptr : &*found;
}

bool is_number(const ParamValue& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

/// A value of the parameter's type, to compare types with.
ParamValue sample_of(const ParameterSpec& parameter) {
  if (parameter.type == ParameterType::bool_) return true;
  return parameter.choices.empty() ? ParamValue(1.0) : parameter.choices.front();
}

class ConditionCheck {
 public:
  ConditionCheck(const SpecCheck& check, const ParameterSpec& parameter)
      : check_(check), parameter_(parameter), place_(place_of(check.origins, "space." + parameter.name + ".when")) {
    for (const ParameterSpec& one : check.spec.space) names_.push_back(one.name);
  }

  void run() {
    try {
      const Expression expression = Expression::parse(parameter_.when);
      for (const std::string& name : expression.names()) check_name(name, expression.column_of(name));
      for (const Expression::Constant& constant : expression.constants()) check_constant(constant);
    } catch (const Error& error) {
      Diagnostic diagnostic = error.diagnostics().front();
      const Place inner = diagnostic.place;
      report(diagnostic.code, diagnostic.message, inner.column, inner.end_column);
    }
  }

 private:
  void report(const std::string& code, const std::string& message, int column, int end_column, std::string hint = {}) {
    check_.diagnostics.error(code, message, place_inside(place_, parameter_.when, column, end_column), std::move(hint));
  }

  void check_name(const std::string& name, int column) {
    const int end = column + static_cast<int>(to_code_points(name).size());
    if (name == parameter_.name) {
      report("space::cycle", "the condition of `" + name + "` reads `" + name + "` itself", column, end);
      return;
    }
    // A parameter that was written but is wrong itself has been reported already.
    if (check_.origins.count("space." + name) != 0) return;
    report("space::unknown-name",
           "the condition of `" + parameter_.name + "` reads `" + name + "`, which is no parameter of [space]", column,
           end, suggestion_for(name, names_));
  }

  void check_constant(const Expression::Constant& constant) {
    const ParameterSpec* other = find_parameter(check_.spec.space, constant.name);
    if (other == nullptr) return;
    const ParamValue sample = sample_of(*other);
    if (sample.index() != constant.value.index() && !(is_number(sample) && is_number(constant.value))) {
      report("expression::type", "`" + constant.name + "` is never of the type of `" + to_text(constant.value) + "`",
             constant.column, constant.end_column);
      return;
    }
    if (!constant.equality || other->choices.empty()) return;
    std::vector<std::string> texts;
    for (const ParamValue& choice : other->choices) {
      if (is_number(choice) ? as_number(choice) == as_number(constant.value) : choice == constant.value) return;
      texts.push_back(to_text(choice));
    }
    const std::string text = to_text(constant.value);
    report("space::bad-condition", "`" + text + "` is none of the choices of `" + constant.name + "`", constant.column,
           constant.end_column, suggestion_for(text, texts));
  }

  const SpecCheck& check_;
  const ParameterSpec& parameter_;
  Place place_;
  std::vector<std::string> names_;
};

}  // namespace

void check_conditions(const SpecCheck& check) {
  for (const ParameterSpec& parameter : check.spec.space) {
    // The empty default means "always"; written as such it is a mistake of the expression.
    if (parameter.when.empty() && check.origins.count("space." + parameter.name + ".when") == 0) continue;
    ConditionCheck(check, parameter).run();
  }
}

}  // namespace hone
