#include "core/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

constexpr std::size_t kShown = 20;
constexpr int kTabWidth = 4;

Diagnostic make_diagnostic(Severity severity, std::string code, std::string message, Place place,
                           std::string suggestion) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.place = std::move(place);
  diagnostic.suggestion = std::move(suggestion);
  return diagnostic;
}

std::string_view severity_word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// Wraps text in an SGR sequence; plain when colours are off.
struct Painter {
  bool on;
  std::string operator()(std::string_view sgr, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", sgr, text) : std::string(text);
  }
};

std::string_view severity_color(Severity severity) {
  return severity == Severity::error ? "1;31" : severity == Severity::warning ? "1;33" : "1;36";
}

/// Text of other people on one line: without controls and line breaks.
std::string one_line(std::string_view text) {
  std::string clean = without_controls(text);
  std::replace(clean.begin(), clean.end(), '\n', ' ');
  return clean;
}

std::optional<std::string> line_of(const std::string& text, int line) {
  std::size_t start = 0;
  for (int i = 1; i < line; ++i) {
    start = text.find('\n', start);
    if (start == std::string::npos) return std::nullopt;
    ++start;
  }
  return text.substr(start, text.find('\n', start) - start);
}

/// A source line as a terminal shows it, with the terminal column of every code point boundary.
struct ShownLine {
  std::string text;
  std::vector<int> columns;
};

ShownLine show_line(const std::string& line) {
  ShownLine shown;
  int column = 0;
  for (char32_t point : to_code_points(line)) {
    shown.columns.push_back(column);
    if (point == U'\t') {
      const int blanks = kTabWidth - column % kTabWidth;
      shown.text.append(static_cast<std::size_t>(blanks), ' ');
      column += blanks;
    } else if (point >= 0x20 && !(point >= 0x7F && point < 0xA0)) {
      append_utf8(shown.text, point);
      column += columns_of(point);
    }
  }
  shown.columns.push_back(column);
  return shown;
}

/// Terminal column of a code point column that counts from 1; beyond the end it is the end.
int shown_column(const ShownLine& line, int column) {
  const auto index = static_cast<std::size_t>(std::max(column - 1, 0));
  return line.columns[std::min(index, line.columns.size() - 1)];
}

std::string carets(const ShownLine& line, const Place& place) {
  const int first = shown_column(line, place.column);
  const int last = place.end_line > place.line ? line.columns.back() : shown_column(line, place.end_column);
  return std::string(static_cast<std::size_t>(first), ' ') +
         std::string(static_cast<std::size_t>(std::max(last - first, 1)), '^');
}

/// "note: a; b; help: c": notes that are a help say so themselves.
std::string notes_line(const std::vector<std::string>& notes) {
  const std::string text = one_line(join(notes, "; "));
  return (notes.front().starts_with("help: ") ? "" : "note: ") + text + "\n";
}

