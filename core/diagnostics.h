#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace hone {

/// How diagnostics are written: for people, as JSON lines, as GitHub workflow commands.
enum class DiagnosticFormat { text, json, github };

/// Collects every mistake of one run so that the user sees them all at once.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { list_.push_back(std::move(diagnostic)); }
  void error(std::string code, std::string message, Place place = {}, std::string suggestion = {});
  void warning(std::string code, std::string message, Place place = {}, std::string suggestion = {});

  const std::vector<Diagnostic>& list() const { return list_; }
  bool has_errors() const;
  /// Throws an Error with all of them when at least one is an error.
  void throw_if_errors() const;

 private:
  std::vector<Diagnostic> list_;
};

/// Returns the text of a file that a place names, or nothing when it cannot be had.
using SourceText = std::function<std::optional<std::string>(const std::string& file)>;

/// Reads sources from the file system. Nothing for gzip and other binary files (those with a zero byte): their lines
/// would be garbage on a terminal.
std::optional<std::string> source_from_disk(const std::string& file);

/// Renders one diagnostic as rustc does: headline, place, source line, caret, suggestion, notes (cli.md §4).
/// Tabs are expanded and wide characters measured so that the caret stands under the text. Ends with a newline.
std::string render_diagnostic(const Diagnostic& diagnostic, const SourceText& source, bool color);

/// Renders a list: text shows the first 20 and then a count; json one object a line; github one command a line.
std::string render_diagnostics(std::span<const Diagnostic> diagnostics, DiagnosticFormat format,
                               const SourceText& source, bool color);

nlohmann::json to_json_object(const Diagnostic& diagnostic);
/// Reads what to_json_object wrote; throws Error("protocol::bad-diagnostic") for anything else.
Diagnostic diagnostic_from_json(const nlohmann::json& object);

/// Names within optimal-string-alignment distance max(1, length/3) of `word`, nearest first, at most three.
std::vector<std::string> did_you_mean(std::string_view word, std::span<const std::string> candidates);
/// "did you mean `a` or `b`?" for did_you_mean's answer; empty when nothing is near.
std::string suggestion_for(std::string_view word, std::span<const std::string> candidates);

}  // namespace hone
