#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "search/store/store.h"

namespace hone {

/// A store of nothing: a study that runs once and is measured needs no memory of its events.
class ForgetfulStore final : public Store {
 public:
  std::vector<Event> load(std::int64_t) override { return {}; }
  void append(std::span<const Event>, Commit) override {}
  std::optional<std::string> meta(const std::string&) override { return std::nullopt; }
  void set_meta(const std::string&, const std::string&) override {}
  double commit_seconds() const override { return 0; }
};

}  // namespace hone
