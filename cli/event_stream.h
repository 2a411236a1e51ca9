#pragma once

#include <fstream>
#include <string>

#include "cli/console.h"
#include "search/driver.h"

namespace hone {

/// An event as a line of --events: {"v":1,"seq":41,"time":…,"event":"reported","trial":3,"attempt":1,…}; the members
/// of its body follow.
std::string event_line(const Event& event);

/// Passes everything on to another observer and writes each event as NDJSON, one write a line.
class EventStream : public DriverObserver {
 public:
  /// `file` "-" = stdout, empty = nowhere. Throws Error("file::unwritable").
  EventStream(DriverObserver& next, const std::string& file, Console& console);

  void on_event(const Study& study, const Event& event) override;
  void on_note(const std::string& text) override { next_.on_note(text); }
  void on_tick(const Study& study, const Executor& executor) override;
  void write(const Event& event);

 private:
  DriverObserver& next_;
  Console& console_;
  bool to_stdout_ = false;
  std::ofstream file_;
};

}  // namespace hone
