#include "configs/expressions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "configs/expression_node.h"
#include "core/error.h"

namespace hone {
namespace {

using Node = Expression::Node;
using Value = std::optional<ParamValue>;

[[noreturn]] void fail_type(const Node& node, const std::string& message) {
  throw_expression_error("expression::type", message, node.column, node.end_column);
}
[[noreturn]] void fail_domain(const Node& node, const std::string& message) {
  throw_expression_error("expression::domain", message, node.column, node.end_column);
}

bool is_number(const ParamValue& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

std::string described(const ParamValue& value) {
  if (std::holds_alternative<bool>(value)) return to_text(value);
  return (is_number(value) ? "number " : "text ") + to_text(value);
}

double number_of(const Node& node, const ParamValue& value) {
  if (!is_number(value)) fail_type(node, "a number is wanted, not the " + described(value));
  return as_number(value);
}

ParamValue finite(const Node& node, double value) {
  if (!std::isfinite(value)) fail_domain(node, "the result is not a finite number");
  return value;
}

/// Three-way comparison of like values; texts only for equality.
int compare(const Node& node, const ParamValue& a, const ParamValue& b, bool equality) {
  if (is_number(a) && is_number(b)) {
    const auto* left = std::get_if<std::int64_t>(&a);
    const auto* right = std::get_if<std::int64_t>(&b);
    if (left && right) return *left < *right ? -1 : *left > *right;
    const double x = as_number(a), y = as_number(b);
    return x < y ? -1 : x > y;
  }
  if (a.index() != b.index()) fail_type(node, described(a) + " and " + described(b) + " cannot be compared");
  if (!equality) fail_type(node, "only numbers have an order, not the " + described(a));
  return a == b ? 0 : 1;
}

/// Whole numbers stay whole where the result is; nothing when it does not fit 64 bits.
std::optional<std::int64_t> integer_arithmetic(const Node& node, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (node.op) {
    case ExpressionOp::add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case ExpressionOp::subtract:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case ExpressionOp::multiply:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case ExpressionOp::floor_divide:
    case ExpressionOp::modulo: {
      if (b == 0) fail_domain(node, "division by zero");
      if (b == -1) return std::nullopt;
      const std::int64_t rest = (a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0;
      return node.op == ExpressionOp::modulo ? a % b + rest * b : a / b - rest;
    }
    default:
      return std::nullopt;
  }
}

ParamValue arithmetic(const Node& node, const ParamValue& a, const ParamValue& b) {
  const double x = number_of(*node.operands[0], a);
  const double y = number_of(*node.operands[1], b);
  const auto* left = std::get_if<std::int64_t>(&a);
  const auto* right = std::get_if<std::int64_t>(&b);
  if (left && right) {
    if (const auto whole = integer_arithmetic(node, *left, *right)) return *whole;
  }
  switch (node.op) {
    case ExpressionOp::add:
      return finite(node, x + y);
    case ExpressionOp::subtract:
      return finite(node, x - y);
    case ExpressionOp::multiply:
      return finite(node, x * y);
    case ExpressionOp::power:
      return finite(node, std::pow(x, y));
    default:
      break;
  }
  if (y == 0) fail_domain(node, "division by zero");
  if (node.op == ExpressionOp::divide) return finite(node, x / y);
  const double floored = std::floor(x / y);
  return finite(node, node.op == ExpressionOp::floor_divide ? floored : x - floored * y);
}

bool truth_of(const Node& node, const ParamValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  fail_type(node, "true or false is wanted, not the " + described(value));
}

class Evaluator {
 public:
  explicit Evaluator(const Expression::Lookup& lookup) : lookup_(lookup) {}

  Value evaluate(const Node& node) const {
    switch (node.op) {
      case ExpressionOp::constant:
        return node.value;
      case ExpressionOp::name:
        return lookup_(node.name);
      case ExpressionOp::and_:
      case ExpressionOp::or_:
        return logic(node);
      case ExpressionOp::in:
        return member(node);
      case ExpressionOp::call:
        return call(node);
      case ExpressionOp::not_:
      case ExpressionOp::negate:
        return unary(node);
      default:
        return binary(node);
    }
  }

 private:
  /// Kleene's three values: an absent operand does not matter where the other one decides.
  Value logic(const Node& node) const {
    const bool decisive = node.op == ExpressionOp::or_;
    bool absent = false;
    for (const auto& operand : node.operands) {
      const Value value = evaluate(*operand);
      if (!value) {
        absent = true;
      } else if (truth_of(*operand, *value) == decisive) {
        return decisive;
      }
    }
    if (absent) return std::nullopt;
    return !decisive;
  }

  Value unary(const Node& node) const {
    const Node& operand = *node.operands[0];
    const Value value = evaluate(operand);
    if (!value) return std::nullopt;
    if (node.op == ExpressionOp::not_) return !truth_of(operand, *value);
    const auto* whole = std::get_if<std::int64_t>(&*value);
    if (whole && *whole != std::numeric_limits<std::int64_t>::min()) return -*whole;
    return -number_of(operand, *value);
  }

  Value binary(const Node& node) const {
    const Value a = evaluate(*node.operands[0]);
    const Value b = evaluate(*node.operands[1]);
    if (!a || !b) return std::nullopt;
    switch (node.op) {
      case ExpressionOp::equal:
        return compare(node, *a, *b, true) == 0;
      case ExpressionOp::unequal:
        return compare(node, *a, *b, true) != 0;
      case ExpressionOp::less:
        return compare(node, *a, *b, false) < 0;
      case ExpressionOp::less_equal:
        return compare(node, *a, *b, false) <= 0;
      case ExpressionOp::greater:
        return compare(node, *a, *b, false) > 0;
      case ExpressionOp::greater_equal:
        return compare(node, *a, *b, false) >= 0;
      default:
        return arithmetic(node, *a, *b);
    }
  }

  Value member(const Node& node) const {
    const Value value = evaluate(*node.operands[0]);
    if (!value) return std::nullopt;
    bool absent = false;
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      const Value item = evaluate(*node.operands[i]);
      if (!item) {
        absent = true;
      } else if (compare(node, *value, *item, true) == 0) {
        return true;
      }
    }
    if (absent) return std::nullopt;
    return false;
  }

  Value call(const Node& node) const {
    std::vector<ParamValue> values;
    for (const auto& operand : node.operands) {
      Value value = evaluate(*operand);
      if (!value) return std::nullopt;
      number_of(*operand, *value);
      values.push_back(std::move(*value));
    }
    if (node.name == "min" || node.name == "max") return extreme(node, values);
    const double x = as_number(values[0]);
    if (node.name == "log") return finite(node, std::log(x));
    if (node.name == "log2") return finite(node, std::log2(x));
    if (node.name == "exp") return finite(node, std::exp(x));
    if (node.name == "abs") return absolute(values[0]);
    return whole(values[0], node.name == "floor" ? std::floor(x) : std::ceil(x));
  }

  static ParamValue extreme(const Node& node, const std::vector<ParamValue>& values) {
    ParamValue best = values[0];
    for (const ParamValue& value : values) {
      const int order = compare(node, value, best, false);
      if (node.name == "min" ? order < 0 : order > 0) best = value;
    }
    return best;
  }

  static ParamValue absolute(const ParamValue& value) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    if (integer && *integer != std::numeric_limits<std::int64_t>::min()) return std::abs(*integer);
    return std::abs(as_number(value));
  }

  /// A rounded number as an integer where it fits.
  static ParamValue whole(const ParamValue& value, double rounded) {
    if (std::holds_alternative<std::int64_t>(value)) return value;
    if (std::abs(rounded) < 9e15) return static_cast<std::int64_t>(rounded);
    return rounded;
  }

  const Expression::Lookup& lookup_;
};

}  // namespace

void throw_expression_error(const std::string& code, const std::string& message, int column, int end_column) {
  Place place;
  place.line = 1;
  place.column = column;
  place.end_line = 1;
  place.end_column = end_column;
  throw Error(code, message, place);
}

int Expression::column_of(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? 1 : columns_[static_cast<std::size_t>(found - names_.begin())];
}

std::optional<ParamValue> Expression::evaluate(const Lookup& lookup) const {
  return Evaluator(lookup).evaluate(*root_);
}

bool Expression::is_true(const Lookup& lookup, bool absent) const {
  const auto value = evaluate(lookup);
  return value ? truth_of(*root_, *value) : absent;
}

}  // namespace hone
