#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// How a program of ours ends (cli.md §1); scripts rely on the numbers.
enum class ExitCode : int {
  ok = 0,
  answer_no = 1,
  usage = 2,
  budget_unmet = 6,
  busy = 7,
  damaged = 8,
  breaker = 9,
  missing_part = 10,
  bug = 70,
  interrupted = 130,
  terminated = 143,
};

/// A range in a text a user wrote. Lines and columns count from 1 in code points, ends are exclusive; line 0 = no
/// place.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;

  bool known() const { return line > 0; }
};

enum class Severity { error, warning, note };

/// One thing to tell the user about their input; rendered by core/diagnostics.
struct Diagnostic {
  Severity severity = Severity::error;
  /// Stable name `area::slug`, for example `spec::unknown-key`.
  std::string code;
  /// One sentence naming the thing, its value and what would be right.
  std::string message;
  Place place;
  /// Text printed beside the caret, for example "did you mean `learning_rate`?".
  std::string suggestion;
  std::vector<std::string> notes;
};

/// A mistake the user can mend. Caught once, in each program's main.
class Error : public std::exception {
 public:
  Error(std::string code, std::string message, Place place = {}, ExitCode exit_code = ExitCode::usage);
  Error(std::vector<Diagnostic> diagnostics, ExitCode exit_code = ExitCode::usage);
  /// An error with one fully written diagnostic.
  explicit Error(Diagnostic diagnostic, ExitCode exit_code = ExitCode::usage);

  const char* what() const noexcept override { return what_.c_str(); }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  ExitCode exit_code() const { return exit_code_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  ExitCode exit_code_;
  std::string what_;
};

}  // namespace hone
