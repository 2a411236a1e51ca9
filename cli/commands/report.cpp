#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/report/json_document.h"
#include "cli/report/write_report.h"
#include "core/files.h"

namespace hone {

namespace {

struct ReportOptions {
  std::string study;
  std::string output;
  bool markdown = false;
};

ExitCode report(const ReportOptions& options, Console& console) {
  const Results results = make_results(open_study(options.study));
  if (!options.markdown && !console.options().json && options.output.empty()) {
    console.answer(write_reports(results).string() + "\n");
    return ExitCode::ok;
  }
  const std::string text = options.markdown         ? markdown_report(results)
                           : console.options().json ? report_json(results).dump(2) + "\n"
                                                    : html_report(results);
  if (options.output.empty()) {
    console.answer(text);
  } else {
    write_file(options.output, text);
    console.answer(options.output + "\n");
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_report(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option("STUDY", options->study, "spec, folder or store file of the study");
  app.add_option("-o,--output", options->output, "write it to this file")->type_name("FILE");
  app.add_flag("--md", options->markdown, "Markdown on stdout instead of the HTML page");
  app.footer("Without options index.html, report.md and report.json are written into the study's report folder.");
  return [options](Console& console) { return report(*options, console); };
}

}  // namespace hone
