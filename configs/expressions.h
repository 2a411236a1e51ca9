#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/param_value.h"

namespace hone {

/// A typed expression of `when`, `forbid`, `--where`: numbers, 'strings', names, + - * / // % **, comparisons,
/// and or not in, min max abs log log2 exp floor ceil. Parsed once, evaluated often. Immutable and copyable.
class Expression {
 public:
  /// Throws Error("expression::…") whose place columns count from 1 inside `text`.
  static Expression parse(std::string_view text);

  /// Names it reads, in order of first use.
  const std::vector<std::string>& names() const;
  /// Answers the value of a name, or nothing when it has none (an inactive parameter).
  using Lookup = std::function<std::optional<ParamValue>(const std::string& name)>;
  /// Nothing when a name it needs has no value. Throws Error("expression::type") for a comparison of text with number
  /// and Error("expression::domain") for a result that is not finite.
  std::optional<ParamValue> evaluate(const Lookup& lookup) const;
  /// evaluate() as truth; `absent` when a name has no value.
  bool is_true(const Lookup& lookup, bool absent) const;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;
  std::vector<std::string> names_;
};

}  // namespace hone
