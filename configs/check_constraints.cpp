#include <algorithm>
#include <set>

#include "configs/check_expression.h"
#include "configs/expression_node.h"
#include "configs/load_spec.h"
#include "core/metrics.h"
#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

constexpr std::string_view kBaseline = "baseline";

class ConstraintsCheck {
 public:
  explicit ConstraintsCheck(const SpecCheck& check) : check_(check), names_(names_of_space(check)) {}

  void run() {
    const ConstraintsSpec& constraints = check_.spec.constraints;
    check_derived(constraints.derive);
    check_clauses("forbid", constraints.forbid);
    check_clauses("require", constraints.require);
    for (std::size_t i = 0; i < constraints.outcome.size(); ++i) {
      check_outcome(written("constraints.outcome", i, constraints.outcome[i]));
    }
  }

 private:
  WrittenExpression written(const std::string& path, std::size_t index, const std::string& text) const {
    WrittenExpression expression;
    expression.text = text;
    expression.path = path + "[" + std::to_string(index) + "]";
    expression.owner = expression.path;
    expression.wanted = "parameter of [space] and no derived value";
    return expression;
  }

  void check_clauses(const std::string& key, const std::vector<std::string>& clauses) {
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const WrittenExpression clause = written("constraints." + key, i, clauses[i]);
      if (const auto expression = check_expression(check_, clause, names_)) {
        check_is_truth(check_, clause, *expression, names_);
      }
    }
  }

  /// Derived values may read each other: they are judged as soon as all they read is known.
  void check_derived(const std::vector<std::pair<std::string, std::string>>& derive) {
    for (const auto& [name, text] : derive) {
      if (check_derived_name(name)) names_[name] = {};
    }
    std::vector<WrittenExpression> waiting;
    std::vector<std::string> waiting_names;
    for (const auto& [name, text] : derive) {
      WrittenExpression expression;
      expression.text = text;
      expression.path = "constraints.derive." + name;
      expression.owner = expression.path;
      expression.wanted = "parameter of [space] and no derived value";
      if (!check_expression(check_, expression, names_)) continue;
      waiting.push_back(std::move(expression));
      waiting_names.push_back(name);
    }
    while (settle_one(waiting, waiting_names)) {
    }
    if (!waiting.empty()) report_cycle(waiting, waiting_names);
  }

  bool check_derived_name(const std::string& name) {
    if (!is_parameter_name(name)) {
      check_.diagnostics.error(
          "spec::bad-name", "a derived value's name must be letters, digits and _, no digit first (is `" + name + "`)",
          key_place_of(check_.origins, "constraints.derive." + name));
      return false;
    }
    if (names_.count(name) == 0) return true;
    check_.diagnostics.error("spec::name-clash", "`" + name + "` is a parameter of [space] and a derived value",
                             key_place_of(check_.origins, "constraints.derive." + name));
    return false;
  }

  /// Takes out the first expression that reads none of the waiting ones, and gives its name a kind.
  bool settle_one(std::vector<WrittenExpression>& waiting, std::vector<std::string>& names) {
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Expression expression = Expression::parse(waiting[i].text);
      const bool blocked = std::any_of(
          expression.names().begin(), expression.names().end(),
          [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); });
      if (blocked) continue;
      // What it reads may have got a kind since it was looked at first.
      if (check_expression(check_, waiting[i], names_)) names_[names[i]].kind = kind_among(expression, names_);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
      names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    return false;
  }

  void report_cycle(const std::vector<WrittenExpression>& waiting, const std::vector<std::string>& names) {
    // Each of them reads another one: following the first that is read comes back to where it was.
    std::vector<std::string> chain = {names.front()};
    for (;;) {
      const auto at = std::find(names.begin(), names.end(), chain.back()) - names.begin();
      const Expression expression = Expression::parse(waiting[static_cast<std::size_t>(at)].text);
      const auto next = std::find_if(expression.names().begin(), expression.names().end(), [&](const std::string& one) {
        return std::find(names.begin(), names.end(), one) != names.end();
      });
      const auto seen = std::find(chain.begin(), chain.end(), *next);
      if (seen != chain.end()) {
        chain.erase(chain.begin(), seen);
        chain.push_back(chain.front());
        break;
      }
      chain.push_back(*next);
    }
    check_.diagnostics.error("space::cycle", "derived values are computed from each other: " + join(chain, " -> "),
                             place_of(check_.origins, "constraints.derive." + chain.front()));
  }

  /// A comparison of metrics: how far it is from holding teaches the search.
  void check_outcome(WrittenExpression clause) {
    ExpressionNames metrics;
    try {
      const Expression expression = Expression::parse(clause.text);
      for (const std::string& name : expression.names()) metrics[name] = {ValueKind::number, {}};
      if (!check_expression(check_, clause, metrics)) return;
      check_is_comparison(clause, expression);
      check_metrics(clause, expression);
    } catch (const Error&) {
      check_expression(check_, clause, metrics);
    }
  }

  void check_is_comparison(const WrittenExpression& clause, const Expression& expression) {
    switch (expression.root().op) {
      case ExpressionOp::less:
      case ExpressionOp::less_equal:
      case ExpressionOp::greater:
      case ExpressionOp::greater_equal:
        return;
      default:
        report_inside(check_, clause, "expression::type",
                      clause.path + " must be one comparison by <=, <, >= or >, such as latency_ms <= 5", 1,
                      1 + static_cast<int>(to_code_points(clause.text).size()));
    }
  }

  void check_metrics(const WrittenExpression& clause, const Expression& expression) {
    std::vector<std::string> metrics;
    bool reads_baseline = false;
    for (const std::string& name : expression.names()) {
      if (name == kBaseline) {
        reads_baseline = true;
        continue;
      }
      metrics.push_back(name);
      const int column = expression.column_of(name);
      const int end = column + static_cast<int>(to_code_points(name).size());
      if (names_.count(name) != 0) {
        report_inside(check_, clause, "space::unknown-name",
                      clause.path + " reads `" + name + "`, which is a parameter and no metric", column, end,
                      "write clauses over parameters in require");
      } else if (check_.is_builtin() && !is_reported(name)) {
        report_inside(check_, clause, "spec::unknown-metric", "no built-in trainer reports `" + name + "`", column, end,
                      "write val_accuracy and the like");
      }
    }
    if (reads_baseline) check_baseline(clause, expression, metrics);
  }

  static bool is_reported(const std::string& name) {
    return find_metric(name) != nullptr && (name.starts_with("val_") || name.starts_with("train_"));
  }

  /// `baseline` is the baseline of the one metric the clause reads.
  void check_baseline(const WrittenExpression& clause, const Expression& expression,
                      const std::vector<std::string>& metrics) {
    const auto& baseline = check_.spec.constraints.baseline;
    if (metrics.size() == 1 && baseline.count(metrics.front()) != 0) return;
    const int column = expression.column_of(std::string(kBaseline));
    const std::string message = metrics.size() == 1 ? "constraints.baseline has no value of `" + metrics.front() + "`"
                                                    : clause.path + " may read one metric beside `baseline` (reads " +
                                                          join(metrics, ", ") + ")";
    report_inside(check_, clause, "spec::no-baseline", message, column, column + static_cast<int>(kBaseline.size()),
                  metrics.size() == 1 ? "write baseline = {" + metrics.front() + " = …} in [constraints]" : "");
  }

  const SpecCheck& check_;
  /// Of [space] and, as they are found, the derived values.
  ExpressionNames names_;
};

}  // namespace

void check_constraints(const SpecCheck& check) { ConstraintsCheck(check).run(); }

}  // namespace hone
