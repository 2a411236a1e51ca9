#include "configs/expression_kinds.h"

#include "configs/expression_node.h"
#include "core/error.h"

namespace hone {
namespace {

using Node = Expression::Node;
using Kind = std::optional<ValueKind>;

class KindWalk {
 public:
  explicit KindWalk(const KindLookup& lookup) : lookup_(lookup) {}

  Kind kind_of_node(const Node& node) const {
    switch (node.op) {
      case ExpressionOp::constant:
        return kind_of(node.value);
      case ExpressionOp::name:
        return lookup_(node.name);
      case ExpressionOp::not_:
      case ExpressionOp::and_:
      case ExpressionOp::or_:
        return want_all(node, ValueKind::truth);
      case ExpressionOp::equal:
      case ExpressionOp::unequal:
      case ExpressionOp::in:
        want_alike(node);
        return ValueKind::truth;
      case ExpressionOp::less:
      case ExpressionOp::less_equal:
      case ExpressionOp::greater:
      case ExpressionOp::greater_equal:
        want_all(node, ValueKind::number);
        return ValueKind::truth;
      default:
        return want_all(node, ValueKind::number);
    }
  }

 private:
  Kind want_all(const Node& node, ValueKind wanted) const {
    for (const auto& operand : node.operands) {
      const Kind kind = kind_of_node(*operand);
      if (kind && *kind != wanted) fail(*operand, words_of(wanted) + " is wanted here, not " + words_of(*kind));
    }
    return wanted;
  }

  void want_alike(const Node& node) const {
    const Kind first = kind_of_node(*node.operands[0]);
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      const Kind other = kind_of_node(*node.operands[i]);
      if (first && other && *first != *other) {
        fail(*node.operands[i], words_of(*first) + " is never equal to " + words_of(*other));
      }
    }
  }

  [[noreturn]] static void fail(const Node& node, const std::string& message) {
    throw_expression_error("expression::type", message, node.column, node.end_column);
  }

  const KindLookup& lookup_;
};

}  // namespace

ValueKind kind_of(const ParamValue& value) {
  if (std::holds_alternative<bool>(value)) return ValueKind::truth;
  return std::holds_alternative<std::string>(value) ? ValueKind::text : ValueKind::number;
}

ValueKind kind_of(const ParameterSpec& parameter) {
  if (parameter.type == ParameterType::bool_) return ValueKind::truth;
  return parameter.choices.empty() ? ValueKind::number : kind_of(parameter.choices.front());
}

std::string words_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
      return "a number";
    case ValueKind::text:
      return "a text";
    case ValueKind::truth:
      return "true or false";
  }
  return "";
}

std::optional<ValueKind> result_kind(const Expression& expression, const KindLookup& lookup) {
  return KindWalk(lookup).kind_of_node(expression.root());
}

}  // namespace hone
