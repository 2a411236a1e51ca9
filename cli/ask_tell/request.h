#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/protocol.h"

namespace hone {

/// A request that cannot be met; the client hears of it and goes on.
class BadRequest : public std::runtime_error {
 public:
  /// `code` is the slug after `ask::`.
  BadRequest(const std::string& code, const std::string& message)
      : std::runtime_error(message), code_("ask::" + code) {}
  const std::string& code() const { return code_; }

 private:
  std::string code_;
};

enum class NonFinite { refuse, leave_out };

/// One line of a client, taken apart. Members that no operation reads are ignored.
class Request {
 public:
  /// Throws BadRequest("not-json") for anything but a JSON object.
  explicit Request(std::string_view line);

  /// The client's name for this request, whatever JSON it is; null when it sent none.
  const nlohmann::json& id() const { return id_; }

  /// The rest throws BadRequest("bad-request") for a member that is missing or of a wrong type.
  std::string op() const { return text("op"); }
  std::string text(const char* member) const;
  /// 1 … `high`; 1 when it is not there.
  std::int64_t count(const char* member, std::int64_t high) const;
  std::int64_t trial() const;
  std::optional<std::int64_t> attempt() const;
  double step() const;
  /// Empty when there are none. Throws BadRequest("non-finite") naming a metric that is no finite number, unless such
  /// ones are left out.
  std::map<std::string, double> metrics(NonFinite non_finite) const;
  /// The class of a failure; `crash` when it is not there. Throws BadRequest("unknown-class").
  FailureClass failure() const;

 private:
  const nlohmann::json* find(const char* member) const;
  std::int64_t integer(const char* member) const;

  nlohmann::json members_;
  nlohmann::json id_;
};

}  // namespace hone
