#include <torch/torch.h>

#include <nlohmann/json.hpp>

#include "cli/worker/compute.h"
#include "cli/worker/job.h"
#include "cli/worker/worker_data.h"
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

}  // namespace

int run_evaluate(const nlohmann::json& brief, LineWriter& lines) {
  const c10::Device device = prepare_compute(brief);
  const auto data = open_worker_data(brief.at("dataset"), brief.value("fold", 0), device);
  const ModelArtifact artifact = load_artifact(brief.at("model").get<std::string>());
  Model model(artifact.model, device);
  load_arrays(model, artifact.tensors);
  const std::vector<std::int64_t>& rows = rows_named(data->rows, brief.value("rows", "val"));
  if (rows.empty()) throw Error("data::no-rows", "the split has no " + brief.value("rows", "val") + " rows");
  const TensorData evaluated = make_tensor_data(artifact.preprocess, data->dataset, rows, device);
  lines.result(brief.at("folder").get<std::string>(),
               {{"rows", evaluated.rows()}, {"metrics", metrics_of(outputs_of(model, evaluated), evaluated)}});
  return 0;
}

}  // namespace hone
