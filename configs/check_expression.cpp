#include "configs/check_expression.h"

#include <algorithm>

#include "configs/load_spec.h"
#include "configs/read_sections.h"
#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

std::vector<ParamValue> choices_of(const ParameterSpec& parameter) {
  return parameter.type == ParameterType::bool_ ? std::vector<ParamValue>() : parameter.choices;
}

class ExpressionCheck {
 public:
  ExpressionCheck(const SpecCheck& check, const WrittenExpression& written, const ExpressionNames& names)
      : check_(check), written_(written), names_(names) {}

  std::optional<Expression> run() {
    try {
      Expression expression = Expression::parse(written_.text);
      for (const std::string& name : expression.names()) check_name(name, expression.column_of(name));
      for (const Expression::Constant& constant : expression.constants()) check_constant(constant);
      // One mistake is enough: the kinds would call it by another name.
      if (good_) kind_among(expression, names_);
      if (good_) return expression;
    } catch (const Error& error) {
      const Diagnostic& inner = error.diagnostics().front();
      report(inner.code, inner.message, inner.place.column, inner.place.end_column);
    }
    return std::nullopt;
  }

 private:
  void report(const std::string& code, const std::string& message, int column, int end_column, std::string hint = {}) {
    good_ = false;
    report_inside(check_, written_, code, message, column, end_column, std::move(hint));
  }

  void check_name(const std::string& name, int column) {
    if (names_.count(name) != 0) return;
    std::vector<std::string> known;
    for (const auto& [other, facts] : names_) known.push_back(other);
    const int end = column + static_cast<int>(to_code_points(name).size());
    report("space::unknown-name", written_.owner + " reads `" + name + "`, which is no " + written_.wanted, column, end,
           suggestion_for(name, known));
  }

  void check_constant(const Expression::Constant& constant) {
    const auto found = names_.find(constant.name);
    if (found == names_.end() || !found->second.kind) return;
    const NameFacts& facts = found->second;
    if (*facts.kind != kind_of(constant.value)) {
      report("expression::type", "`" + constant.name + "` is never of the type of `" + to_text(constant.value) + "`",
             constant.column, constant.end_column);
      return;
    }
    if (!constant.equality || facts.choices.empty()) return;
    std::vector<std::string> texts;
    for (const ParamValue& choice : facts.choices) {
      if (is_same_value(choice, constant.value)) return;
      texts.push_back(to_text(choice));
    }
    const std::string text = to_text(constant.value);
    report("space::bad-condition", "`" + text + "` is none of the choices of `" + constant.name + "`", constant.column,
           constant.end_column, suggestion_for(text, texts));
  }

  const SpecCheck& check_;
  const WrittenExpression& written_;
  const ExpressionNames& names_;
  bool good_ = true;
};

}  // namespace

ExpressionNames names_of_space(const SpecCheck& check) {
  ExpressionNames names;
  const TomlEntry* space = find_entry(check.root, "space");
  if (space != nullptr) {
    for (const TomlEntry& entry : space->value.entries) names[entry.name] = {};
  }
  for (const ParameterSpec& parameter : check.spec.space) {
    names[parameter.name] = {kind_of(parameter), choices_of(parameter)};
  }
  return names;
}

void report_inside(const SpecCheck& check, const WrittenExpression& written, const std::string& code,
                   const std::string& message, int column, int end_column, std::string hint) {
  const Place place = place_of(check.origins, written.path);
  check.diagnostics.error(code, message, place_inside(place, written.text, column, end_column), std::move(hint));
}

std::optional<Expression> check_expression(const SpecCheck& check, const WrittenExpression& written,
                                           const ExpressionNames& names) {
  return ExpressionCheck(check, written, names).run();
}

std::optional<ValueKind> kind_among(const Expression& expression, const ExpressionNames& names) {
  return result_kind(expression, [&](const std::string& name) -> std::optional<ValueKind> {
    const auto found = names.find(name);
    return found == names.end() ? std::nullopt : found->second.kind;
  });
}

void check_is_truth(const SpecCheck& check, const WrittenExpression& written, const Expression& expression,
                    const ExpressionNames& names) {
  const auto kind = kind_among(expression, names);
  if (!kind || *kind == ValueKind::truth) return;
  report_inside(check, written, "expression::type", written.owner + " must be true or false, not " + words_of(*kind), 1,
                1 + static_cast<int>(to_code_points(written.text).size()));
}

}  // namespace hone
