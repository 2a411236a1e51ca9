#include "compress/prune.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>

#include "compress/plan/costs.h"
#include "compress/refit.h"
#include "tests/compress/random_models.h"

namespace hone {
namespace {

ModelSpec two_layers() {
  ModelSpec spec;
  spec.input = {6};
  spec.layers = {linear_of("a", "input", 16), layer_of("act", "relu", {"a"}), linear_of("out", "act", 4)};
  return spec;
}

ModelArtifact with_weights(const ModelSpec& spec, RandomStream& random) {
  ModelArtifact artifact;
  artifact.model = spec;
  artifact.tensors = random_tensors(spec, random);
  return artifact;
}

std::size_t index_of(const std::vector<DimensionGroup>& groups, const std::string& name) {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.name == name; });
  return static_cast<std::size_t>(found - groups.begin());
}

double error_of(const ModelArtifact& a, const ModelArtifact& b, const std::vector<float>& input, std::int64_t rows) {
  const std::vector<float> x = run_float_reference(a.model, a.tensors, input, rows).at(a.model.layers.back().name);
  const std::vector<float> y = run_float_reference(b.model, b.tensors, input, rows).at(b.model.layers.back().name);
  double error = 0;
  for (std::size_t i = 0; i < x.size(); ++i) error += (x[i] - y[i]) * (x[i] - y[i]);
  return error;
}

TEST(ObsCurves, TakeACopyOfANeuronFirstAndForNothing) {
  RandomStream random(1, -1, "obs");
  ModelArtifact artifact = with_weights(two_layers(), random);
  // Neuron 5 repeats neuron 2: either can go when the other takes its part over.
  const std::span<float> weight = artifact.tensors["a/weight"].as<float>();
  const std::span<float> bias = artifact.tensors["a/bias"].as<float>();
  std::copy(weight.begin() + 12, weight.begin() + 18, weight.begin() + 30);
  bias[5] = bias[2];
  const auto groups = dimension_groups(artifact.model);
  const at::Tensor inputs = at::randn({200, 6}, at::detail::createCPUGenerator(3));
  const RemovalCurve curve = obs_curves(artifact, groups, inputs).at(index_of(groups, "a"));
  ASSERT_EQ(curve.order.size(), 16U);
  EXPECT_TRUE(std::is_sorted(curve.error.begin(), curve.error.end()));
  const std::int64_t first_of_pair =
      std::find_if(curve.order.begin(), curve.order.end(), [](auto i) { return i == 2 || i == 5; }) -
      curve.order.begin();
  EXPECT_LT(first_of_pair, 4);
  EXPECT_LT(curve.error[static_cast<std::size_t>(first_of_pair) + 1], 0.02);
}

TEST(Refit, NeverFitsWorseOnItsOwnRows) {
  RandomStream random(2, -1, "refit");
  for (int trial = 0; trial < 5; ++trial) {
    const ModelArtifact artifact = with_weights(two_layers(), random);
    const auto groups = dimension_groups(artifact.model);
    const at::Tensor inputs = at::randn({300, 6}, at::detail::createCPUGenerator(trial));
    Kept kept = all_kept(groups);
    kept.at(index_of(groups, "a")).resize(9);
    const ModelArtifact cut = prune(artifact, groups, kept);
    const ModelArtifact fitted = refit(artifact, cut, groups, kept, inputs);
    const std::vector<float> rows(inputs.const_data_ptr<float>(), inputs.const_data_ptr<float>() + inputs.numel());
    EXPECT_LT(error_of(artifact, fitted, rows, 300), error_of(artifact, cut, rows, 300));
  }
}

TEST(Widths, ReachTheCostInGranulesAndKeepTheLeast) {
  RandomStream random(3, -1, "widths");
  ModelSpec spec;
  spec.input = {1, 8, 8};
  spec.layers = {conv_of("c1", "input", 24, 3, 1), layer_of("r1", "relu", {"c1"}),   conv_of("c2", "r1", 48, 3, 1),
                 layer_of("r2", "relu", {"c2"}),   layer_of("f", "flatten", {"r2"}), linear_of("out", "f", 10)};
  const ModelArtifact artifact = with_weights(spec, random);
  const auto groups = dimension_groups(spec);
  const Kept kept = choose_widths(spec, groups, l1_curves(artifact, groups), {0.5, 0, {{"c1", 12}}});
  const ModelArtifact cut = prune(artifact, groups, kept);
  EXPECT_LE(kernel_cost(cut.model), 0.5 * kernel_cost(spec));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].frozen) continue;
    EXPECT_EQ(kept[g].size() % 4, 0U) << groups[g].name;
    EXPECT_GE(kept[g].size(), groups[g].name == "c1" ? 12U : 4U);
    EXPECT_TRUE(std::is_sorted(kept[g].begin(), kept[g].end()));
  }
}

TEST(Widths, GoOnUntilTheBytesFit) {
  RandomStream random(4, -1, "widths");
  ModelSpec spec;
  spec.input = {64};
  spec.layers = {linear_of("a", "input", 256), layer_of("r", "relu", {"a"}), linear_of("out", "r", 10)};
  const ModelArtifact artifact = with_weights(spec, random);
  const auto groups = dimension_groups(spec);
  const Kept kept = choose_widths(spec, groups, l1_curves(artifact, groups), {1, 8000, {}});
  EXPECT_LE(int8_bytes(prune(artifact, groups, kept).model), 8000);
}

}  // namespace
}  // namespace hone
