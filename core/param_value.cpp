#include "core/param_value.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.h"

namespace hone {

std::string to_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end.ptr);
}

std::string to_text(const ParamValue& value) {
  struct Visitor {
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double d) const { return to_text(d); }
    std::string operator()(const std::string& s) const { return s; }
  };
  return std::visit(Visitor{}, value);
}

nlohmann::json to_json_value(const ParamValue& value) {
  return std::visit([](const auto& plain) { return nlohmann::json(plain); }, value);
}

ParamValue param_from_json(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float() && std::isfinite(value.get<double>())) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  throw Error("protocol::bad-value",
              "a parameter must be a boolean, a finite number or a text (is " + value.dump() + ")");
}

nlohmann::json to_json_object(const Params& params) {
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, value] : params) object[name] = to_json_value(value);
  return object;
}

Params params_from_json(const nlohmann::json& object) {
  if (!object.is_object())
    throw Error("protocol::bad-value", "parameters must be an object (are " + object.dump() + ")");
  Params params;
  for (const auto& [name, value] : object.items()) params[name] = param_from_json(value);
  return params;
}

double as_number(const ParamValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  return std::get<double>(value);
}

}  // namespace hone