std::string escape_github(std::string_view text, bool property) {
  std::string escaped;
  for (char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    escaped += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

std::string render_github(const Diagnostic& diagnostic) {
  const std::string_view command =
      diagnostic.severity == Severity::note ? "notice" : severity_word(diagnostic.severity);
  std::string place;
  if (diagnostic.place.known()) {
    place = fmt::format(" file={},line={},col={}", escape_github(diagnostic.place.file, true), diagnostic.place.line,
                        diagnostic.place.column);
  }
  std::string text = diagnostic.message;
  if (!diagnostic.suggestion.empty()) text += "; " + diagnostic.suggestion;
  if (!diagnostic.code.empty()) text += " [" + diagnostic.code + "]";
  return fmt::format("::{}{}::{}\n", command, place, escape_github(text, false));
}

}  // namespace

void Diagnostics::error(std::string code, std::string message, Place place, std::string suggestion) {
  add(make_diagnostic(Severity::error, std::move(code), std::move(message), std::move(place), std::move(suggestion)));
}

void Diagnostics::warning(std::string code, std::string message, Place place, std::string suggestion) {
  add(make_diagnostic(Severity::warning, std::move(code), std::move(message), std::move(place), std::move(suggestion)));
}

bool Diagnostics::has_errors() const {
  return std::any_of(list_.begin(), list_.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void Diagnostics::throw_if_errors() const {
  if (has_errors()) throw Error(list_);
}

std::optional<std::string> source_from_disk(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text(std::istreambuf_iterator<char>(stream), {});
  const bool is_gzip = text.starts_with("\x1f\x8b");
  if (is_gzip || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}

std::string render_diagnostic(const Diagnostic& diagnostic, const SourceText& source, bool color) {
  const Painter paint{color};
  std::string head(severity_word(diagnostic.severity));
  if (!diagnostic.code.empty()) head += "[" + one_line(diagnostic.code) + "]";
  std::string text = paint(severity_color(diagnostic.severity), head) + paint("1", ": " + one_line(diagnostic.message));
  text += "\n";

  const Place& place = diagnostic.place;
  std::optional<std::string> line;
  if (place.known()) {
    text += fmt::format("  {} {}:{}:{}\n", paint("34", "-->"), one_line(place.file), place.line, place.column);
    const auto content = source ? source(place.file) : std::nullopt;
    if (content) line = line_of(*content, place.line);
  }
  const std::string suggestion = one_line(diagnostic.suggestion);
  if (line) {
    const ShownLine shown = show_line(*line);
    const std::string number = std::to_string(place.line);
    text += paint("34", number + " |") + " " + shown.text + "\n";
    text += paint("34", std::string(number.size(), ' ') + " |") + " ";
    text +=
        paint(severity_color(diagnostic.severity), carets(shown, place) + (suggestion.empty() ? "" : " " + suggestion));
    text += "\n";
  } else if (!suggestion.empty()) {
    text += "  " + suggestion + "\n";
  }
  if (!diagnostic.notes.empty()) text += notes_line(diagnostic.notes);
  return text;
}

std::string render_diagnostics(std::span<const Diagnostic> diagnostics, DiagnosticFormat format,
                               const SourceText& source, bool color) {
  std::string text;
  std::size_t shown = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (format == DiagnosticFormat::json) {
      text += to_json_object(diagnostic).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    } else if (format == DiagnosticFormat::github) {
      text += render_github(diagnostic);
    } else if (shown == kShown) {
      return text + fmt::format("… and {} more\n", diagnostics.size() - kShown);
    } else {
      text += render_diagnostic(diagnostic, source, color);
      ++shown;
    }
  }
  return text;
}

nlohmann::json to_json_object(const Diagnostic& diagnostic) {
  return {{"severity", severity_word(diagnostic.severity)},
          {"code", diagnostic.code},
          {"message", diagnostic.message},
          {"file", diagnostic.place.file},
          {"line", diagnostic.place.line},
          {"column", diagnostic.place.column},
          {"end_line", diagnostic.place.end_line},
          {"end_column", diagnostic.place.end_column},
          {"suggestion", diagnostic.suggestion},
          {"notes", diagnostic.notes}};
}

Diagnostic diagnostic_from_json(const nlohmann::json& object) {
  try {
    Diagnostic diagnostic;
    const auto severity = object.at("severity").get<std::string>();
    if (severity != "error" && severity != "warning" && severity != "note") {
      throw Error("protocol::bad-diagnostic", "severity must be one of error, warning, note (is " + severity + ")");
    }
    diagnostic.severity = severity == "error"     ? Severity::error
                          : severity == "warning" ? Severity::warning
                                                  : Severity::note;
    object.at("code").get_to(diagnostic.code);
    object.at("message").get_to(diagnostic.message);
    object.at("file").get_to(diagnostic.place.file);
    object.at("line").get_to(diagnostic.place.line);
    object.at("column").get_to(diagnostic.place.column);
    object.at("end_line").get_to(diagnostic.place.end_line);
    object.at("end_column").get_to(diagnostic.place.end_column);
    object.at("suggestion").get_to(diagnostic.suggestion);
    object.at("notes").get_to(diagnostic.notes);
    return diagnostic;
  } catch (const nlohmann::json::exception& problem) {
    throw Error("protocol::bad-diagnostic", std::string("a diagnostic cannot be read: ") + problem.what());
  }
}

}  // namespace hone
