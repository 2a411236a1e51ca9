#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/protocol.h"

namespace hone {

/// Where numbers of an unchanged script may stand, the most deliberate first.
enum class MetricSource { report, json, pairs, file };
std::string_view name_of(MetricSource source);

/// `metrics = "auto"` of one attempt (cli.md §10): every source is read, the objectives choose. Report lines count at
/// once. Lines of stdout wait until their source has named every objective at two steps, or until the end: a script
/// that reports may print as well. Without a step the last value of each name is the result. At the end the first
/// source with every objective speaks; without one all that any source said is handed on, so that the message can name
/// it.
class AutoMetrics {
 public:
  explicit AutoMetrics(std::vector<std::string> objectives) : objectives_(std::move(objectives)) {}

  /// A name that differs from an objective's in case alone becomes the objective's. Answers what is to be reported now.
  std::vector<ReportLine> take(MetricSource source, ReportLine line);
  /// What was held back of the source that speaks.
  std::vector<ReportLine> finish();
  /// Whether a source has named every objective: no other one need be looked for.
  bool has_all() const;
  /// "`loss` from name=value on stdout; also `acc`, `lr`"; empty when no source speaks.
  std::string found() const;

 private:
  struct Heard {
    std::vector<ReportLine> waiting;
    /// Last values of lines without a step.
    std::map<std::string, double> last;
    std::set<std::string> non_finite;
    std::set<std::string> names;
    std::set<double> steps;
  };

  bool names_all(const Heard& heard) const;
  void rename(ReportLine& line) const;
  bool may_speak(MetricSource source, const Heard& heard) const;
  std::vector<ReportLine> drain(Heard& heard, bool at_end);

  std::vector<std::string> objectives_;
  std::array<Heard, 4> heard_;
  std::optional<MetricSource> speaker_;
};

}  // namespace hone
