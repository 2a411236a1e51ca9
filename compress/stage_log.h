#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>
#include <string>
#include <vector>

#include "compress/pipeline.h"

namespace hone {

/// The stages of one compression as they happen: a row each for the report, a line of at most 80 columns each for who
/// watches, and the clock that `budget.wall` is held against.
class StageLog {
 public:
  /// `metric`: bare name of the judged metric. The clock starts here.
  StageLog(const CompressionInput& input, std::string metric);

  /// Runs a model on the validation rows by its deployed path, adds its row and tells it. The line shows `note`, the
  /// row `note` and `detail`. Returns the outputs.
  at::Tensor record(const std::string& stage, const ModelArtifact& artifact, const std::string& note,
                    const std::string& detail = "");
  /// Adds to the note of a row, and tells it as a line of `stage`.
  void remark(std::size_t row, const std::string& stage, const std::string& text);
  /// Marks the rows [first, end) as not kept; the last of them says why, and so does a line.
  void roll_back(std::size_t first, std::size_t end, const std::string& why);
  /// The same without a line.
  void set_aside(std::size_t first, std::size_t end, const std::string& why);
  /// A line without a row.
  void tell(const std::string& stage, const std::string& text) const;

  const std::string& metric() const { return metric_; }
  const std::vector<StageReport>& rows() const { return rows_; }
  /// Whether what `budget.wall` leaves is needed for quantising and measuring.
  bool out_of_time() const;

 private:
  double seconds() const;

  const CompressionInput& input_;
  std::string metric_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  double recorded_ = 0;
  std::vector<StageReport> rows_;
};

}  // namespace hone
