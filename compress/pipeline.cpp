#include "compress/pipeline.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "compress/finetune.h"
#include "compress/judge.h"
#include "compress/kernels/isa.h"
#include "compress/measure.h"
#include "compress/plan/costs.h"
#include "compress/plan/fold.h"
#include "compress/plan/integer_model.h"
#include "compress/predictor.h"
#include "compress/prune.h"
#include "compress/quantize.h"
#include "compress/refit.h"
#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

using Clock = std::chrono::steady_clock;

/// Shares of the source's kernel cost, each pruned from the model before it and fine-tuned with an equal part of the
/// epochs: gradual pruning leaves a good model behind wherever the quality limits end it.
constexpr double kCostShares[] = {0.75, 0.6, 0.48, 0.38, 0.3, 0.24};

std::int64_t bytes_of(const ModelArtifact& artifact) {
  const TemporaryFolder folder;
  write_artifact(folder.path() / "model", artifact);
  return weights_bytes(folder.path() / "model");
}

class Pipeline {
 public:
  explicit Pipeline(const CompressionInput& input)
      : input_(input),
        limits_(parse_limits(input.options.limits)),
        started_(Clock::now()),
        source_(load_artifact(input.source)),
        source_predictor_(make_predictor(input.source)),
        source_outputs_(deployed_outputs(*source_predictor_, input.validation)) {
    if (input.validation.rows() == 0) {
      throw Error("compress::no-rows", "limits are judged on validation rows and the split has none");
    }
    if (is_quantized(source_.model)) throw Error("compress::quantized", "the source model is int8 already");
    report_.metric = metric();
    report_.source_bytes = weights_bytes(input.source);
    report_.validation_rows = input.validation.rows();
    const std::int64_t rows = std::min(input.options.calibrate, input.train.rows());
    samples_ = input.train.slice(0, rows).contiguous();
  }

  CompressionReport run() {
    record("source", source_, "");
    report_.source_validation = report_.stages.back().metric;
    ModelArtifact folded = source_;
    const int norms = fold_for_inference(folded.model, folded.tensors);
    record("fold", folded, count_of(norms, "BatchNorm") + " folded");
    const ModelArtifact result = search(folded);
    finish(result);
    return std::move(report_);
  }

 private:
  /// The judged metric: that of the first quality limit, else what the task is usually judged by.
  std::string metric() const {
    for (const Limit& limit : limits_) {
      if (is_quality(limit)) return limit.figure;
    }
    return input_.validation.classification ? "accuracy" : "rmse";
  }

  bool wants_int8() const {
    const std::vector<std::string>& formats = input_.options.quantize.formats;
    return std::find(formats.begin(), formats.end(), "int8") != formats.end();
  }

