#pragma once

#include <functional>
#include <optional>
#include <string>

#include "configs/experiment_spec.h"
#include "configs/expressions.h"

namespace hone {

/// What a value of an expression is.
enum class ValueKind { number, text, truth };
ValueKind kind_of(const ParamValue& value);
/// Of the values a parameter may have.
ValueKind kind_of(const ParameterSpec& parameter);
/// "a number", "a text", "true or false".
std::string words_of(ValueKind kind);

/// The kind of a name; nothing when it is not known.
using KindLookup = std::function<std::optional<ValueKind>(const std::string& name)>;
/// The kind of an expression's result, found without evaluating it; nothing where it hangs on a name without a kind.
/// Throws Error("expression::type") with a place inside the text for operands that cannot go together.
std::optional<ValueKind> result_kind(const Expression& expression, const KindLookup& lookup);

}  // namespace hone
