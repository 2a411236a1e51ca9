#include "compress/predictor.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "compress/backends/torch_network.h"
#include "compress/kernels/network.h"
#include "compress/plan/execution_plan.h"
#include "compress/plan/fold.h"
#include "core/error.h"
#include "core/random.h"

namespace hone {
namespace {

bool takes_raw_values(const Preprocess& preprocess) {
  if (!preprocess.facts.shape.empty()) return true;
  return std::none_of(preprocess.facts.columns.begin(), preprocess.facts.columns.end(),
                      [](const ColumnFacts& column) { return !column.dropped && column.type == "nominal"; });
}

/// Least seconds of a few calls with 32 rows.
double seconds_of(Network& network, std::int64_t width, std::int64_t outputs) {
  constexpr std::int64_t kRows = 32;
  RandomStream random(0, -1, "engine-choice");
  std::vector<float> input(static_cast<std::size_t>(kRows * width));
  for (float& value : input) value = static_cast<float>(random.uniform(-1, 1));
  std::vector<float> output(static_cast<std::size_t>(kRows * outputs));
  const InputMap map(network.input_edge());
  double least = std::numeric_limits<double>::infinity();
  for (int call = 0; call < 6; ++call) {
    const auto start = std::chrono::steady_clock::now();
    network.run(input, kRows, map, output);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (call > 0) least = std::min(least, taken.count());
  }
  return least;
}

/// The faster of our own kernels and torch, tried on the spot.
std::unique_ptr<Network> fastest_float_network(const ModelArtifact& artifact, std::int64_t width,
                                               std::int64_t outputs) {
  ModelSpec spec = artifact.model;
  NamedArrays tensors = artifact.tensors;
  fold_for_inference(spec, tensors);
  if (layer_without_kernel(spec) != nullptr) return make_torch_network(spec, tensors);
  std::unique_ptr<Network> own = make_float_network(spec, tensors, isas_here().front());
  std::unique_ptr<Network> torch = make_torch_network(spec, tensors);
  return seconds_of(*own, width, outputs) <= seconds_of(*torch, width, outputs) ? std::move(own) : std::move(torch);
}

class NetworkPredictor final : public Predictor {
 public:
  explicit NetworkPredictor(ModelArtifact artifact)
      : artifact_(std::move(artifact)),
        width_(input_width(artifact_.preprocess.facts)),
        outputs_(output_width(artifact_.preprocess.facts)),
        network_(is_quantized(artifact_.model) ? make_tested_integer_network(make_integer_model(artifact_))
                                               : fastest_float_network(artifact_, width_, outputs_)),
        encoded_(InputMap(network_->input_edge()).quantized(network_->input_scale())),
        raw_(takes_raw_values(artifact_.preprocess)
                 ? InputMap(artifact_.preprocess, network_->input_edge()).quantized(network_->input_scale())
                 : encoded_) {}

  void run(std::span<const float> input, std::int64_t rows, std::span<float> out) override {
    network_->run(input, rows, encoded_, out);
    if (artifact_.preprocess.facts.task != "regression") return;
    const Preprocess& fitted = artifact_.preprocess;
    for (float& value : out) {
      const double real = value * fitted.target_spread + fitted.target_mean;
      value = static_cast<float>(std::clamp(real, fitted.target_low, fitted.target_high));
    }
  }

  void classify(std::span<const float> raw, std::int64_t rows, std::span<std::int64_t> out) override {
    if (artifact_.preprocess.facts.task == "regression") {
      throw Error("model::unsupported", "a regression model gives values, not classes");
    }
    if (!takes_raw_values(artifact_.preprocess)) {
      throw Error("model::unsupported", "a model of nominal columns reads encoded rows, not raw numbers");
    }
    outputs_of_rows_.resize(static_cast<std::size_t>(rows * outputs_));
    network_->run(raw, rows, raw_, outputs_of_rows_);
    const float* first = outputs_of_rows_.data();
    for (std::int64_t row = 0; row < rows; ++row, first += outputs_) {
      out[row] = std::max_element(first, first + outputs_) - first;
    }
  }

  const ModelArtifact& artifact() const override { return artifact_; }
  std::string engine() const override { return network_->engine(); }

 private:
  ModelArtifact artifact_;
  std::int64_t width_;
  std::int64_t outputs_;
  std::unique_ptr<Network> network_;
  InputMap encoded_;
  InputMap raw_;
  std::vector<float> outputs_of_rows_;
};

}  // namespace

std::unique_ptr<Predictor> make_predictor(const std::filesystem::path& model_folder) {
  return make_predictor(load_artifact(model_folder));
}

std::unique_ptr<Predictor> make_predictor(ModelArtifact artifact) {
  return std::make_unique<NetworkPredictor>(std::move(artifact));
}

}  // namespace hone
