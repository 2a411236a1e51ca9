#pragma once

#include <filesystem>
#include <string>

#include "cli/report/results.h"

namespace hone {

/// The report as one self-contained HTML page (cli.md §8): no network, no inline handlers, data escaped.
std::string html_report(const Results& results);
std::string markdown_report(const Results& results);

/// Writes index.html, report.md and report.json into <study>/report and answers the page's path.
std::filesystem::path write_reports(const Results& results);

}  // namespace hone
