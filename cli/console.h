#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostics.h"

namespace hone {

/// `auto`, `always`, `never` of --color and --progress.
enum class When { automatic, always, never };

/// The flags every verb understands (cli.md §2 "Global").
struct ConsoleOptions {
  bool quiet = false;
  int verbose = 0;
  When color = When::automatic;
  When progress = When::automatic;
  /// One JSON document on stdout instead of text.
  bool json = false;
  /// Tab-separated rows with full precision instead of tables.
  bool plain = false;
  DiagnosticFormat diagnostics = DiagnosticFormat::text;
};

/// One of the two output streams of the program.
struct OutputStream {
  /// Writes bytes; false once the reader is gone, which is no error of ours.
  std::function<bool(std::string_view)> write;
  bool terminal = false;
  /// Columns of the terminal now; 80 where there is none.
  std::function<int()> columns = [] { return 80; };
};

/// Streams over the descriptors 1 and 2 of this process.
OutputStream stdout_stream();
OutputStream stderr_stream();

/// Looks a variable up; empty values count as unset.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

/// Whether a stream is coloured: flag, then HONE_COLOR, then NO_COLOR before CLICOLOR_FORCE and FORCE_COLOR, then
/// whether it is a terminal that is not dumb.
bool wants_color(When flag, bool terminal, const Environment& environment);
/// Whether progress is drawn on one line that is redrawn: flag, then HONE_PROGRESS, then as above.
bool wants_live_line(When flag, bool terminal, const Environment& environment);

/// Seconds on a clock that only goes forward.
using Stopwatch = std::function<double()>;
Stopwatch steady_stopwatch();

enum class Style { bold, dim, good, bad, warning, accent };

/// Everything the program prints goes through here: the answer to stdout, all else to stderr. The status line is erased
/// before anything permanent and never written to a stream that is no terminal. Not thread-safe.
class Console {
 public:
  Console(OutputStream out, OutputStream err, Environment environment, Stopwatch stopwatch = steady_stopwatch());

  void configure(const ConsoleOptions& options);
  const ConsoleOptions& options() const { return options_; }

  /// Part of the answer, on stdout.
  void answer(std::string_view text);
  /// A permanent line on stderr; left out under -q.
  void note(std::string_view line);
  /// The same for plain text of any length: wrapped to the width of a terminal.
  void say(std::string_view text);
  /// Diagnostics on stderr in the chosen format, warnings too; always shown.
  void diagnose(std::span<const Diagnostic> diagnostics);
  /// Gives diagnostics the text of a source that is no file, to show lines of it.
  void know_source(const std::string& name, const std::string& text) { sources_[name] = text; }
  void warn(const std::string& code, const std::string& message);

  /// Draws the status line, cut to the width; only when live_line(). Calls that come too soon after the last change of
  /// the line are left out: it changes at most four times in a second, erasing included.
  void status(std::string_view text);
  void clear_status();
  bool live_line() const { return live_line_; }
  bool shows_progress() const;

  /// Columns for the answer: the terminal's, else `otherwise`.
  int answer_columns(int otherwise = 1000) const;
  int progress_columns() const { return err_.columns(); }
  /// The text in a style if the stream is coloured.
  std::string styled(Style style, std::string_view text) const;       ///< for stdout
  std::string note_styled(Style style, std::string_view text) const;  ///< for stderr

 private:
  OutputStream out_;
  OutputStream err_;
  Environment environment_;
  ConsoleOptions options_;
  std::map<std::string, std::string> sources_;
  bool out_color_ = false;
  bool err_color_ = false;
  bool live_line_ = false;
  bool status_shown_ = false;
  Stopwatch stopwatch_;
  double status_changed_ = -1;
};

}  // namespace hone
