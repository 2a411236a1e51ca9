#include "compress/pipeline.h"

#include <nlohmann/json.hpp>

#include "cli/worker/compute.h"
#include "cli/worker/job.h"
#include "cli/worker/worker_data.h"
#include "configs/spec_json.h"
#include "trainers/training_loop.h"

namespace hone {

int run_compress(const nlohmann::json& brief, LineWriter& lines) {
  const c10::Device device = prepare_compute(brief);
  const auto data = open_worker_data(brief.at("dataset"), brief.value("fold", 0), device);
  CompressionInput input;
  input.source = brief.at("model").get<std::string>();
  input.out = brief.at("out").get<std::string>();
  input.train = data->train;
  input.validation = data->validation;
  // The preprocessing belongs to the model: its test rows are encoded by what training fitted.
  input.test = [&] {
    return data->rows.test.empty() ? TensorData{}
                                   : make_tensor_data(data->preprocess, data->dataset, data->rows.test, device);
  };
  input.options = compress_spec_from_json(brief.at("options"));
  input.trainer = trainer_options_from_json(brief.value("trainer", nlohmann::json::object()));
  input.seed = std::stoull(brief.value("seed", "0"));
  input.note = [&](const std::string& text) { lines.note(text); };
  lines.result(brief.at("folder").get<std::string>(), to_json_object(compress_model(input)));
  return 0;
}

}  // namespace hone