  double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }
  bool out_of_time() const { return input_.options.budget.wall && seconds() > 0.7 * *input_.options.budget.wall; }

  /// Bytes that a limit on `size` allows; 0 without one.
  std::int64_t allowed_bytes() const {
    std::int64_t least = 0;
    for (const Limit& limit : limits_) {
      if (limit.figure != "size" || limit.comparison != "<=") continue;
      const double source = static_cast<double>(report_.source_bytes);
      // What one byte is in the limit's unit.
      const double unit = in_unit_of(limit, source, source) / source;
      const std::int64_t bytes = static_cast<std::int64_t>(limit.value / unit);
      least = least == 0 ? bytes : std::min(least, bytes);
    }
    return least;
  }

  void record(const std::string& stage, const ModelArtifact& artifact, const std::string& note) {
    const double before = report_.stages.empty() ? 0 : stage_end_;
    StageReport entry;
    entry.stage = stage;
    outputs_ = deployed_outputs(*make_predictor(artifact), input_.validation);
    entry.metric = metrics_of(outputs_, input_.validation).at(report_.metric);
    entry.bytes = bytes_of(artifact);
    entry.params = params(artifact.model);
    entry.macs = macs(artifact.model);
    entry.note = note;
    stage_end_ = seconds();
    entry.seconds = stage_end_ - before;
    input_.note("compress " + stage + ": validation " + report_.metric + " " + format_short(entry.metric) + ", " +
                count_of(entry.params, "weight") + ", " + format_bytes(entry.bytes) +
                (note.empty() ? "" : " (" + note + ")"));
    report_.stages.push_back(std::move(entry));
  }

  /// Marks the stages from `first` as rolled back.
  void roll_back(std::size_t first, const std::string& why) {
    for (std::size_t i = first; i < report_.stages.size(); ++i) report_.stages[i].kept = false;
    StageReport& last = report_.stages.back();
    last.note += (last.note.empty() ? "" : "; ") + ("rolled back: " + why);
    input_.note("compress " + last.stage + " rolled back: " + why);
  }

  bool still_good(std::size_t first) {
    std::string why;
    if (quality_holds(limits_, {input_.validation, source_outputs_, outputs_}, &why)) return true;
    roll_back(first, why);
    return false;
  }

  ModelArtifact search(const ModelArtifact& folded) {
    std::vector<ModelArtifact> good = {folded};
    const std::vector<DimensionGroup> groups = dimension_groups(folded.model);
    if (std::all_of(groups.begin(), groups.end(), [](const DimensionGroup& g) { return g.frozen; })) {
      report_.stages.back().note += "; nothing to prune: every width is an input or an output of the model";
      input_.note("compress prune: nothing to prune, every width is an input or an output of the model");
    } else {
      prune_gradually(good);
    }
    return wants_int8() ? quantize_smallest(good) : good.back();
  }

  /// Appends every smaller model that keeps the quality limits.
  void prune_gradually(std::vector<ModelArtifact>& good) {
    const double full_cost = kernel_cost(good.front().model);
    const auto steps = static_cast<std::int64_t>(std::size(kCostShares));
    const std::int64_t epochs = input_.options.budget.finetune_epochs;
    for (std::int64_t step = 0; step < steps && !out_of_time(); ++step) {
      const double share = kCostShares[step] * full_cost / kernel_cost(good.back().model);
      const std::size_t first = report_.stages.size();
      ModelArtifact candidate = pruned(good.back(), share, full_cost);
      if (params(candidate.model) == params(good.back().model)) return;
      const std::int64_t part = epochs * (step + 1) / steps - epochs * step / steps;
      if (part > 0) candidate = tuned(candidate, part, input_.seed + static_cast<std::uint64_t>(step));
      if (!still_good(first)) return;
      good.push_back(std::move(candidate));
    }
  }

  ModelArtifact pruned(const ModelArtifact& model, double share, double full_cost) {
    const std::vector<DimensionGroup> groups = dimension_groups(model.model);
    const std::vector<RemovalCurve> curves =
        input_.options.prune.importance == "l1" ? l1_curves(model, groups) : obs_curves(model, groups, samples_);
    const WidthTarget target = {share, wants_int8() ? allowed_bytes() : allowed_bytes() / 4, least_widths(groups)};
    const Kept kept = choose_widths(model.model, groups, curves, target);
    ModelArtifact cut = prune(model, groups, kept);
    if (params(cut.model) == params(model.model)) return cut;
    cut = refit(model, cut, groups, kept, samples_);
    record("prune", cut,
           "to " + format_short(100 * kernel_cost(cut.model) / full_cost, 3) +
               " % of the work, re-fitted by least squares");
    return cut;
  }

  ModelArtifact tuned(const ModelArtifact& model, std::int64_t epochs, std::uint64_t seed) {
    ModelArtifact tuned = finetune(model, source_, input_.train, input_.validation, input_.options.distill,
                                   input_.trainer, report_.metric, epochs, seed);
    record("finetune", tuned, count_of(epochs, "epoch") + " distilled from the source");
    return tuned;
  }

  /// min_keep counts in the source: a group that was pruned before may lose less.
  std::map<std::string, std::int64_t> least_widths(const std::vector<DimensionGroup>& groups) const {
    std::map<std::string, std::int64_t> least;
    for (const DimensionGroup& group : groups) {
      const std::int64_t index = find_layer(source_.model, group.name);
      const std::int64_t inner = group.widths.empty() ? 1 : group.widths.front().inner;
      const std::int64_t width = index < 0 ? 0 : source_.model.layers[static_cast<std::size_t>(index)].out / inner;
      least[group.name] = static_cast<std::int64_t>(std::ceil(input_.options.prune.min_keep * double(width)));
    }
    return least;
  }

  /// int8 of the smallest good model that keeps the quality limits in int8 too; fp32 when none does.
  ModelArtifact quantize_smallest(const std::vector<ModelArtifact>& good) {
    for (std::size_t i = good.size(); i-- > 0;) {
      const std::size_t first = report_.stages.size();
      const Quantized quantized = quantize(good[i], samples_, input_.options.quantize.calibrators);
      record("quantize", quantized.artifact, calibrators_of(quantized));
      if (still_good(first)) return quantized.artifact;
    }
    return good.back();
  }

  static std::string calibrators_of(const Quantized& quantized) {
    std::set<std::string> names;
    for (const auto& [edge, calibration] : quantized.edges) names.emplace(name_of(calibration.calibrator));
    const std::vector<std::string> list(names.begin(), names.end());
    return "int8, calibrated by " + join(list, ", ");
  }

  void finish(ModelArtifact result) {
    const std::unique_ptr<Predictor> predictor = make_predictor(result);
    const at::Tensor outputs = deployed_outputs(*predictor, input_.validation);
    report_.result_validation = metrics_of(outputs, input_.validation).at(report_.metric);
    report_.result_bytes = bytes_of(result);
    measure(*predictor);
    CostFigures costs;
    costs.source_bytes = double(report_.source_bytes);
    costs.result_bytes = double(report_.result_bytes);
    costs.source_params = double(params(source_.model));
    costs.result_params = double(params(result.model));
    costs.source_macs = double(macs(source_.model));
    costs.result_macs = double(macs(result.model));
    costs.latency = report_.latency;
    report_.limits = judge_limits(limits_, {input_.validation, source_outputs_, outputs}, costs, input_.seed);
    report_.met = std::all_of(report_.limits.begin(), report_.limits.end(), [](const LimitReport& l) { return l.met; });
    report_layers(result, predictor->engine());
    read_test(*predictor);
    report_.model = input_.out.filename().string();
    result.card = card();
    write_artifact(input_.out, result);
  }

  void measure(Predictor& predictor) {
    report_.engine = predictor.engine() + " against " + source_predictor_->engine();
    report_.cpu = cpu_model() + ", " + std::string(name_of(isas_here().front()));
    std::set<std::int64_t> batches = {1, 32};
    for (const Limit& limit : limits_) {
      if (limit.figure == "latency_p50") batches.insert(limit.batch);
    }
    for (const std::int64_t batch : batches) {
      report_.latency.push_back(measure_latency(*source_predictor_, predictor, batch, input_.seed));
      const LatencyFigure& figure = report_.latency.back();
      input_.note("compress measure: batch " + std::to_string(batch) + " " + format_short(figure.speedup, 3) +
                  " times as fast (95 % interval " + format_short(figure.speedup_low, 3) + " to " +
                  format_short(figure.speedup_high, 3) + ")");
    }
  }

  void report_layers(const ModelArtifact& result, const std::string& engine) {
    for (const LayerSpec& before : source_.model.layers) {
      const std::int64_t index = find_layer(result.model, before.name);
      if ((before.op != "linear" && before.op != "conv2d") || index < 0) continue;
      const LayerSpec& after = result.model.layers[static_cast<std::size_t>(index)];
      report_.layers.push_back({before.name, before.op, before.out, after.out, after.format, engine});
    }
  }

  void read_test(Predictor& predictor) {
    const TensorData test = input_.test();
    if (!test.inputs.defined() || test.rows() == 0) return;
    const at::Tensor before = deployed_outputs(*source_predictor_, test);
    const at::Tensor after = deployed_outputs(predictor, test);
    report_.test_rows = test.rows();
    report_.source_test = metrics_of(before, test).at(report_.metric);
    report_.result_test = metrics_of(after, test).at(report_.metric);
    report_.agreement = agreement_of(before, after, test.classification);
  }

  /// The source's card with the source as parent, and the metric and report of this model in place of its own.
  std::string card() const {
    nlohmann::json card = nlohmann::json::parse(source_.card);
    card["parent"] = {{"files", card.value("files", nlohmann::json::object())}};
    card["metrics"] = {
        {"val_" + report_.metric, {{"value", report_.result_validation}, {"n", report_.validation_rows}}}};
    if (report_.test_rows > 0) {
      card["metrics"]["test_" + report_.metric] = {{"value", report_.result_test}, {"n", report_.test_rows}};
    }
    card["compress_seed"] = std::to_string(input_.seed);
    card["compression"] = to_json_object(report_);
    return card.dump(2);
  }

  const CompressionInput& input_;
  std::vector<Limit> limits_;
  Clock::time_point started_;
  ModelArtifact source_;
  std::unique_ptr<Predictor> source_predictor_;
  at::Tensor source_outputs_;
  at::Tensor samples_;
  /// Validation outputs of the last recorded stage.
  at::Tensor outputs_;
  double stage_end_ = 0;
  CompressionReport report_;
};

}  // namespace

CompressionReport compress_model(const CompressionInput& input) { return Pipeline(input).run(); }

}  // namespace hone
