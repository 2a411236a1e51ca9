#include "cli/ask_tell/request.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "core/diagnostics.h"

namespace hone {

namespace {

BadRequest bad(const std::string& message) { return BadRequest("bad-request", message); }

/// The classes a client may name.
std::vector<std::string> class_names() {
  std::vector<std::string> names;
  for (int i = 1; i <= static_cast<int>(FailureClass::cancelled); ++i) {
    names.emplace_back(name_of(static_cast<FailureClass>(i)));
  }
  return names;
}

}  // namespace

Request::Request(std::string_view line) : members_(parse_line(line)) {
  if (members_.is_discarded()) throw BadRequest("not-json", "the line is no JSON");
  if (!members_.is_object()) throw BadRequest("not-json", "the line is no JSON object");
  if (const nlohmann::json* id = find("id")) id_ = *id;
}

const nlohmann::json* Request::find(const char* member) const {
  const auto found = members_.find(member);
  return found == members_.end() ? nullptr : &*found;
}

std::string Request::text(const char* member) const {
  const nlohmann::json* value = find(member);
  if (value == nullptr) throw bad(fmt::format("`{}` is missing", member));
  if (!value->is_string()) throw bad(fmt::format("`{}` must be a text", member));
  return value->get<std::string>();
}

std::int64_t Request::integer(const char* member) const {
  const nlohmann::json* value = find(member);
  if (value == nullptr) throw bad(fmt::format("`{}` is missing", member));
  // What does not fit into 64 signed bits is a double or an unsigned number here.
  const bool fits = value->is_number_integer() && (!value->is_number_unsigned() || value->get<std::int64_t>() >= 0);
  if (!fits) throw bad(fmt::format("`{}` must be a whole number", member));
  return value->get<std::int64_t>();
}

std::int64_t Request::count(const char* member, std::int64_t high) const {
  if (find(member) == nullptr) return 1;
  const std::int64_t value = integer(member);
  if (value < 1 || value > high) {
    throw bad(fmt::format("`{}` must be a whole number from 1 to {} (is {})", member, high, value));
  }
  return value;
}

std::int64_t Request::trial() const { return integer("trial"); }

std::optional<std::int64_t> Request::attempt() const {
  if (find("attempt") == nullptr) return std::nullopt;
  return integer("attempt");
}

double Request::step() const {
  const nlohmann::json* value = find("step");
  if (value == nullptr) throw bad("`step` is missing");
  if (!value->is_number() || value->get<double>() < 0) throw bad("`step` must be a number from 0 on");
  return value->get<double>();
}

std::map<std::string, double> Request::metrics(NonFinite non_finite) const {
  std::map<std::string, double> metrics;
  const nlohmann::json* members = find("metrics");
  if (members == nullptr) return metrics;
  if (!members->is_object()) throw bad("`metrics` must be an object of numbers by name");
  for (const auto& [name, value] : members->items()) {
    // JavaScript writes NaN as null.
    if (value.is_null() || is_non_finite(value)) {
      if (non_finite == NonFinite::leave_out) continue;
      throw BadRequest(
          "non-finite",
          fmt::format("metric `{}` is no finite number; a trial without a value is finished as failed with "
                      "class non_finite",
                      name));
    }
    if (!value.is_number()) throw bad(fmt::format("metric `{}` must be a number", name));
    metrics[name] = value.get<double>();
  }
  return metrics;
}

FailureClass Request::failure() const {
  if (find("class") == nullptr) return FailureClass::crash;
  const std::string name = text("class");
  const auto failure = failure_class_named(name);
  if (failure && *failure != FailureClass::none) return *failure;
  const std::string hint = suggestion_for(name, class_names());
  throw BadRequest("unknown-class",
                   fmt::format("there is no class of failures `{}`{}", name, hint.empty() ? "" : "; " + hint));
}

}  // namespace hone
