#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>

namespace hone {

/// A value of a parameter or option. Doubles are always finite.
using ParamValue = std::variant<bool, std::int64_t, double, std::string>;

/// Active parameters of a trial by name; an inactive parameter is absent.
using Params = std::map<std::string, ParamValue>;

/// Shortest text that reads back equal; booleans `true|false`, strings as they are.
std::string to_text(const ParamValue& value);
/// Shortest decimal text that reads back to the same double ("0.1", "1e-05" never "0.10000000000000001").
std::string to_text(double value);

nlohmann::json to_json_value(const ParamValue& value);
/// Throws Error("protocol::bad-value") for null, arrays, objects and non-finite numbers.
ParamValue param_from_json(const nlohmann::json& value);

nlohmann::json to_json_object(const Params& params);
Params params_from_json(const nlohmann::json& object);

/// The value as a number; booleans count as 0 and 1. Throws std::bad_variant_access for strings.
double as_number(const ParamValue& value);

}  // namespace hone
