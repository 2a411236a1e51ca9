#include "search/executors/metric_files.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/csv_text.h"
#include "core/files.h"
#include "core/text.h"
#include "search/executors/output_pairs.h"
#include "search/executors/tensorboard_events.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 4;
constexpr std::uintmax_t kLargest = 64U << 20;

struct Found {
  fs::path path;
  fs::file_time_type written;
};

/// Regular files below the folder that were written since, by path.
std::vector<Found> files_since(const fs::path& folder, fs::file_time_type since) {
  std::vector<Found> files;
  std::error_code failure;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failure);
  for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure)) {
    if (at.depth() >= kDeepest) at.disable_recursion_pending();
    std::error_code unreadable;
    if (at->symlink_status(unreadable).type() != fs::file_type::regular) continue;
    const auto written = at->last_write_time(unreadable);
    if (unreadable || written < since || at->file_size(unreadable) > kLargest || unreadable) continue;
    files.push_back({at->path(), written});
  }
  std::sort(files.begin(), files.end(), [](const Found& a, const Found& b) { return a.path < b.path; });
  return files;
}

/// One report a step, in order; those without a step stay as they are, at the end.
std::vector<ReportLine> merged(std::vector<ReportLine> lines) {
  std::map<double, ReportLine> by_step;
  std::vector<ReportLine> result;
  std::vector<ReportLine> others;
  for (ReportLine& line : lines) {
    if (!line.step) {
      others.push_back(std::move(line));
      continue;
    }
    ReportLine& into = by_step[*line.step];
    into.step = line.step;
    for (const auto& [name, value] : line.metrics) into.metrics[name] = value;
    into.non_finite = into.non_finite || line.non_finite;
    into.non_finite_metrics.insert(into.non_finite_metrics.end(), line.non_finite_metrics.begin(),
                                   line.non_finite_metrics.end());
  }
  for (auto& [step, line] : by_step) result.push_back(std::move(line));
  result.insert(result.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  return result;
}

/// The newest file of a name.
std::optional<std::string> newest(const std::vector<Found>& files, const char* name) {
  const Found* chosen = nullptr;
  for (const Found& file : files) {
    if (file.path.filename() == name && (chosen == nullptr || file.written > chosen->written)) chosen = &file;
  }
  return chosen == nullptr ? std::nullopt : read_file_if_there(chosen->path);
}

void take_json(const nlohmann::json& value, std::vector<ReportLine>& lines) {
  if (value.is_array()) {
    for (const nlohmann::json& item : value) take_json(item, lines);
  } else if (auto line = read_json_line(value.dump())) {
    line->final = line->final || !line->step;
    lines.push_back(std::move(*line));
  }
}

}  // namespace

std::vector<ReportLine> read_metric_csv(const std::string& text) {
  std::vector<ReportLine> lines;
  std::vector<std::string> header;
  for (const CsvRecord& record : parse_csv_text(text)) {
    const std::vector<std::string>& row = record.fields;
    if (header.empty()) {
      header = row;
      continue;
    }
    nlohmann::json object = nlohmann::json::object();
    for (std::size_t i = 0; i < std::min(row.size(), header.size()); ++i) {
      if (const auto number = parse_number(trim(row[i]))) object[std::string(trim(header[i]))] = *number;
    }
    take_json(object, lines);
  }
  return merged(std::move(lines));
}

std::vector<ReportLine> read_metric_json(const std::string& text) {
  std::vector<ReportLine> lines;
  if (const nlohmann::json whole = parse_line(text); !whole.is_discarded()) {
    take_json(whole, lines);
  } else {
    for (const std::string& line : split(text, '\n')) {
      if (auto report = read_json_line(line)) lines.push_back(std::move(*report));
    }
  }
  return merged(std::move(lines));
}

std::vector<ReportLine> read_metric_files(const fs::path& folder, fs::file_time_type since) {
  const std::vector<Found> files = files_since(folder, since);
  std::vector<ReportLine> lines;
  for (const Found& file : files) {
    if (file.path.filename().string().find("tfevents") == std::string::npos) continue;
    const auto bytes = read_file_if_there(file.path);
    if (!bytes) continue;
    std::vector<ReportLine> more = read_tensorboard_events(*bytes);
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  if (!lines.empty()) return merged(std::move(lines));
  if (const auto csv = newest(files, "metrics.csv")) return read_metric_csv(*csv);
  if (const auto json = newest(files, "metrics.json")) return read_metric_json(*json);
  return {};
}

}  // namespace hone
