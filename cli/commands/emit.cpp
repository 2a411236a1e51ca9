#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "core/process.h"
#include "core/protocol.h"
#include "core/text.h"

namespace hone {

namespace {

struct EmitOptions {
  std::vector<std::string> members;
};

Error bad_member(const std::string& member, const std::string& why) {
  Diagnostic diagnostic;
  diagnostic.code = "usage::bad-report";
  diagnostic.message = fmt::format("`{}` {}", without_controls(member), why);
  diagnostic.suggestion = "write NAME=NUMBER: hone emit acc=0.9 step=3";
  return Error(diagnostic);
}

/// A member of a report line: numbers for metrics, texts where the protocol has them.
void take_member(const std::string& member, nlohmann::json& line) {
  const std::size_t sign = member.find('=');
  if (sign == std::string::npos || sign == 0) throw bad_member(member, "is no NAME=VALUE");
  const std::string name = member.substr(0, sign);
  const std::string value = member.substr(sign + 1);
  const std::string lower = to_lower(value);
  if (const auto number = parse_number(value)) {
    line[name] = *number;
  } else if (value == "true" || value == "false") {
    line[name] = value == "true";
  } else if (is_reserved_metric(name)) {
    line[name] = value;
  } else if (lower == "nan" || lower == "inf" || lower == "-inf") {
    line[name] = lower;  // written bare below: the trial is told to have no finite value
  } else {
    throw bad_member(member, "is no number");
  }
}

/// JSON with bare NaN and Infinity, as report lines may hold them.
std::string line_text(const nlohmann::json& line) {
  std::string text;
  for (const auto& [name, value] : line.items()) {
    text += text.empty() ? "{" : ",";
    const bool is_bare = value.is_string() && !is_reserved_metric(name);
    const std::string shown = !is_bare         ? value.dump()
                              : value == "nan" ? "NaN"
                              : value == "inf" ? "Infinity"
                                               : "-Infinity";
    text += nlohmann::json(name).dump() + ":" + shown;
  }
  return text + "}\n";
}

void append(const std::string& file, const std::string& text) {
  const FileDescriptor out(open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  // One write: lines of several processes never mix.
  if (!out.open() || write(out.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw Error("file::unwritable", fmt::format("cannot write to `{}`: {}", file, std::strerror(errno)));
  }
}

ExitCode emit(const EmitOptions& options) {
  const char* file = std::getenv("HONE_REPORT");
  if (file == nullptr || *file == '\0') {
    Diagnostic diagnostic;
    diagnostic.code = "usage::no-trial";
    diagnostic.message = "hone emit reports from inside a trial: HONE_REPORT is not set";
    diagnostic.suggestion = "let `hone run` start the script that calls it";
    throw Error(diagnostic);
  }
  nlohmann::json line = nlohmann::json::object();
  for (const std::string& member : options.members) take_member(member, line);
  const std::string text = line_text(line);
  if (text.size() > kMaxLineBytes || !parse_report_line(trim(text))) {
    throw bad_member(join(options.members, " "), "is no report line");
  }
  append(file, text);
  return ExitCode::ok;
}

}  // namespace

Action declare_emit(CLI::App& app) {
  auto options = std::make_shared<EmitOptions>();
  app.add_option(
         "NAME=VALUE", options->members,
         "metrics of the trial that calls it; also step, final=true, checkpoint=FILE, status=infeasible, why, note")
      ->required();
  return [options](Console&) { return emit(*options); };
}

}  // namespace hone
