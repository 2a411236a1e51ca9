#include "cli/report/write_report.h"

#include <nlohmann/json.hpp>

#include "cli/report/json_document.h"
#include "cli/study_files.h"
#include "core/files.h"

namespace hone {

std::filesystem::path write_reports(const Results& results) {
  const std::filesystem::path folder = results.folder / kReportFolder;
  std::filesystem::create_directories(folder);
  const std::filesystem::path page = folder / "index.html";
  write_file(page, html_report(results), Durability::renamed);
  write_file(folder / "report.md", markdown_report(results), Durability::renamed);
  const nlohmann::json document = report_json(results);
  write_file(folder / "report.json", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n",
             Durability::renamed);
  return page;
}

}  // namespace hone
