#include "compress/pipeline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compress/choose_final.h"
#include "compress/compression.h"
#include "compress/kernels/isa.h"
#include "compress/plan/dimension_groups.h"
#include "compress/plan/fold.h"
#include "compress/plan/integer_model.h"
#include "compress/prune_gradually.h"
#include "compress/quality.h"
#include "core/error.h"
#include "core/text.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

/// The judged metric: that of the first quality limit, else what the task is usually judged by.
std::string metric_of(const CompressionInput& input, const std::vector<Limit>& limits) {
  const auto quality = std::find_if(limits.begin(), limits.end(), [](const Limit& limit) { return is_quality(limit); });
  if (quality != limits.end()) return quality->figure;
  return input.validation.classification ? "accuracy" : "rmse";
}

Compression begin(const CompressionInput& input) {
  std::vector<Limit> limits = parse_limits(input.options.limits);
  if (input.validation.rows() == 0) {
    throw Error("compress::no-rows", "limits are judged on validation rows and the split has none");
  }
  StageLog log(input, metric_of(input, limits));
  ModelArtifact source = load_artifact(input.source);
  if (const LayerSpec* layer = layer_without_kernel(source.model)) {
    throw Error("compress::unsupported-op",
                "the model cannot be compressed: layer `" + layer->name + "` is of op " + layer->op +
                    ", which no kernel of ours runs; with [dataset] categories = \"onehot\" the family needs none");
  }
  if (is_quantized(source.model)) throw Error("compress::quantized", "the source model is int8 already");
  std::unique_ptr<Predictor> predictor = make_predictor(input.source);
  at::Tensor outputs = deployed_outputs(*predictor, input.validation);
  const std::int64_t rows = std::min(input.options.calibrate, input.train.rows());
  return {input,
          std::move(limits),
          std::move(source),
          std::move(predictor),
          std::move(outputs),
          weights_bytes(input.source),
          input.train.slice(0, rows).contiguous(),
          std::move(log)};
}

class Pipeline {
 public:
  explicit Pipeline(const CompressionInput& input) : input_(input), work_(begin(input)) {}

  CompressionReport run() {
    work_.log.record("source", work_.source, "");
    finish(choose_final(work_, smaller_models()));
    return std::move(report_);
  }

 private:
  /// The folded source and what pruning made of it.
  std::vector<Candidate> smaller_models() {
    Candidate folded{work_.source, work_.log.rows().size(), work_.log.rows().size() + 1};
    const int norms = fold_for_inference(folded.artifact.model, folded.artifact.tensors);
    work_.log.record("fold", folded.artifact, count_of(norms, "BatchNorm") + " folded");
    const std::vector<DimensionGroup> groups = dimension_groups(folded.artifact.model);
    std::vector<Candidate> good = {std::move(folded)};
    if (std::all_of(groups.begin(), groups.end(), [](const DimensionGroup& g) { return g.frozen; })) {
      work_.log.remark(good[0].first_row, "prune", "nothing to prune: every width is an input or an output");
    } else {
      prune_gradually(work_, good);
    }
    return good;
  }

  void finish(FinalModel chosen) {
    report_.metric = work_.log.metric();
    report_.stages = work_.log.rows();
    report_.validation_rows = input_.validation.rows();
    report_.source_validation = metric_on(work_.source_outputs, input_.validation);
    report_.result_validation = metric_on(chosen.outputs, input_.validation);
    report_.source_bytes = work_.source_bytes;
    report_.result_bytes = static_cast<std::int64_t>(chosen.costs.result_bytes);
    report_costs(chosen);
    report_.limits = judge_limits(work_.limits, work_.pair_with(chosen.outputs), chosen.costs, input_.seed);
    report_.met = std::all_of(report_.limits.begin(), report_.limits.end(), [](const LimitReport& l) { return l.met; });
    report_layers(chosen.artifact, chosen.predictor->engine());
    read_test(*chosen.predictor);
    report_.model = input_.out.filename().string();
    chosen.artifact.card = card();
    write_artifact(input_.out, chosen.artifact);
  }

  double metric_on(const at::Tensor& outputs, const TensorData& rows) const {
    return metric_of(outputs, rows, work_.log.metric()).value();
  }

  void report_costs(const FinalModel& chosen) {
    report_.engine = chosen.predictor->engine() + " against " + work_.source_predictor->engine();
    report_.cpu = cpu_model() + ", " + std::string(name_of(isas_here().front()));
    report_.latency = chosen.costs.latency;
    for (const LatencyFigure& figure : report_.latency) {
      work_.log.tell("measure", format_short(figure.speedup, 3) + " times as fast, " +
                                    format_short(figure.speedup_low, 3) + " to " +
                                    format_short(figure.speedup_high, 3) + " with 95 %, at batch " +
                                    std::to_string(figure.batch));
    }
  }

  void report_layers(const ModelArtifact& result, const std::string& engine) {
    for (const LayerSpec& before : work_.source.model.layers) {
      const std::int64_t index = find_layer(result.model, before.name);
      if ((before.op != "linear" && before.op != "conv2d") || index < 0) continue;
      const LayerSpec& after = result.model.layers[static_cast<std::size_t>(index)];
      report_.layers.push_back({before.name, before.op, before.out, after.out, after.format, engine});
    }
  }

  void read_test(Predictor& predictor) {
    const TensorData test = input_.test();
    if (!test.inputs.defined() || test.rows() == 0) return;
    const at::Tensor before = deployed_outputs(*work_.source_predictor, test);
    const at::Tensor after = deployed_outputs(predictor, test);
    report_.test_rows = test.rows();
    report_.source_test = metric_on(before, test);
    report_.result_test = metric_on(after, test);
    report_.agreement = agreement_of(before, after, test.classification);
  }

  /// The source's card with the source as parent, and the metric and report of this model in place of its own.
  std::string card() const {
    nlohmann::json card = nlohmann::json::parse(work_.source.card);
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
  Compression work_;
  CompressionReport report_;
};

}  // namespace

CompressionReport compress_model(const CompressionInput& input) { return Pipeline(input).run(); }

}  // namespace hone
