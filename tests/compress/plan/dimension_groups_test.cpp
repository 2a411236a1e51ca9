#include "compress/plan/dimension_groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "compress/plan/execution_plan.h"
#include "core/error.h"
#include "tests/compress/random_models.h"

namespace hone {
namespace {

const DimensionGroup& group_named(const std::vector<DimensionGroup>& groups, const std::string& name) {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.name == name; });
  EXPECT_NE(found, groups.end()) << name;
  return *found;
}

/// Zeroes what the indices make: outputs and norm parameters; consumers keep their weights.
void zero_indices(NamedArrays& tensors, const DimensionGroup& group, const std::set<std::int64_t>& gone) {
  for (const GroupMember& member : group.members) {
    if (member.consumes || member.tensor.ends_with("running_var")) continue;
    Array& array = tensors.at(member.tensor);
    ASSERT_EQ(member.axis, 0);
    const std::size_t row = array.bytes.size() / static_cast<std::size_t>(array.shape[0]);
    for (const std::int64_t index : gone) {
      for (std::int64_t i = 0; i < member.inner; ++i) {
        std::byte* first = array.bytes.data() + static_cast<std::size_t>(index * member.inner + i) * row;
        std::fill(first, first + row, std::byte{0});
      }
    }
  }
}

/// Compress.md §3 test (a): channels whose parameters are zero give the same output as channels that are gone.
void expect_zeroed_equals_removed(ModelSpec spec, RandomStream& random, const std::string& what) {
  NamedArrays tensors = random_tensors(spec, random);
  const std::vector<float> input = random_values(3 * row_size(spec), random);
  ModelSpec smaller = spec;
  NamedArrays cut = tensors;
  for (const DimensionGroup& group : dimension_groups(spec)) {
    if (group.frozen || group.length < 2) continue;
    std::set<std::int64_t> gone;
    std::vector<std::int64_t> keep;
    for (std::int64_t i = 0; i < group.length; ++i) {
      if (random.index(2) == 0 && static_cast<std::int64_t>(gone.size()) + 1 < group.length) {
        gone.insert(i);
      } else {
        keep.push_back(i);
      }
    }
    zero_indices(tensors, group, gone);
    keep_indices(smaller, cut, group, keep);
  }
  const std::string output = spec.layers.back().name;
  const std::vector<float> zeroed = run_float_reference(spec, tensors, input, 3).at(output);
  const std::vector<float> removed = run_float_reference(smaller, cut, input, 3).at(output);
  ASSERT_EQ(zeroed.size(), removed.size()) << what;
  // The sums are in double: only the order of exact zeros differs.
  for (std::size_t i = 0; i < zeroed.size(); ++i) ASSERT_NEAR(zeroed[i], removed[i], 1e-5) << what << to_toml(spec);
  std::int64_t counted = 0;
  for (const TensorShape& tensor : tensor_shapes(smaller)) {
    EXPECT_EQ(cut.at(tensor.name).shape, tensor.shape) << what << tensor.name;
    if (tensor.learnt) counted += cut.at(tensor.name).count();
  }
  EXPECT_EQ(counted, params(smaller)) << what;
}

TEST(DimensionGroups, EmbeddingsAndWhatIsGluedToThemKeepTheirWidths) {
  ModelSpec spec;
  spec.input = {3};
  LayerSpec numbers{.name = "numbers", .op = "slice", .in = {"input"}, .out = 2};
  LayerSpec code{.name = "code", .op = "embedding", .in = {"input"}, .out = 4, .first = 2, .slots = 5};
  LayerSpec all{.name = "all", .op = "concat", .in = {"numbers", "code"}};
  LayerSpec hidden{.name = "hidden", .op = "linear", .in = {"all"}, .out = 8};
  LayerSpec out{.name = "out", .op = "linear", .in = {"hidden"}, .out = 2};
  spec.layers = {numbers, code, all, hidden, out};
  for (const DimensionGroup& group : dimension_groups(spec)) EXPECT_EQ(group.frozen, group.name != "hidden");
  RandomStream random(1, 0, "embedding");
  const NamedArrays tensors = random_tensors(spec, random);
  const std::vector<float> input = {0.5F, -1, 3, 2, 1, 0};
  const std::vector<float> glued = run_float_reference(spec, tensors, input, 2).at("all");
  const std::span<const float> weight = tensors.at("code/weight").as<float>();
  EXPECT_EQ(glued[1], -1);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(glued[2 + i], weight[3 * 4 + i]);
    EXPECT_EQ(glued[6 + 2 + i], weight[i]);
  }
  EXPECT_EQ(layer_without_kernel(spec)->name, "numbers");
  EXPECT_THROW(make_execution_plan(spec), Error);
}

