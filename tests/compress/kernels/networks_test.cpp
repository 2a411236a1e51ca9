#include <gtest/gtest.h>

#include <cmath>

#include "compress/kernels/network.h"
#include "compress/plan/fold.h"
#include "compress/plan/integer_reference.h"
#include "tests/compress/random_models.h"

namespace hone {
namespace {

std::vector<float> run(Network& network, std::span<const float> input, std::int64_t rows, std::size_t outputs) {
  std::vector<float> output(static_cast<std::size_t>(rows) * outputs);
  network.run(input, rows, InputMap(network.input_edge()).quantized(network.input_scale()), output);
  return output;
}

TEST(IntegerNetwork, EqualsTheReferenceBitForBitOnRandomGraphsAndEveryInstructionSet) {
  RandomStream random(1, -1, "networks");
  for (int trial = 0; trial < 60; ++trial) {
    ModelSpec spec = random_model(random);
    const ModelArtifact artifact = random_quantized(spec, random);
    const IntegerModel model = make_integer_model(artifact);
    // 19 rows: more than are worked on at once, and no multiple of the kernels' widths.
    const std::vector<float> input = random_values(19 * row_size(spec), random);
    const IntegerResult expected = run_integer_reference(model, quantize_input(model, input), 19);
    for (const Isa isa : isas_here()) {
      const std::unique_ptr<Network> network = make_integer_network(model, isa);
      EXPECT_EQ(run(*network, input, 19, expected.output.size() / 19), expected.output)
          << network->engine() << " trial " << trial << "\n"
          << to_toml(spec);
    }
  }
}

TEST(FloatNetwork, AgreesWithTheReferenceOnRandomGraphsAndEveryInstructionSet) {
  RandomStream random(2, -1, "networks");
  for (int trial = 0; trial < 60; ++trial) {
    ModelSpec spec = random_model(random);
    NamedArrays tensors = random_tensors(spec, random);
    const std::vector<float> input = random_values(19 * row_size(spec), random);
    const std::vector<float> expected = run_float_reference(spec, tensors, input, 19).at(spec.layers.back().name);
    fold_for_inference(spec, tensors);
    for (const Isa isa : isas_here()) {
      const std::unique_ptr<Network> network = make_float_network(spec, tensors, isa);
      const std::vector<float> output = run(*network, input, 19, expected.size() / 19);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        // fp32 sums of a few hundred terms in another order, over up to ten layers.
        ASSERT_NEAR(output[i], expected[i], 2e-4 * (1 + std::abs(expected[i])))
            << network->engine() << " trial " << trial << "\n"
            << to_toml(spec);
      }
    }
  }
}

TEST(IntegerNetwork, DoesNotSaturateWhereEveryProductIsLargest) {
  ModelSpec spec;
  spec.input = {1000};
  spec.layers = {linear_of("out", "input", 20)};
  RandomStream random(3, -1, "networks");
  ModelArtifact artifact = random_quantized(spec, random);
  for (std::int8_t& weight : artifact.tensors["out/weight"].as<std::int8_t>()) weight = 127;
  const IntegerModel model = make_integer_model(artifact);
  const std::vector<float> input(spec.input[0], 1e9F);
  const IntegerResult expected = run_integer_reference(model, quantize_input(model, input), 1);
  for (const Isa isa : isas_here()) {
    const std::unique_ptr<Network> network = make_integer_network(model, isa);
    EXPECT_EQ(run(*network, input, 1, 20), expected.output) << network->engine();
  }
}

TEST(IntegerNetwork, SelfTestTakesTheBestInstructionSet) {
  RandomStream random(4, -1, "networks");
  const ModelArtifact artifact = random_quantized(random_model(random), random);
  const std::unique_ptr<Network> network = make_tested_integer_network(make_integer_model(artifact));
  EXPECT_EQ(network->engine(), dot_u8_name(isas_here().front()));
}

}  // namespace
}  // namespace hone
