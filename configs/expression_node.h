#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "configs/expressions.h"

namespace hone {

enum class ExpressionOp {
  constant,
  name,
  negate,
  not_,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,  ///< the first operand equals one of the others
  and_,
  or_,
  call,
};

/// A function of an expression and how many arguments it takes.
struct ExpressionFunction {
  std::string_view name;
  std::size_t least;
  std::size_t most;
};

/// A node of the tree that ExpressionParser makes and Expression::evaluate walks.
struct Expression::Node {
  ExpressionOp op = ExpressionOp::constant;
  /// Of a constant.
  ParamValue value;
  /// Of a name or call.
  std::string name;
  std::vector<std::shared_ptr<const Node>> operands;
  /// Place in the text, columns count from 1, end exclusive.
  int column = 1;
  int end_column = 1;
};

/// Throws Error with a place inside an expression.
[[noreturn]] void throw_expression_error(const std::string& code, const std::string& message, int column,
                                         int end_column);

}  // namespace hone
