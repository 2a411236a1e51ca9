#include "compress/judge.h"

#include <algorithm>
#include <cassert>

#include "core/statistics.h"
#include "core/text.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

PairedMetric metric_pair(const Limit& limit, const ValidationPair& pair) {
  return {metric_of(pair.source, pair.rows, limit.figure).value(),
          metric_of(pair.result, pair.rows, limit.figure).value()};
}

void judge_quality(const Limit& limit, const ValidationPair& pair, std::uint64_t seed, LimitReport& verdict) {
  const PairedMetric metric = metric_pair(limit, pair);
  verdict.reached = in_unit_of(limit, metric.source, metric.result);
  verdict.n = pair.rows.rows();
  std::vector<double> drawn;
  for (const PairedMetric& m : paired_resamples(pair.source, pair.result, pair.rows, limit.figure, seed)) {
    drawn.push_back(in_unit_of(limit, m.source, m.result));
  }
  verdict.low = quantile(drawn, 0.025);
  verdict.high = quantile(drawn, 0.975);
}

void judge_latency(const Limit& limit, const CostFigures& costs, LimitReport& verdict) {
  const auto figure = std::find_if(costs.latency.begin(), costs.latency.end(),
                                   [&](const LatencyFigure& f) { return f.batch == limit.batch; });
  assert(figure != costs.latency.end());
  verdict.reached = in_unit_of(limit, figure->source_p50_ms, figure->result_p50_ms);
  // The interval is that of the ratio; for an absolute limit the result moves with it.
  verdict.low = verdict.reached * figure->speedup / figure->speedup_high;
  verdict.high = verdict.reached * figure->speedup / figure->speedup_low;
}

}  // namespace

bool quality_holds(std::span<const Limit> limits, const ValidationPair& pair, std::string* why) {
  for (const Limit& limit : limits) {
    if (!is_quality(limit)) continue;
    const PairedMetric metric = metric_pair(limit, pair);
    const double reached = in_unit_of(limit, metric.source, metric.result);
    if (holds(limit, reached)) continue;
    *why = "breaks `" + limit.text + "` with " + format_short(reached) + limit.unit;
    return false;
  }
  return true;
}

bool keeps_half_of_quality(std::span<const Limit> limits, const ValidationPair& pair) {
  for (const Limit& limit : limits) {
    if (!is_quality(limit)) continue;
    const PairedMetric metric = metric_pair(limit, pair);
    Limit half = limit;
    if (limit.comparison != "==") half.value = (in_unit_of(limit, metric.source, metric.source) + limit.value) / 2;
    if (!holds(half, in_unit_of(limit, metric.source, metric.result))) return false;
  }
  return true;
}

std::vector<LimitReport> judge_limits(std::span<const Limit> limits, const ValidationPair& pair,
                                      const CostFigures& costs, std::uint64_t seed) {
  std::vector<LimitReport> verdicts;
  for (const Limit& limit : limits) {
    LimitReport verdict;
    verdict.limit = limit.text;
    verdict.unit = limit.unit;
    verdict.required = limit.value;
    if (is_quality(limit)) {
      judge_quality(limit, pair, seed, verdict);
    } else if (limit.figure == "latency_p50") {
      judge_latency(limit, costs, verdict);
    } else {
      const bool size = limit.figure == "size";
      const bool params = limit.figure == "params";
      const double source = size ? costs.source_bytes : params ? costs.source_params : costs.source_macs;
      const double result = size ? costs.result_bytes : params ? costs.result_params : costs.result_macs;
      verdict.reached = verdict.low = verdict.high = in_unit_of(limit, source, result);
    }
    verdict.met = holds(limit, verdict.reached);
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace hone
