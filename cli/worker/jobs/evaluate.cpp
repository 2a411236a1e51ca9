#include <torch/torch.h>

#include <nlohmann/json.hpp>

#include "cli/worker/compute.h"
#include "cli/worker/job.h"
#include "cli/worker/worker_data.h"
#include "compress/plan/integer_model.h"
#include "compress/predictor.h"
#include "core/error.h"
#include "trainers/artifact/model_artifact.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

const std::vector<std::int64_t>& rows_named(const SplitRows& rows, const std::string& name) {
  if (name == "train") return rows.train;
  if (name == "val") return rows.validation;
  if (name == "test") return rows.test;
  throw Error("worker::bad-brief", "rows must be train, val or test (is " + name + ")");
}

/// A quantised model answers by the kernels that serve it; a float model by the training side, whose kernels are not
/// chosen by a timing, so that the same model always gives the same figures.
at::Tensor outputs_of_artifact(const ModelArtifact& artifact, const TensorData& data, c10::Device device) {
  if (!is_quantized(artifact.model)) {
    Model model(artifact.model, device);
    load_arrays(model, artifact.tensors);
    return outputs_of(model, data);
  }
  const std::unique_ptr<Predictor> predictor = make_predictor(artifact);
  const at::Tensor inputs = data.encoded().flatten(1).to(at::kCPU).contiguous();
  at::Tensor outputs = at::empty({data.rows(), output_width(artifact.preprocess.facts)}, at::TensorOptions(at::kFloat));
  predictor->run({inputs.const_data_ptr<float>(), static_cast<std::size_t>(inputs.numel())}, data.rows(),
                 {outputs.data_ptr<float>(), static_cast<std::size_t>(outputs.numel())});
  // The predictor gives values in the target's unit, the metrics want standardised ones.
  return data.classification ? outputs : (outputs - data.target_mean) / data.target_spread;
}

}  // namespace

int run_evaluate(const nlohmann::json& brief, LineWriter& lines) {
  const c10::Device device = prepare_compute(brief);
  const auto data = open_worker_data(brief.at("dataset"), brief.value("fold", 0), device);
  const ModelArtifact artifact = load_artifact(brief.at("model").get<std::string>());
  const std::vector<std::int64_t>& rows = rows_named(data->rows, brief.value("rows", "val"));
  if (rows.empty()) throw Error("data::no-rows", "the split has no " + brief.value("rows", "val") + " rows");
  const TensorData evaluated = make_tensor_data(artifact.preprocess, data->dataset, rows, device);
  lines.result(brief.at("folder").get<std::string>(),
               {{"rows", evaluated.rows()},
                {"metrics", metrics_of(outputs_of_artifact(artifact, evaluated, device), evaluated)}});
  return 0;
}

}  // namespace hone
