#include "cli/run_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/csv_text.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr std::string_view kFixed[] = {"trial", "step", "state", "origin", "failure", "budget", "seconds", "seed"};
constexpr std::string_view kParam = "param.";
constexpr std::string_view kMetric = "metric.";

bool is_fixed(std::string_view name) {
  return std::find(std::begin(kFixed), std::end(kFixed), name) != std::end(kFixed);
}

std::string metric_column(const std::string& metric) {
  const bool is_taken = is_fixed(metric) || metric.starts_with(kParam) || metric.starts_with(kMetric);
  return is_taken ? std::string(kMetric) + metric : metric;
}

std::string metric_of_column(const std::string& column) {
  return column.starts_with(kMetric) ? column.substr(kMetric.size()) : column;
}

using Cells = std::map<std::string, ParamValue>;

struct RunTable {
  std::vector<std::string> columns;
  std::vector<Cells> lines;
};

Cells cells_of(const Trial& trial) {
  Cells cells;
  cells["trial"] = trial.id;
  cells["state"] = std::string(name_of(trial.state));
  cells["origin"] = std::string(name_of(trial.origin));
  if (trial.state == TrialState::failed) cells["failure"] = std::string(name_of(trial.failure));
  cells["budget"] = trial.budget;
  cells["seconds"] = trial.seconds;
  cells["seed"] = std::to_string(trial.seed);
  for (const auto& [name, value] : trial.params) cells[std::string(kParam) + name] = value;
  return cells;
}

RunTable table_of(const StudyView& study) {
  RunTable table;
  std::set<std::string> metrics;
  const auto add = [&](Cells cells, const std::map<std::string, double>& values) {
    for (const auto& [name, value] : values) {
      metrics.insert(metric_column(name));
      cells[metric_column(name)] = value;
    }
    table.lines.push_back(std::move(cells));
  };
  std::set<std::string> params;
  for (const Trial& trial : study.state.trials) {
    const Cells cells = cells_of(trial);
    for (const auto& [name, value] : trial.params) params.insert(name);
    for (const TrialReport& report : trial.curve) {
      Cells line = cells;
      line["step"] = report.step;
      add(std::move(line), report.metrics);
    }
    if (trial.curve.empty() || !trial.final_metrics.empty()) add(cells, trial.final_metrics);
  }
  table.columns.assign(std::begin(kFixed), std::end(kFixed));
  for (const ParameterSpec& parameter : study.spec.space) {
    table.columns.push_back(std::string(kParam) + parameter.name);
    params.erase(parameter.name);
  }
  // What older trials had before the space was changed.
  for (const std::string& name : params) table.columns.push_back(std::string(kParam) + name);
  table.columns.insert(table.columns.end(), metrics.begin(), metrics.end());
  return table;
}

std::string csv_cell(const std::string& text, bool is_text) {
  const bool looks_like_formula =
      is_text && !text.empty() && std::string_view("=+-@").find(text[0]) != std::string::npos;
  if (!looks_like_formula && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

ParamValue value_of_cell(const std::string& cell) {
  if (cell == "true") return true;
  if (cell == "false") return false;
  if (const auto integer = parse_integer(cell)) return *integer;
  if (const auto number = parse_number(cell)) return *number;
  return cell;
}

/// One line of a table on its way into the trials.
class TableLine {
 public:
  TableLine(const std::vector<std::string>& header, const CsvRecord& record, const std::string& file)
      : header_(header), record_(record), file_(file) {
    if (record.fields.size() != header.size()) {
      fail(fmt::format("the line has {} cells, the header {}", record.fields.size(), header.size()));
    }
  }

  void into(std::vector<Trial>& trials) {
    const auto id = static_cast<std::int64_t>(number("trial"));
    auto trial = std::find_if(trials.begin(), trials.end(), [&](const Trial& other) { return other.id == id; });
    if (trial == trials.end()) trial = trials.insert(trials.end(), begin_trial(id));
    std::map<std::string, double> metrics;
    for (std::size_t i = 0; i < header_.size(); ++i) {
      const std::string& column = header_[i];
      if (is_fixed(column) || column.starts_with(kParam) || record_.fields[i].empty()) continue;
      metrics[metric_of_column(column)] = number(column);
    }
    if (!cell("step").empty()) {
      trial->curve.push_back({number("step"), std::move(metrics)});
    } else {
      trial->final_metrics = std::move(metrics);
    }
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw Error("table::bad-line", message, Place{file_, record_.line, 1});
  }

  /// Empty without such a column.
  std::string cell(const std::string& column) const {
    const auto found = std::find(header_.begin(), header_.end(), column);
    return found == header_.end() ? "" : record_.fields[static_cast<std::size_t>(found - header_.begin())];
  }

  double number(const std::string& column) const {
    const auto value = parse_number(cell(column));
    if (!value) fail(fmt::format("`{}` of column {} is not a number", cell(column), column));
    return *value;
  }

  Trial begin_trial(std::int64_t id) const {
    Trial trial;
    trial.id = id;
    const auto state = trial_state_named(cell("state"));
    if (!state) fail(fmt::format("`{}` is no state of a trial", cell("state")));
    trial.state = *state;
    trial.origin = trial_origin_named(cell("origin")).value_or(TrialOrigin::sampler);
    trial.failure = failure_class_named(cell("failure")).value_or(FailureClass::none);
    if (!cell("budget").empty()) trial.budget = number("budget");
    if (!cell("seconds").empty()) trial.seconds = number("seconds");
    if (!cell("seed").empty()) trial.seed = std::stoull(cell("seed"));
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (!header_[i].starts_with(kParam) || record_.fields[i].empty()) continue;
      trial.params[header_[i].substr(kParam.size())] = value_of_cell(record_.fields[i]);
    }
    return trial;
  }

  const std::vector<std::string>& header_;
  const CsvRecord& record_;
  const std::string& file_;
};

}  // namespace

std::string run_table_csv(const StudyView& study) {
  const RunTable table = table_of(study);
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(table.columns[i], true);
  text += "\r\n";
  for (const Cells& line : table.lines) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) text += ",";
      const auto cell = line.find(table.columns[i]);
      if (cell == line.end()) continue;
      text += csv_cell(to_text(cell->second), std::holds_alternative<std::string>(cell->second));
    }
    text += "\r\n";
  }
  return text;
}

std::string run_table_json(const StudyView& study) {
  const RunTable table = table_of(study);
  nlohmann::json items = nlohmann::json::array();
  for (const Cells& line : table.lines) items.push_back(to_json_object(line));
  const nlohmann::json document = {
      {"hone", 1}, {"kind", "runs"}, {"study", study.spec.study.name}, {"columns", table.columns}, {"items", items}};
  return document.dump(1) + "\n";
}

std::vector<Trial> read_run_table(const std::string& text, const std::string& file) {
  const std::vector<CsvRecord> records = parse_csv_text(text);
  std::vector<Trial> trials;
  for (std::size_t i = 1; i < records.size(); ++i) TableLine(records.front().fields, records[i], file).into(trials);
  return trials;
}

}  // namespace hone
