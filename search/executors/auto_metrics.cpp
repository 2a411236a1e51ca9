#include "search/executors/auto_metrics.h"

#include <algorithm>
#include <utility>

#include "core/text.h"

namespace hone {
namespace {

/// Of one source, while nobody knows whether it will speak.
constexpr std::size_t kMostWaiting = 100'000;
constexpr std::size_t kStepsToSpeak = 2;

std::size_t index_of(MetricSource source) { return static_cast<std::size_t>(source); }

void exchange(ReportLine& line, const std::string& name, const std::string& objective) {
  const auto found = line.metrics.find(name);
  if (found != line.metrics.end()) {
    line.metrics[objective] = found->second;
    line.metrics.erase(name);
  }
  std::replace(line.non_finite_metrics.begin(), line.non_finite_metrics.end(), name, objective);
}

std::vector<std::string> names_in(const ReportLine& line) {
  std::vector<std::string> names = line.non_finite_metrics;
  for (const auto& [name, value] : line.metrics) names.push_back(name);
  return names;
}

}  // namespace

std::string_view name_of(MetricSource source) {
  switch (source) {
    case MetricSource::report:
      return "report lines";
    case MetricSource::json:
      return "JSON lines on stdout";
    case MetricSource::pairs:
      return "name=value on stdout";
    case MetricSource::file:
      break;
  }
  return "a file in the trial's folder";
}

bool AutoMetrics::names_all(const Heard& heard) const {
  return std::all_of(objectives_.begin(), objectives_.end(),
                     [&](const std::string& objective) { return heard.names.contains(objective); });
}

bool AutoMetrics::has_all() const {
  return std::any_of(heard_.begin(), heard_.end(), [&](const Heard& heard) { return names_all(heard); });
}

void AutoMetrics::rename(ReportLine& line) const {
  for (const std::string& objective : objectives_) {
    const std::vector<std::string> names = names_in(line);
    if (std::find(names.begin(), names.end(), objective) != names.end()) continue;
    const auto same = std::find_if(names.begin(), names.end(),
                                   [&](const std::string& name) { return to_lower(name) == to_lower(objective); });
    if (same != names.end()) exchange(line, *same, objective);
  }
}

bool AutoMetrics::may_speak(MetricSource source, const Heard& heard) const {
  if (speaker_ && index_of(*speaker_) <= index_of(source)) return false;
  if (source == MetricSource::report) return true;
  return names_all(heard) && heard.steps.size() >= kStepsToSpeak;
}

std::vector<ReportLine> AutoMetrics::take(MetricSource source, ReportLine line) {
  if (source != MetricSource::report) rename(line);
  Heard& heard = heard_[index_of(source)];
  for (const std::string& name : names_in(line)) heard.names.insert(name);
  const bool is_report = line.step || line.final || source == MetricSource::report || source == MetricSource::json;
  if (line.step) heard.steps.insert(*line.step);
  if (is_report) {
    if (heard.waiting.size() < kMostWaiting) heard.waiting.push_back(std::move(line));
  } else {
    for (const std::string& name : line.non_finite_metrics) {
      heard.non_finite.insert(name);
      heard.last.erase(name);
    }
    for (const auto& [name, value] : line.metrics) {
      heard.non_finite.erase(name);
      heard.last[name] = value;
    }
  }
  if (may_speak(source, heard)) speaker_ = source;
  return speaker_ == source ? drain(heard, /*at_end=*/false) : std::vector<ReportLine>();
}

std::vector<ReportLine> AutoMetrics::drain(Heard& heard, bool at_end) {
  std::vector<ReportLine> lines = std::exchange(heard.waiting, {});
  if (!at_end || (heard.last.empty() && heard.non_finite.empty())) return lines;
  ReportLine result;
  result.final = true;
  result.metrics = heard.last;
  result.non_finite_metrics.assign(heard.non_finite.begin(), heard.non_finite.end());
  result.non_finite = !result.non_finite_metrics.empty();
  lines.push_back(std::move(result));
  return lines;
}

std::vector<ReportLine> AutoMetrics::finish() {
  std::vector<ReportLine> lines;
  const auto chosen = std::find_if(heard_.begin(), heard_.end(), [&](const Heard& heard) { return names_all(heard); });
  if (chosen != heard_.end()) {
    speaker_ = static_cast<MetricSource>(chosen - heard_.begin());
    return drain(*chosen, /*at_end=*/true);
  }
  for (Heard& heard : heard_) {
    std::vector<ReportLine> more = drain(heard, /*at_end=*/true);
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return lines;
}

std::string AutoMetrics::found() const {
  if (!speaker_) return "";
  std::vector<std::string> wanted;
  std::vector<std::string> others;
  for (const std::string& name : heard_[index_of(*speaker_)].names) {
    const bool is_objective = std::find(objectives_.begin(), objectives_.end(), name) != objectives_.end();
    (is_objective ? wanted : others).push_back("`" + name + "`");
  }
  std::string text = join(wanted, ", ") + " from " + std::string(name_of(*speaker_));
  if (!others.empty()) text += "; also " + join(others, ", ");
  return text;
}

}  // namespace hone
