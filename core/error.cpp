#include "core/error.h"

#include <utility>

namespace hone {
namespace {

Diagnostic make_diagnostic(std::string code, std::string message, Place place) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.place = std::move(place);
  return diagnostic;
}

}  // namespace

Error::Error(std::string code, std::string message, Place place, ExitCode exit_code)
    : Error(make_diagnostic(std::move(code), std::move(message), std::move(place)), exit_code) {}

Error::Error(Diagnostic diagnostic, ExitCode exit_code)
    : Error(std::vector<Diagnostic>{std::move(diagnostic)}, exit_code) {}

Error::Error(std::vector<Diagnostic> diagnostics, ExitCode exit_code)
    : diagnostics_(std::move(diagnostics)), exit_code_(exit_code) {
  for (const Diagnostic& diagnostic : diagnostics_) {
    if (!what_.empty()) what_ += '\n';
    what_ += diagnostic.code + ": " + diagnostic.message;
  }
}

}  // namespace hone
