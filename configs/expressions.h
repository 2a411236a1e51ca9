#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/param_value.h"

namespace hone {

/// A typed expression of `when`, `forbid`, `--where`: numbers, 'strings', true, false, names, + - * / // % **,
/// comparisons (also chained), `in [..]`, and, or, not, min max abs log log2 exp floor ceil. Parsed once, evaluated
/// often. Immutable and copyable.
class Expression {
 public:
  /// Throws Error("expression::…") whose place columns count from 1 inside `text`.
  static Expression parse(std::string_view text);

  /// Names it reads, in order of first use.
  const std::vector<std::string>& names() const { return names_; }
  /// Answers the value of a name, or nothing when it has none (an inactive parameter).
  using Lookup = std::function<std::optional<ParamValue>(const std::string& name)>;
  /// Nothing when a name it needs has no value (`false and x` needs no x, in either order). Throws
  /// Error("expression::type") for a comparison of text with number and Error("expression::domain") for a result that
  /// is not finite.
  std::optional<ParamValue> evaluate(const Lookup& lookup) const;
  /// evaluate() as truth; `absent` when a name has no value.
  bool is_true(const Lookup& lookup, bool absent) const;

  /// A name compared with a constant (`optimizer == 'sgd'`, each member of `width in [32, 64]`): what a loader can
  /// check against the values the name may take.
  struct Constant {
    std::string name;
    ParamValue value;
    /// One of == != in, which want one of the possible values; < and the like only want the type.
    bool equality = false;
    /// Place of the constant inside the text, columns count from 1, end exclusive.
    int column = 0;
    int end_column = 0;
  };
  const std::vector<Constant>& constants() const { return constants_; }
  /// Place of a name's first use, columns as above.
  int column_of(const std::string& name) const;

  struct Node;
  /// The tree, for whoever walks it (configs/expression_node.h).
  const Node& root() const { return *root_; }

 private:
  friend class ExpressionParser;
  std::shared_ptr<const Node> root_;
  std::vector<std::string> names_;
  std::vector<int> columns_;
  std::vector<Constant> constants_;
};

}  // namespace hone
