#include "compress/stage_log.h"

#include <algorithm>

#include "compress/predictor.h"
#include "compress/quality.h"
#include "core/files.h"
#include "core/metrics.h"
#include "core/text.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

/// The rest of `budget.wall` is for quantising, measuring and writing.
constexpr double kShareOfWall = 0.7;
constexpr std::size_t kStageColumns = 10;

std::int64_t bytes_of(const ModelArtifact& artifact) {
  const TemporaryFolder folder;
  write_artifact(folder.path() / "model", artifact);
  return weights_bytes(folder.path() / "model");
}

/// 12,345
std::string with_commas(std::int64_t value) {
  std::string text = std::to_string(value);
  for (auto place = static_cast<std::int64_t>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(static_cast<std::size_t>(place), ",");
  }
  return text;
}

/// "99.16 %" for shares of right answers, "rmse 0.4123" for others.
std::string figure_text(const std::string& metric, double value) {
  const MetricInfo* info = find_metric(metric);
  const bool share = info->classification && info->high == 1.0;
  return share ? format_short(100 * value, 4) + " %" : metric + " " + format_short(value, 4);
}

void add_note(StageReport& row, const std::string& text) { row.note += (row.note.empty() ? "" : "; ") + text; }

}  // namespace

StageLog::StageLog(const CompressionInput& input, std::string metric) : input_(input), metric_(std::move(metric)) {}

at::Tensor StageLog::record(const std::string& stage, const ModelArtifact& artifact, const std::string& note,
                            const std::string& detail) {
  const at::Tensor outputs = deployed_outputs(*make_predictor(artifact), input_.validation);
  StageReport row;
  row.stage = stage;
  row.metric = metric_of(outputs, input_.validation, metric_).value();
  row.bytes = bytes_of(artifact);
  row.params = params(artifact.model);
  row.macs = macs(artifact.model);
  row.note = note + detail;
  row.seconds = seconds() - recorded_;
  recorded_ += row.seconds;
  tell(stage, figure_text(metric_, row.metric) + "  " + with_commas(row.params) + " weights  " +
                  format_bytes(row.bytes) + (note.empty() ? "" : "  " + note));
  rows_.push_back(std::move(row));
  return outputs;
}

void StageLog::remark(std::size_t row, const std::string& stage, const std::string& text) {
  add_note(rows_[row], text);
  tell(stage, text);
}

void StageLog::roll_back(std::size_t first, std::size_t end, const std::string& why) {
  if (first == end) return;
  set_aside(first, end, "rolled back: " + why);
  tell(rows_[end - 1].stage, "rolled back: " + why);
}

void StageLog::set_aside(std::size_t first, std::size_t end, const std::string& why) {
  if (first == end) return;
  for (std::size_t i = first; i < end; ++i) rows_[i].kept = false;
  add_note(rows_[end - 1], why);
}

void StageLog::tell(const std::string& stage, const std::string& text) const {
  std::string line = stage;
  line.resize(std::max(kStageColumns, line.size() + 1), ' ');
  input_.note(line + text);
}

bool StageLog::out_of_time() const {
  return input_.options.budget.wall && seconds() > kShareOfWall * *input_.options.budget.wall;
}

double StageLog::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

}  // namespace hone
