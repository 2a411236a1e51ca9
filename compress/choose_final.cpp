#include "compress/choose_final.h"

#include <algorithm>
#include <set>

#include "compress/measure.h"
#include "compress/plan/calibration.h"
#include "compress/quality.h"
#include "compress/quantize.h"
#include "core/text.h"

namespace hone {
namespace {

struct Finalist {
  FinalModel model;
  /// Index into the good models.
  std::size_t from = 0;
  /// Rows of the log of its own: quantisation.
  std::size_t first_row = 0;
  std::size_t end_row = 0;
  /// The row with its figures.
  std::size_t row = 0;
  bool keeps_half = false;
  bool meets_costs = false;
};

std::string calibrators_of(const Quantized& quantized) {
  std::set<std::string> names;
  for (const auto& [edge, calibration] : quantized.edges) names.emplace(name_of(calibration.calibrator));
  return ", calibrated by " + join(std::vector<std::string>(names.begin(), names.end()), ", ");
}

std::vector<Limit> limits_of(const Compression& work, bool quality) {
  std::vector<Limit> limits;
  for (const Limit& limit : work.limits) {
    if (is_quality(limit) == quality) limits.push_back(limit);
  }
  return limits;
}

CostFigures costs_of(const Compression& work, const FinalModel& model, std::int64_t bytes) {
  CostFigures costs;
  costs.source_bytes = double(work.source_bytes);
  costs.result_bytes = double(bytes);
  costs.source_params = double(params(work.source.model));
  costs.result_params = double(params(model.artifact.model));
  costs.source_macs = double(macs(work.source.model));
  costs.result_macs = double(macs(model.artifact.model));
  std::set<std::int64_t> batches = {1, 32};
  for (const Limit& limit : work.limits) {
    if (limit.figure == "latency_p50") batches.insert(limit.batch);
  }
  for (const std::int64_t batch : batches) {
    costs.latency.push_back(measure_latency(*work.source_predictor, *model.predictor, batch, work.input.seed));
  }
  return costs;
}

Finalist make_finalist(Compression& work, const std::vector<Candidate>& good, std::size_t from, bool int8) {
  Finalist finalist;
  finalist.from = from;
  finalist.first_row = work.log.rows().size();
  FinalModel& model = finalist.model;
  model.artifact = good[from].artifact;
  if (int8) {
    Quantized quantized = quantize(model.artifact, work.samples, work.input.options.quantize.calibrators);
    work.log.record("quantize", quantized.artifact, "int8", calibrators_of(quantized));
    model.artifact = std::move(quantized.artifact);
  }
  finalist.end_row = work.log.rows().size();
  finalist.row = int8 ? finalist.first_row : good[from].end_row - 1;
  model.predictor = make_predictor(model.artifact);
  model.outputs = deployed_outputs(*model.predictor, work.input.validation);
  return finalist;
}

void judge_costs(const Compression& work, Finalist& finalist) {
  FinalModel& model = finalist.model;
  model.costs = costs_of(work, model, work.log.rows()[finalist.row].bytes);
  const ValidationPair pair = work.pair_with(model.outputs);
  const std::vector<LimitReport> verdicts = judge_limits(limits_of(work, false), pair, model.costs, work.input.seed);
  finalist.meets_costs = std::all_of(verdicts.begin(), verdicts.end(), [](const LimitReport& l) { return l.met; });
  finalist.keeps_half = keeps_half_of_quality(work.limits, pair);
}

/// Those that keep the quality limits, smallest first, until rule 1 is met.
std::vector<Finalist> finalists(Compression& work, const std::vector<Candidate>& good, bool int8) {
  std::vector<Finalist> all;
  for (std::size_t from = good.size(); from-- > 0;) {
    Finalist finalist = make_finalist(work, good, from, int8);
    std::string why;
    if (!quality_holds(work.limits, work.pair_with(finalist.model.outputs), &why)) {
      work.log.roll_back(finalist.first_row, finalist.end_row, why);
      continue;
    }
    judge_costs(work, finalist);
    all.push_back(std::move(finalist));
    if (all.back().keeps_half && all.back().meets_costs) break;
  }
  return all;
}

struct Ruling {
  std::size_t index = 0;
  std::string rule;
};

Ruling rule_on(const Compression& work, const std::vector<Finalist>& all) {
  const auto mildest = std::find_if(all.rbegin(), all.rend(), [](const Finalist& f) { return f.meets_costs; });
  if (mildest == all.rend()) return {0, "smallest within the quality limits: size or speed is missed"};
  const auto index = static_cast<std::size_t>(all.rend() - mildest) - 1;
  if (!mildest->keeps_half) return {index, "mildest within all limits: none keeps half of the drop to spare"};
  if (limits_of(work, true).empty()) return {index, "smallest: no limit on quality"};
  return {index, "smallest that keeps half of the allowed drop to spare"};
}

}  // namespace

FinalModel choose_final(Compression& work, const std::vector<Candidate>& good) {
  const bool int8 = work.wants_int8();
  std::vector<Finalist> all = finalists(work, good, int8);
  if (all.empty() && int8) {
    work.log.tell("quantize", "no int8 model keeps the quality limits: it stays fp32");
    all = finalists(work, good, false);
  }
  Ruling ruling;
  if (all.empty()) {
    all.push_back(make_finalist(work, good, 0, false));
    judge_costs(work, all.back());
    ruling.rule = "the source itself: nothing keeps the quality limits";
  } else {
    ruling = rule_on(work, all);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != ruling.index) work.log.set_aside(all[i].first_row, all[i].end_row, "set aside for another model");
  }
  Finalist& chosen = all[ruling.index];
  for (std::size_t i = chosen.from + 1; i < good.size(); ++i) {
    work.log.set_aside(good[i].first_row, good[i].end_row, "set aside for a milder model");
  }
  work.log.remark(chosen.row, "choose", ruling.rule);
  return std::move(chosen.model);
}

}  // namespace hone
