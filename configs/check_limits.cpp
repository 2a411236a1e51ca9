#include "configs/check_spec.h"
#include "configs/limits.h"
#include "configs/load_spec.h"

namespace hone {
namespace {

/// The task as far as the spec says it: in [dataset], or by an objective that exists for one task only.
std::string task_of(const ExperimentSpec& spec) {
  if (spec.dataset.task != "auto" || spec.objectives.empty()) return spec.dataset.task;
  const MetricInfo* metric = find_metric(spec.objectives.front().metric);
  if (metric == nullptr || metric->classification == metric->regression) return "auto";
  return metric->classification ? "classification" : "regression";
}

void check_limit(const SpecCheck& check, const std::string& text, const Place& place) {
  try {
    const Limit limit = parse_limit(text);
    const MetricInfo* metric = is_quality(limit) ? find_metric(limit.figure) : nullptr;
    const std::string task = task_of(check.spec);
    if (metric == nullptr || task == "auto") return;
    if (task == "classification" ? metric->classification : metric->regression) return;
    check.diagnostics.error("compress::bad-limit",
                            "limit `" + limit.text + "`: `" + limit.figure + "` does not exist for " + task, place);
  } catch (const Error& error) {
    for (Diagnostic mistake : error.diagnostics()) {
      mistake.place = place;
      check.diagnostics.add(std::move(mistake));
    }
  }
}

}  // namespace

void check_limits(const SpecCheck& check) {
  const std::vector<std::string>& limits = check.spec.compress.limits;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    check_limit(check, limits[i], place_of(check.origins, "compress.limits[" + std::to_string(i) + "]"));
  }
}

}  // namespace hone
