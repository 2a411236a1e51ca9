#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "configs/check_spec.h"
#include "configs/expression_kinds.h"

namespace hone {

/// What may stand for a name of an expression.
struct NameFacts {
  /// Nothing for a name that is wrong itself and was reported.
  std::optional<ValueKind> kind;
  /// Its values, when they are few; empty otherwise.
  std::vector<ParamValue> choices;
};
using ExpressionNames = std::map<std::string, NameFacts>;

/// The parameters of [space], those that are wrong themselves included.
ExpressionNames names_of_space(const SpecCheck& check);

/// An expression of a spec as its checks need it.
struct WrittenExpression {
  std::string text;
  /// Dotted path of its value in the spec.
  std::string path;
  /// Who reads, for messages: "the condition of `m`".
  std::string owner;
  /// What the names are, for messages: "parameter of [space]".
  std::string wanted = "parameter of [space]";
};

/// Adds an error inside the expression; columns count from 1 in its text.
void report_inside(const SpecCheck& check, const WrittenExpression& written, const std::string& code,
                   const std::string& message, int column, int end_column, std::string hint = {});

/// Reports syntax, unknown names, constants that a name never has and operands that cannot go together. Nothing after
/// an error.
std::optional<Expression> check_expression(const SpecCheck& check, const WrittenExpression& written,
                                           const ExpressionNames& names);
/// Kind of the result of an expression that check_expression accepted.
std::optional<ValueKind> kind_among(const Expression& expression, const ExpressionNames& names);
/// Reports a result that is not true or false.
void check_is_truth(const SpecCheck& check, const WrittenExpression& written, const Expression& expression,
                    const ExpressionNames& names);

}  // namespace hone
