#include "compress/predictor.h"

#include <gtest/gtest.h>

#include "compress/backends/torch_network.h"
#include "compress/kernels/isa.h"
#include "compress/kernels/network.h"
#include "compress/plan/fold.h"
#include "compress/quantize.h"
#include "core/error.h"
#include "tests/compress/small_problem.h"

namespace hone {
namespace {

TEST(TorchNetwork, AgreesWithOurKernelsOnRandomGraphs) {
  RandomStream random(1, -1, "torch-network");
  for (int trial = 0; trial < 20; ++trial) {
    ModelSpec spec = random_model(random);
    NamedArrays tensors = random_tensors(spec, random);
    fold_for_inference(spec, tensors);
    const std::unique_ptr<Network> own = make_float_network(spec, tensors, isas_here().front());
    const std::unique_ptr<Network> torch = make_torch_network(spec, tensors);
    const std::vector<float> input = random_values(5 * row_size(spec), random);
    const auto outputs = static_cast<std::size_t>(infer_shapes(spec).back().front());
    std::vector<float> a(5 * outputs);
    std::vector<float> b(a.size());
    own->run(input, 5, InputMap(own->input_edge()), a);
    torch->run(input, 5, InputMap(torch->input_edge()), b);
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 2e-4 * (1 + std::abs(b[i]))) << to_toml(spec);
  }
}

TEST(Predictor, ClassifiesRawValuesAsItDoesEncodedOnes) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  const ModelArtifact source = load_artifact(problem.folder.path() / "model");
  ModelArtifact folded = source;
  fold_for_inference(folded.model, folded.tensors);
  const ModelArtifact quantized = quantize(folded, problem.train.inputs, "auto").artifact;
  for (const ModelArtifact& artifact : {source, quantized}) {
    const std::unique_ptr<Predictor> predictor = make_predictor(artifact);
    const at::Tensor raw = (problem.test.inputs * 2.0 + 1.0).contiguous();
    std::vector<std::int64_t> classes(200);
    predictor->classify({raw.const_data_ptr<float>(), 1600}, 200, classes);
    std::vector<float> logits(600);
    predictor->run({problem.test.inputs.const_data_ptr<float>(), 1600}, 200, logits);
    int same = 0;
    for (int row = 0; row < 200; ++row) {
      const auto* first = logits.data() + row * 3;
      same += std::max_element(first, first + 3) - first == classes[row] ? 1 : 0;
    }
    EXPECT_GE(same, 198) << predictor->engine();
  }
}

TEST(Predictor, AMissingRawValueCountsAsTheMean) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  const std::unique_ptr<Predictor> predictor = make_predictor(problem.folder.path() / "model");
  std::vector<float> mean(16, 1.0F);
  mean[11] = std::numeric_limits<float>::quiet_NaN();
  std::vector<std::int64_t> classes(2);
  predictor->classify(mean, 2, classes);
  EXPECT_EQ(classes[0], classes[1]);
}

TEST(Predictor, GivesRegressionInTheTargetsUnitAndNoClasses) {
  const SmallProblem problem(/*classification=*/false);
  problem.train_model(problem.mlp(), 20);
  const std::unique_ptr<Predictor> predictor = make_predictor(problem.folder.path() / "model");
  std::vector<float> values(200);
  predictor->run({problem.test.inputs.const_data_ptr<float>(), 1600}, 200, values);
  double error = 0;
  for (int i = 0; i < 200; ++i) {
    error += std::pow(values[i] - (10 + 3 * problem.test.targets.const_data_ptr<float>()[i]), 2);
  }
  EXPECT_LT(std::sqrt(error / 200), 1.5);
  std::vector<std::int64_t> classes(1);
  const std::vector<float> row(8);
  try {
    predictor->classify(row, 1, classes);
    FAIL() << "classified";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().message, "a regression model gives values, not classes");
  }
}

TEST(Predictor, RefusesAModelThatMixesFormats) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  ModelArtifact folded = load_artifact(problem.folder.path() / "model");
  fold_for_inference(folded.model, folded.tensors);
  ModelArtifact mixed = quantize(folded, problem.train.inputs, "minmax").artifact;
  mixed.model.layers.front().format = "fp32";
  try {
    make_predictor(mixed);
    FAIL() << "made";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().message,
              "layer `fc1` is fp32 in an int8 model; no kernel of ours mixes them");
  }
}

}  // namespace
}  // namespace hone
