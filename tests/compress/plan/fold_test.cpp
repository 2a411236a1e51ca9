#include "compress/plan/fold.h"

#include <gtest/gtest.h>

#include "tests/compress/random_models.h"

namespace hone {
namespace {

TEST(Fold, LeavesTheOutputAsItWasOnRandomGraphs) {
  RandomStream random(1, -1, "fold");
  for (int trial = 0; trial < 100; ++trial) {
    ModelSpec spec = random_model(random);
    NamedArrays tensors = random_tensors(spec, random);
    const std::vector<float> input = random_values(2 * row_size(spec), random);
    const std::string output = spec.layers.back().name;
    const std::vector<float> before = run_float_reference(spec, tensors, input, 2).at(output);
    fold_for_inference(spec, tensors);
    const std::vector<float> after = run_float_reference(spec, tensors, input, 2).at(output);
    // Folded weights are rounded to fp32 once more.
    for (std::size_t i = 0; i < before.size(); ++i) {
      ASSERT_NEAR(before[i], after[i], 1e-4 * (1 + std::abs(before[i]))) << to_toml(spec);
    }
    EXPECT_EQ(tensors.size(), tensor_shapes(spec).size());
  }
}

TEST(Fold, TakesOutBatchNormAndDropoutAndGivesTheProducerABias) {
  ModelSpec spec;
  spec.input = {4};
  spec.layers = {linear_of("fc", "input", 3), layer_of("norm", "batchnorm", {"fc"}),
                 layer_of("drop", "dropout", {"norm"}), linear_of("out", "drop", 2)};
  spec.layers[0].bias = false;
  spec.layers[2].rate = 0.5;
  RandomStream random(2, -1, "fold");
  NamedArrays tensors = random_tensors(spec, random);
  EXPECT_EQ(fold_for_inference(spec, tensors), 1);
  ASSERT_EQ(spec.layers.size(), 2U);
  EXPECT_TRUE(spec.layers[0].bias);
  EXPECT_EQ(spec.layers[1].in, std::vector<std::string>{"fc"});
  EXPECT_FALSE(tensors.contains("norm/weight"));
}

TEST(Fold, KeepsABatchNormWhoseProducerHasOtherReaders) {
  ModelSpec spec;
  spec.input = {4};
  spec.layers = {linear_of("fc", "input", 4), layer_of("norm", "batchnorm", {"fc"}),
                 layer_of("sum", "add", {"fc", "norm"}), linear_of("out", "sum", 2)};
  RandomStream random(3, -1, "fold");
  NamedArrays tensors = random_tensors(spec, random);
  EXPECT_EQ(fold_for_inference(spec, tensors), 0);
  EXPECT_EQ(spec.layers.size(), 4U);
}

}  // namespace
}  // namespace hone
