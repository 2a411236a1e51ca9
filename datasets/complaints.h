#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "core/diagnostics.h"

namespace hone {

/// The mistakes found in one data file: enough of them to mend the file in one go, few enough to read.
class Complaints {
 public:
  static constexpr std::size_t kMost = 20;

  /// Nobody reads more: the reader of the file may stop.
  bool full() const { return diagnostics_.list().size() >= kMost; }
  bool empty() const { return diagnostics_.list().empty(); }
  void add(std::string code, std::string message, Place place = {}, std::string suggestion = {}) {
    if (!full()) diagnostics_.error(std::move(code), std::move(message), std::move(place), std::move(suggestion));
  }
  void throw_if_any() const { diagnostics_.throw_if_errors(); }

 private:
  Diagnostics diagnostics_;
};

}  // namespace hone
