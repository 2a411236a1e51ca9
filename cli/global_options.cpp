#include "cli/global_options.h"

#include <CLI/CLI.hpp>
#include <map>

namespace hone {

namespace {

const std::map<std::string, When> kWhen = {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
const std::map<std::string, DiagnosticFormat> kDiagnosticFormats = {
    {"text", DiagnosticFormat::text}, {"json", DiagnosticFormat::json}, {"github", DiagnosticFormat::github}};

}  // namespace

void declare_globals(CLI::App& app, GlobalOptions& globals) {
  app.add_option("-C", globals.folder, "work in this folder")->type_name("DIR");
  app.add_flag("-q", globals.console.quiet, "no progress, no hints");
  app.add_flag("-v", globals.console.verbose, "say more");
  app.add_flag("--json", globals.console.json, "the answer as one JSON document");
  app.add_flag("--plain", globals.console.plain, "tab-separated rows, full precision");
  app.add_option("--color", globals.console.color, "colours")
      ->transform(CLI::Transformer(kWhen))
      ->type_name("auto|always|never");
  app.add_option("--progress", globals.console.progress, "live progress")
      ->transform(CLI::Transformer(kWhen))
      ->type_name("auto|always|never");
  app.add_option("--diagnostics", globals.console.diagnostics, "form of errors and warnings")
      ->transform(CLI::Transformer(kDiagnosticFormats))
      ->type_name("text|json|github");
  app.add_flag("--version", globals.version, "version of the program");
  app.add_flag("-h,--help", globals.help, "behind a verb: its options");
}

}  // namespace hone
