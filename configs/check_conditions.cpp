#include <algorithm>

#include "configs/check_expression.h"
#include "core/unicode.h"

namespace hone {
namespace {

/// A parameter cannot decide whether it exists itself.
bool reads_itself(const SpecCheck& check, const WrittenExpression& written, const std::string& name) {
  try {
    const Expression expression = Expression::parse(written.text);
    const std::vector<std::string>& names = expression.names();
    if (std::find(names.begin(), names.end(), name) == names.end()) return false;
    const int column = expression.column_of(name);
    report_inside(check, written, "space::cycle", "the condition of `" + name + "` reads `" + name + "` itself", column,
                  column + static_cast<int>(to_code_points(name).size()));
    return true;
  } catch (const Error&) {
    // check_expression says it.
    return false;
  }
}

}  // namespace

void check_conditions(const SpecCheck& check) {
  const ExpressionNames names = names_of_space(check);
  for (const ParameterSpec& parameter : check.spec.space) {
    WrittenExpression written;
    written.text = parameter.when;
    written.path = "space." + parameter.name + ".when";
    written.owner = "the condition of `" + parameter.name + "`";
    // The empty default means "always"; written as such it is a mistake of the expression.
    if (parameter.when.empty() && check.origins.count(written.path) == 0) continue;
    if (reads_itself(check, written, parameter.name)) continue;
    if (const auto expression = check_expression(check, written, names)) {
      check_is_truth(check, written, *expression, names);
    }
  }
}

}  // namespace hone
