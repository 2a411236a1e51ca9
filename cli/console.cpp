#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

#include "cli/format.h"
#include "core/text.h"

namespace hone {

namespace {

/// A redraw and an erasure next to each other still leave at most four changes in any second.
constexpr double kStatusSeconds = 1.0 / 3;

OutputStream descriptor_stream(int fd) {
  OutputStream stream;
  stream.terminal = ::isatty(fd) == 1;
  stream.write = [fd](std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(fd, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  };
  stream.columns = [fd] {
    winsize size{};
    return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? int{size.ws_col} : 80;
  };
  return stream;
}

bool is_dumb(const Environment& environment) { return environment("TERM") == "dumb"; }

std::optional<bool> chosen(When flag, const std::optional<std::string>& variable) {
  if (flag != When::automatic) return flag == When::always;
  if (variable == "always") return true;
  if (variable == "never") return false;
  return std::nullopt;
}

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::good:
      return "\x1b[32m";
    case Style::bad:
      return "\x1b[31m";
    case Style::warning:
      return "\x1b[33m";
    case Style::accent:
      return "\x1b[36m";
  }
  return "";
}

std::string paint(bool color, Style style, std::string_view text) {
  if (!color || text.empty()) return std::string(text);
  return std::string(escape_of(style)) + std::string(text) + "\x1b[0m";
}

}  // namespace

OutputStream stdout_stream() { return descriptor_stream(STDOUT_FILENO); }
OutputStream stderr_stream() { return descriptor_stream(STDERR_FILENO); }

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string(value);
  };
}

bool wants_color(When flag, bool terminal, const Environment& environment) {
  if (const auto choice = chosen(flag, environment("HONE_COLOR"))) return *choice;
  if (environment("NO_COLOR")) return false;
  for (const char* force : {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
    const auto value = environment(force);
    if (value && *value != "0") return true;
  }
  return terminal && !is_dumb(environment);
}

bool wants_live_line(When flag, bool terminal, const Environment& environment) {
  if (const auto choice = chosen(flag, environment("HONE_PROGRESS"))) return *choice && terminal;
  return terminal && !is_dumb(environment);
}

Stopwatch steady_stopwatch() {
  const auto start = std::chrono::steady_clock::now();
  return [start] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
}

Console::Console(OutputStream out, OutputStream err, Environment environment, Stopwatch stopwatch)
    : out_(std::move(out)),
      err_(std::move(err)),
      environment_(std::move(environment)),
      stopwatch_(std::move(stopwatch)) {
  configure({});
}

void Console::configure(const ConsoleOptions& options) {
  options_ = options;
  out_color_ = wants_color(options.color, out_.terminal, environment_);
  err_color_ = wants_color(options.color, err_.terminal, environment_);
  live_line_ = !options.quiet && wants_live_line(options.progress, err_.terminal, environment_);
}

bool Console::shows_progress() const {
  if (options_.quiet) return false;
  if (options_.progress == When::never) return false;
  return options_.progress == When::always || environment_("HONE_PROGRESS") != "never";
}

void Console::answer(std::string_view text) {
  clear_status();
  out_.write(text);
}

void Console::note(std::string_view line) {
  if (options_.quiet) return;
  clear_status();
  err_.write(std::string(line) + "\n");
}

void Console::say(std::string_view text) {
  if (!err_.terminal) return note(text);
  const std::string wrapped = wrap_labelled("", text, err_.columns(), 0);
  note(std::string_view(wrapped).substr(0, wrapped.size() - 1));
}

void Console::diagnose(std::span<const Diagnostic> diagnostics) {
  if (diagnostics.empty()) return;
  clear_status();
  const auto source = [this](const std::string& name) {
    const auto known = sources_.find(name);
    return known == sources_.end() ? source_from_disk(name) : std::optional(known->second);
  };
  err_.write(render_diagnostics(diagnostics, options_.diagnostics, source, err_color_));
}

void Console::warn(const std::string& code, const std::string& message) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  diagnostic.code = code;
  diagnostic.message = message;
  diagnose({&diagnostic, 1});
}

void Console::status(std::string_view text) {
  if (!live_line_) return;
  const double now = stopwatch_();
  if (status_changed_ >= 0 && now - status_changed_ < kStatusSeconds) return;
  // A line as wide as the terminal would make some of them wrap. After a permanent line the cursor stands at its start.
  err_.write((status_shown_ ? "\r" : "") + fit_width(text, err_.columns() - 1) + "\x1b[K");
  status_shown_ = true;
  status_changed_ = now;
}

void Console::clear_status() {
  if (!status_shown_) return;
  err_.write("\r\x1b[K");
  status_shown_ = false;
  status_changed_ = stopwatch_();
}

int Console::answer_columns(int otherwise) const { return out_.terminal ? out_.columns() : otherwise; }

std::string Console::styled(Style style, std::string_view text) const { return paint(out_color_, style, text); }
std::string Console::note_styled(Style style, std::string_view text) const { return paint(err_color_, style, text); }

}  // namespace hone
