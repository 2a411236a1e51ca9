#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// What hone and a process that does its work say to each other (trainers.md §9, architecture.md "Brief", "Lines").
///
/// A *command* gets argv and environment and writes untagged report lines. A *worker* (`hone-worker`) gets one JSON
/// brief a line on stdin and writes lines on fd 3:
///   {"hello":{"version":"…","protocol":1}}                      once, first
///   {"trial":17,"attempt":2,"step":3,"val_accuracy":0.97,"val_loss":0.1}       metrics after a step; step = budget
///   reached
///   {"trial":17,"attempt":2,"checkpoint":"checkpoint-9.h5","step":9}           file name in the trial folder
///   {"trial":17,"attempt":2,"final":true,"val_accuracy":0.97}   overrides the objective's `from`; ours: the best epoch
///   {"trial":17,"attempt":2,"status":"infeasible|non_finite|out_of_memory","why":"…"}
///   {"note":"…"}  {"diagnostic":{…}}  {"result":"result.json"}  (result: file name in the brief's `folder`)
///   {"end":0,"seconds":1.25}                                    closes a job: one of TrialExit, seconds of real work
///
/// Briefs, all paths absolute:
///   {"job":"import","source":…,"dataset":{DatasetSpec as in configs/spec_json.h},"folder":…,"file":"<.data folder>"}
///        result: {"file":"<hash>.h5","facts":{DataFacts}}
///   {"job":"split","file":"x.h5","split":{SplitSpec},"folder":…,"out":"split.h5"}
///        result: {"train":n,"validation":n,"test":n}
///   {"job":"train","device":"cpu","threads":1,"cores":[0],"dataset":{"file","split","numeric"},"trials":[{"trial":17,"attempt":2,
///    "seed":"…","fold":0,"budget":27,"params":{},"model":{ModelSpec},"trainer":{options},"folder":…,"resume":"checkpoint-9.h5"|""}]}
///        leaves model/ (ModelArtifact of the best epoch) and checkpoint-<budget>.h5 in the trial folder
///   {"job":"evaluate","device","threads","dataset","model":"<model folder>","rows":"train|val|test","folder"}
///        result: {"rows":n,"metrics":{"accuracy":…}}
///   {"job":"compress","device","threads","dataset","model":"<source folder>","out":"<new folder>","seed":"…",
///    "options":{CompressSpec as in configs/spec_json.h},"trainer":{options of the winner},"folder"}
///        result: CompressionReport as JSON (compress/report.h)
///   {"job":"predict","threads","model":"<folder>","input":"new.csv","proba":false,"folder"}
///        result: {"rows":n,"output":"predictions.csv"}
inline constexpr int kProtocolVersion = 1;
inline constexpr int kReportFd = 3;
/// Longest report line of a command that is understood.
inline constexpr std::size_t kMaxLineBytes = 4096;

/// Exit codes of a trial process, also the number in {"end":…}.
enum class TrialExit : int {
  done = 0,
  usage = 64,
  infeasible = 65,
  elsewhere = 75,
  out_of_memory = 76,
  stopped = 77,
  failed = 1,
};

/// Why a trial did not complete (reliability.md §2).
enum class FailureClass {
  none,
  usage,
  environment,
  no_result,
  infeasible,
  non_finite,
  out_of_memory,
  timeout,
  stalled,
  crash,
  hardware,
  preempted,
  lost,
  disk_full,
  cancelled,
};
std::string_view name_of(FailureClass failure);
std::optional<FailureClass> failure_class_named(std::string_view name);

/// A line from a trial, understood.
struct ReportLine {
  std::optional<std::int64_t> trial;
  std::optional<std::int64_t> attempt;
  std::optional<double> step;
  std::map<std::string, double> metrics;
  bool final = false;
  std::string checkpoint;
  std::string status;
  std::string why;
  std::string note;
  /// JSON text of the members, empty when the line has none.
  std::string diagnostic;
  std::string hello;
  std::string result;
  std::optional<int> end;
  std::optional<double> seconds;
  /// A metric was NaN or infinite (also Python's bare NaN, Infinity tokens); `metrics` holds the finite ones.
  bool non_finite = false;
  /// The names of those metrics.
  std::vector<std::string> non_finite_metrics;
};

/// Reads a line; nothing when it is no JSON object, longer than `longest` bytes or a member has the wrong type.
/// The limit is for commands; lines of our own worker may be longer.
std::optional<ReportLine> parse_report_line(std::string_view line, std::size_t longest = kMaxLineBytes);

/// JSON of a line in which bare non-finite numbers (NaN and Infinity of Python's json, nan and inf of C's printf) may
/// stand for values; discarded() when it is none.
nlohmann::json parse_line(std::string_view line);
/// Whether a value of such a line was a non-finite number.
bool is_non_finite(const nlohmann::json& value);

/// Metric names that lines use themselves and that no metric may have.
bool is_reserved_metric(std::string_view name);

}  // namespace hone
