#include "configs/model_spec.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "configs/model_ops.h"
#include "core/error.h"

namespace hone {
namespace {

constexpr const char* kResidual = R"(format = 1
input = [1, 8, 8]

[[layer]]
name = "conv1"
op = "conv2d"
in = ["input"]
out = 4
kernel = 3
pad = 1
bias = false

[[layer]]
name = "norm1"
op = "batchnorm"
in = ["conv1"]

[[layer]]
name = "shortcut"
op = "conv2d"
in = ["input"]
out = 4
kernel = 1

[[layer]]
name = "sum"
op = "add"
in = ["norm1", "shortcut"]

[[layer]]
name = "pool"
op = "maxpool"
in = ["sum"]
kernel = 2
stride = 2

[[layer]]
name = "flat"
op = "flatten"
in = ["pool"]

[[layer]]
name = "drop"
op = "dropout"
in = ["flat"]
rate = 0.5

[[layer]]
name = "out"
op = "linear"
in = ["drop"]
out = 10
format = "int8"

[[column]]
name = "ignored"
)";

ModelSpec residual() { return model_from_toml(kResidual, "model.toml"); }

/// The only diagnostic that reading the text gives.
Diagnostic mistake_in(const std::string& text) {
  try {
    model_from_toml(text, "model.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().size(), 1u);
    return error.diagnostics().front();
  }
  ADD_FAILURE() << "accepted: " << text;
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(ModelSpec, InfersTheShapeOfEveryLayer) {
  const std::vector<std::vector<std::int64_t>> expected = {{4, 8, 8}, {4, 8, 8}, {4, 8, 8}, {4, 8, 8},
                                                           {4, 4, 4}, {64},      {64},      {10}};
  EXPECT_EQ(infer_shapes(residual()), expected);
}

TEST(ModelSpec, CountsParametersAndMultiplyAdds) {
  // conv1 36, norm 8, shortcut 4 + 4, linear 640 + 10; running statistics are not learnt.
  EXPECT_EQ(params(residual()), 36 + 8 + 8 + 650);
  EXPECT_EQ(macs(residual()), 64 * 36 + 64 * 4 + 640);
}

TEST(ModelSpec, NamesTensorsInLayerOrder) {
  std::vector<std::string> names;
  for (const TensorShape& tensor : tensor_shapes(residual())) names.push_back(tensor.name);
  const std::vector<std::string> expected = {"conv1/weight",       "norm1/weight",      "norm1/bias",
                                             "norm1/running_mean", "norm1/running_var", "shortcut/weight",
                                             "shortcut/bias",      "out/weight",        "out/bias"};
  EXPECT_EQ(names, expected);
}

TEST(ModelSpec, ReadsBackFromTomlAndJsonEqual) {
  const ModelSpec spec = residual();
  EXPECT_EQ(model_from_toml(to_toml(spec), "again.toml"), spec);
  EXPECT_EQ(model_from_json(to_json_object(spec)), spec);
  EXPECT_EQ(model_from_json(nlohmann::json::parse(to_json_object(spec).dump())), spec);
}

TEST(ModelSpec, WritesOnlyMembersThatTheOpReads) {
  const std::string text = to_toml(residual());
  EXPECT_EQ(text.find("stride = 1"), std::string::npos);
  EXPECT_EQ(text.find("rate = 0.5"), text.rfind("rate"));
  EXPECT_NE(text.find("name = \"sum\"\nop = \"add\"\nin = [\"norm1\", \"shortcut\"]\n\n"), std::string::npos);
}

TEST(ModelSpec, FindsLayersByName) {
  EXPECT_EQ(find_layer(residual(), "pool"), 4);
  EXPECT_EQ(find_layer(residual(), "input"), -1);
}

TEST(ModelSpec, SaysWhereAnUnknownOpStands) {
  const Diagnostic mistake = mistake_in(replaced(kResidual, "\"maxpool\"", "\"minpool\""));
  EXPECT_EQ(mistake.code, "model::unknown-op");
  EXPECT_EQ(mistake.message, "layer `pool`: unknown op `minpool`");
  EXPECT_EQ(mistake.place.file, "model.toml");
  EXPECT_EQ(mistake.place.line, 30);
}

TEST(ModelSpec, RefusesShapesThatDoNotFit) {
  EXPECT_EQ(mistake_in(replaced(kResidual, "in = [\"drop\"]", "in = [\"pool\"]")).message,
            "layer `out`: linear needs an input [features] (is [4, 4, 4])");
  EXPECT_EQ(mistake_in(replaced(kResidual, "in = [\"norm1\", \"shortcut\"]", "in = [\"norm1\", \"input\"]")).message,
            "layer `sum`: add needs equal shapes (are [4, 8, 8] and [1, 8, 8])");
  EXPECT_EQ(mistake_in(replaced(kResidual, "kernel = 2", "kernel = 9")).message,
            "layer `pool`: kernel 9 is larger than its input [4, 8, 8] with pad 0");
  EXPECT_EQ(mistake_in(replaced(kResidual, "kernel = 1", "kernel = 1\ngroups = 3")).message,
            "layer `shortcut`: groups must divide the channels 1 and 4 (is 3)");
  EXPECT_EQ(mistake_in(replaced(kResidual, "[1, 8, 8]", "[8, 8]")).message,
            "input must be [features] or [channels, height, width], each at least 1 (is [8, 8])");
}

TEST(ModelSpec, RefusesLaterUnknownAndMissingInputs) {
  EXPECT_EQ(mistake_in(replaced(kResidual, "in = [\"conv1\"]", "in = [\"sum\"]")).message,
            "layer `norm1`: its input `sum` is neither `input` nor an earlier layer");
  EXPECT_EQ(mistake_in(replaced(kResidual, "in = [\"norm1\", \"shortcut\"]", "in = [\"norm1\"]")).message,
            "layer `sum`: add needs at least 2 inputs (has 1)");
  EXPECT_EQ(mistake_in(replaced(kResidual, "in = [\"sum\"]", "in = []")).message,
            "layer `pool`: maxpool needs one input (has 0)");
}

TEST(ModelSpec, RefusesBadNames) {
  EXPECT_EQ(mistake_in(replaced(kResidual, "name = \"shortcut\"", "name = \"norm1\"")).message,
            "two layers are named `norm1`");
  EXPECT_EQ(mistake_in(replaced(kResidual, "name = \"sum\"", "name = \"a/b\"")).message,
            "a layer's name is 1 to 64 letters, digits, `_` or `-`, and not `input` (is `a/b`)");
}

TEST(ModelSpec, RefusesBadAttributes) {
  EXPECT_EQ(mistake_in(replaced(kResidual, "rate = 0.5", "rate = 1.0")).message,
            "layer `drop`: rate must be at least 0 and below 1 (is 1)");
  EXPECT_EQ(mistake_in(replaced(kResidual, "rate = 0.5", "rate = 0.5\nout = 3")).message,
            "layer `drop`: dropout does not read `out`");
  EXPECT_EQ(mistake_in(replaced(kResidual, "out = 10", "out = 0")).message,
            "layer `out`: out must be between 1 and 1048576 (is 0)");
  EXPECT_EQ(mistake_in(replaced(kResidual, "out = 10", "out = \"ten\"")).message,
            "layer `out`: out has the wrong type (is \"ten\")");
  EXPECT_EQ(mistake_in(replaced(kResidual, "\"int8\"", "\"int4\"")).message,
            "layer `out`: format must be fp32 or int8 (is int4)");
}

TEST(ModelSpec, RefusesTensorsBeyondAllMemory) {
  ModelSpec spec;
  spec.input = {1 << 20};
  spec.layers = {{.name = "a", .op = "linear", .in = {"input"}, .out = 1 << 20},
                 {.name = "b", .op = "linear", .in = {"a"}, .out = 1 << 20}};
  EXPECT_EQ(params(spec), 2 * ((std::int64_t{1} << 40) + (1 << 20)));
  spec.input = {1 << 10, 1 << 10, 1 << 10};
  spec.layers = {{.name = "a", .op = "conv2d", .in = {"input"}, .out = 1 << 20, .kernel = 3}};
  EXPECT_THROW(macs(spec), Error);
}

TEST(ModelSpec, RefusesBrokenTomlWithItsPlace) {
  const Diagnostic mistake = mistake_in("input = [1\n[[layer]]\n");
  EXPECT_EQ(mistake.code, "model::bad-toml");
  EXPECT_EQ(mistake.place.file, "model.toml");
  EXPECT_EQ(mistake.place.line, 2);
}

TEST(ModelOps, AreFoundByTheirNames) {
  EXPECT_EQ(ops().size(), 16u);
  for (const OpInfo& op : ops()) EXPECT_EQ(find_op(op.name), &op);
  EXPECT_EQ(find_op("Linear"), nullptr);
}

TEST(ModelOps, EveryAttributeAnOpReadsExists) {
  for (const OpInfo& op : ops()) {
    for (std::string_view name : op.attributes) {
      bool found = false;
      for (const LayerAttribute& attribute : layer_attributes()) found = found || attribute.name == name;
      EXPECT_TRUE(found) << op.name << " " << name;
    }
  }
}

}  // namespace
}  // namespace hone
