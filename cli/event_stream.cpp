#include "cli/event_stream.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/format.h"

namespace hone {

std::string event_line(const Event& event) {
  nlohmann::ordered_json line = {{"v", 1}, {"seq", event.seq}, {"time", format_time_utc(event.time_us)}};
  line["event"] = std::string(name_of(event.kind));
  if (event.trial) line["trial"] = *event.trial;
  if (event.attempt) line["attempt"] = *event.attempt;
  const auto body = nlohmann::ordered_json::parse(event.body, nullptr, /*allow_exceptions=*/false);
  if (body.is_object()) {
    for (const auto& [name, value] : body.items()) {
      if (!line.contains(name)) line[name] = value;
    }
  }
  return line.dump() + "\n";
}

EventStream::EventStream(DriverObserver& next, const std::string& file, Console& console)
    : next_(next), console_(console), to_stdout_(file == "-") {
  if (file.empty() || to_stdout_) return;
  file_.open(file, std::ios::binary | std::ios::app);
  if (!file_) throw Error("file::unwritable", fmt::format("--events: `{}` cannot be written", file));
}

void EventStream::write(const Event& event) {
  if (to_stdout_) console_.answer(event_line(event));
  if (file_.is_open()) file_ << event_line(event) << std::flush;
}

void EventStream::on_event(const Study& study, const Event& event) {
  write(event);
  next_.on_event(study, event);
}

void EventStream::on_tick(const Study& study, const Executor& executor) { next_.on_tick(study, executor); }

}  // namespace hone