TEST(DimensionGroups, GoThroughFlattenWithTheirPositions) {
  ModelSpec spec;
  spec.input = {1, 8, 8};
  spec.layers = {conv_of("conv", "input", 6, 3, 1), layer_of("act", "relu", {"conv"}),
                 pool_of("pool", "maxpool", "act", 2, 2), layer_of("flat", "flatten", {"pool"}),
                 linear_of("out", "flat", 10)};
  const std::vector<DimensionGroup> groups = dimension_groups(spec);
  const DimensionGroup& group = group_named(groups, "conv");
  EXPECT_EQ(group.length, 6);
  EXPECT_FALSE(group.frozen);
  ASSERT_EQ(group.members.size(), 3U);
  EXPECT_EQ(group.members[2].tensor, "out/weight");
  EXPECT_EQ(group.members[2].axis, 1);
  EXPECT_EQ(group.members[2].inner, 16);
  EXPECT_TRUE(group.members[2].consumes);
  EXPECT_TRUE(group_named(groups, "out").frozen);
}

TEST(DimensionGroups, ResidualAddsJoinAllThatTheyAdd) {
  ModelSpec spec;
  spec.input = {1, 6, 6};
  spec.layers = {conv_of("a", "input", 8, 3, 1),
                 conv_of("b", "a", 5, 3, 1),
                 conv_of("c", "b", 8, 3, 1),
                 layer_of("sum", "add", {"c", "a"}),
                 layer_of("norm", "batchnorm", {"sum"}),
                 layer_of("mean", "global_avgpool", {"norm"}),
                 linear_of("out", "mean", 3)};
  const std::vector<DimensionGroup> groups = dimension_groups(spec);
  const DimensionGroup& joined = group_named(groups, "a");
  std::vector<std::string> widths;
  for (const GroupWidth& width : joined.widths) widths.push_back(width.layer);
  EXPECT_EQ(widths, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(group_named(groups, "b").length, 5);
}

TEST(DimensionGroups, AFlattenedMapAndALinearLayerShareTheCoarserUnit) {
  ModelSpec spec;
  spec.input = {1, 4, 4};
  spec.layers = {conv_of("conv", "input", 6, 3, 1),      layer_of("flat", "flatten", {"conv"}),
                 linear_of("wide", "flat", 96),          layer_of("sum", "add", {"wide", "flat"}),
                 layer_of("norm", "batchnorm", {"sum"}), linear_of("out", "norm", 4)};
  const std::vector<DimensionGroup> groups = dimension_groups(spec);
  const DimensionGroup& joined = group_named(groups, "conv");
  EXPECT_EQ(joined.length, 6);
  EXPECT_EQ(joined.widths.back().layer, "wide");
  EXPECT_EQ(joined.widths.back().inner, 16);
  RandomStream random(4, -1, "groups");
  expect_zeroed_equals_removed(spec, random, "flat and linear");
}

TEST(DimensionGroups, WhatAddsTheModelsInputIsFrozen) {
  ModelSpec spec;
  spec.input = {8};
  spec.layers = {linear_of("a", "input", 8), layer_of("sum", "add", {"a", "input"}), linear_of("out", "sum", 2)};
  for (const DimensionGroup& group : dimension_groups(spec)) EXPECT_TRUE(group.frozen) << group.name;
}

TEST(DimensionGroups, GroupedConvolutionsAreFrozenAndDepthwiseOnesFollow) {
  ModelSpec spec;
  spec.input = {2, 5, 5};
  spec.layers = {conv_of("a", "input", 8, 1),
                 conv_of("depthwise", "a", 16, 3, 1, 1, 8),
                 conv_of("b", "depthwise", 8, 1),
                 conv_of("grouped", "b", 8, 3, 1, 1, 2),
                 layer_of("mean", "global_avgpool", {"grouped"}),
                 linear_of("out", "mean", 2)};
  const std::vector<DimensionGroup> groups = dimension_groups(spec);
  EXPECT_FALSE(group_named(groups, "a").frozen);
  EXPECT_TRUE(group_named(groups, "b").frozen);
  EXPECT_TRUE(group_named(groups, "grouped").frozen);
  ModelSpec cut = spec;
  RandomStream random(5, -1, "groups");
  NamedArrays tensors = random_tensors(spec, random);
  const std::vector<std::int64_t> keep = {1, 2, 5};
  keep_indices(cut, tensors, group_named(groups, "a"), keep);
  EXPECT_EQ(cut.layers[1].groups, 3);
  EXPECT_EQ(cut.layers[1].out, 6);
  EXPECT_NO_THROW(infer_shapes(cut));
}

TEST(DimensionGroups, ZeroedEqualsRemovedOnRandomGraphs) {
  RandomStream random(6, -1, "groups");
  for (int trial = 0; trial < 200; ++trial) {
    expect_zeroed_equals_removed(random_model(random), random, "trial " + std::to_string(trial) + "\n");
  }
}

TEST(DimensionGroups, CanBePrunedAgain) {
  RandomStream random(7, -1, "groups");
  ModelSpec spec = random_model(random);
  NamedArrays tensors = random_tensors(spec, random);
  for (int round = 0; round < 3; ++round) {
    for (const DimensionGroup& group : dimension_groups(spec)) {
      if (group.frozen || group.length < 2) continue;
      std::vector<std::int64_t> keep;
      for (std::int64_t i = 1; i < group.length; ++i) keep.push_back(i);
      keep_indices(spec, tensors, group, keep);
    }
    for (const TensorShape& tensor : tensor_shapes(spec)) EXPECT_EQ(tensors.at(tensor.name).shape, tensor.shape);
  }
}

}  // namespace
}  // namespace hone
