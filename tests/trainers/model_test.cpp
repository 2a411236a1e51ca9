#include <gtest/gtest.h>
#include <torch/torch.h>

#include "configs/model_ops.h"
#include "core/error.h"
#include "datasets/tensor/array_tensor.h"
#include "tests/trainers/digits.h"
#include "trainers/build_model.h"
#include "trainers/losses.h"
#include "trainers/ops/tensor_ops.h"

namespace hone {
namespace {

/// A graph in which every op occurs.
ModelSpec every_op() {
  ModelSpec spec;
  spec.input = {2, 9, 9};
  spec.layers = {
      {.name = "conv", .op = "conv2d", .in = {"input"}, .out = 4, .kernel = 3, .stride = 2, .pad = 1, .groups = 2},
      {.name = "norm", .op = "batchnorm", .in = {"conv"}},
      {.name = "relu", .op = "relu", .in = {"norm"}},
      {.name = "gelu", .op = "gelu", .in = {"relu"}},
      {.name = "silu", .op = "silu", .in = {"gelu"}},
      {.name = "tanh", .op = "tanh", .in = {"silu"}},
      {.name = "sum", .op = "add", .in = {"tanh", "norm", "relu"}},
      {.name = "drop", .op = "dropout", .in = {"sum"}, .rate = 0.5},
      {.name = "max", .op = "maxpool", .in = {"drop"}, .kernel = 3, .stride = 1, .pad = 1},
      {.name = "avg", .op = "avgpool", .in = {"max"}, .kernel = 2, .stride = 2},
      {.name = "flat", .op = "flatten", .in = {"avg"}},
      {.name = "wide", .op = "linear", .in = {"flat"}, .out = 4, .bias = false},
      {.name = "global", .op = "global_avgpool", .in = {"max"}},
      {.name = "both", .op = "add", .in = {"wide", "global"}},
      {.name = "out", .op = "linear", .in = {"both"}, .out = 3},
  };
  return spec;
}

/// Two numbers and two codes, of 4 and 3 slots, between and after them.
ModelSpec with_embeddings() {
  ModelSpec spec;
  spec.input = {4};
  spec.layers = {
      {.name = "left", .op = "slice", .in = {"input"}, .out = 1, .first = 0},
      {.name = "one", .op = "embedding", .in = {"input"}, .out = 3, .first = 1, .slots = 4},
      {.name = "right", .op = "slice", .in = {"input"}, .out = 1, .first = 2},
      {.name = "two", .op = "embedding", .in = {"input"}, .out = 2, .first = 3, .slots = 3},
      {.name = "all", .op = "concat", .in = {"left", "one", "right", "two"}},
      {.name = "out", .op = "linear", .in = {"all"}, .out = 2},
  };
  return spec;
}

TEST(Model, EmbeddingsPutLearntNumbersInThePlaceOfCodes) {
  Model model(with_embeddings());
  initialize(model, 1);
  EXPECT_EQ(params(model.spec()), 4 * 3 + 3 * 2 + 7 * 2 + 2);
  const at::Tensor input = torch::tensor({{0.5, 1.0, -2.0, 0.0}, {1.5, 3.0, 4.0, 2.0}});
  const at::Tensor all = model.forward_all(input)[4];
  const at::Tensor one = model.tensor("one/weight");
  const at::Tensor two = model.tensor("two/weight");
  const auto row = [&](double left, int code, double right, int other) {
    return at::cat({at::full({1}, left), one[code], at::full({1}, right), two[other]});
  };
  EXPECT_TRUE(all[0].equal(row(0.5, 1, -2, 0)));
  EXPECT_TRUE(all[1].equal(row(1.5, 3, 4, 2)));
  // Rare and missing values, which may have no training row, start at zero; levels do not.
  EXPECT_EQ(one.narrow(0, 2, 2).abs().max().item<float>(), 0);
  EXPECT_GT(one.narrow(0, 0, 2).abs().min().item<float>(), 0);
}

TEST(Model, GradientsOfEmbeddingsEqualFiniteDifferences) {
  Model model(with_embeddings());
  initialize(model, 3);
  const at::Tensor input = torch::tensor({{0.5, 1.0, -2.0, 0.0}, {1.5, 3.0, 4.0, 2.0}, {0.1, 1.0, 0.2, 1.0}});
  at::Tensor weight = model.tensor("one/weight");
  const auto loss = [&] { return model.forward(input).tanh().to(at::kDouble).sum(); };
  const at::Tensor gradient = torch::autograd::grad({loss()}, {weight})[0];
  const at::NoGradGuard no_gradients;
  for (std::int64_t row = 0; row < 4; ++row) {
    const float before = weight[row][1].item<float>();
    weight[row][1] = before + 1e-2F;
    const double above = loss().item<double>();
    weight[row][1] = before - 1e-2F;
    const double below = loss().item<double>();
    weight[row][1] = before;
    // Float32 sums of size 1 carry 1e-7, and the step is 2e-2.
    EXPECT_NEAR(gradient[row][1].item<double>(), (above - below) / 2e-2, 2e-4) << row;
  }
}

TEST(Model, HasAKernelForEveryOp) {
  for (const OpInfo& op : ops()) EXPECT_EQ(tensor_op(op.name).name, op.name);
  EXPECT_EQ(tensor_ops().size(), ops().size());
}

TEST(Model, GivesTheShapesThatTheSpecSays) {
  Model model(every_op());
  initialize(model, 1);
  const std::vector<at::Tensor> outputs = model.forward_all(torch::randn({5, 2, 9, 9}));
  const auto shapes = infer_shapes(model.spec());
  ASSERT_EQ(outputs.size(), shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    std::vector<std::int64_t> expected = {5};
    expected.insert(expected.end(), shapes[i].begin(), shapes[i].end());
    EXPECT_EQ(outputs[i].sizes().vec(), expected) << model.spec().layers[i].name;
  }
}

TEST(Model, ForwardEqualsTheLastOfAllOutputs) {
  Model model(every_op());
  initialize(model, 1);
  const at::Tensor input = torch::randn({5, 2, 9, 9});
  EXPECT_TRUE(torch::equal(model.forward(input), model.forward_all(input).back()));
}

TEST(Model, TakesImagesAsFlatRowsToo) {
  Model model(every_op());
  initialize(model, 1);
  const at::Tensor input = torch::randn({5, 2, 9, 9});
  EXPECT_TRUE(torch::equal(model.forward(input), model.forward(input.flatten(1))));
}

TEST(Model, HasAsManyWeightsAsTheSpecCounts) {
  for (const Family& family : families()) {
    const TrialModel trial = configure_trial(std::string(family.name), {}, {}, {}, digits().facts, 1, "loss");
    std::int64_t count = 0;
    for (const at::Tensor& parameter : Model(trial.model).parameters()) count += parameter.numel();
    EXPECT_EQ(count, params(trial.model)) << family.name;
  }
}

TEST(Model, FamiliesRunWithRandomOptions) {
  RandomStream random(3, 0, "options");
  for (int i = 0; i < 20; ++i) {
    const OptionValues options = {{"width", 1 + random.index(6)},
                                  {"blocks", 1 + random.index(5)},
                                  {"depth", 1 + random.index(3)},
                                  {"residual", random.uniform() < 0.5},
                                  {"batchnorm", random.uniform() < 0.5},
                                  {"pool", std::string(random.uniform() < 0.5 ? "max" : "avg")},
                                  {"head", std::string(random.uniform() < 0.5 ? "flatten" : "global")},
                                  {"dense", random.index(20)}};
    const TrialModel trial = configure_trial("cnn", options, {}, {}, digits().facts, 1, "loss");
    Model model(trial.model);
    initialize(model, 1);
    EXPECT_EQ(model.forward(digits().train.slice(0, 3)).sizes().vec(), (std::vector<std::int64_t>{3, 10}));
  }
}

/// Every gradient by finite differences: in double precision the central difference is good to 1e-7 for steps of 1e-4.
TEST(Model, GradientsOfEveryOpEqualFiniteDifferences) {
  ModelSpec spec = every_op();
  const at::NoGradGuard outer;
  for (const char* op : {"linear", "conv2d", "batchnorm", "gelu", "silu", "tanh", "avgpool", "add", "global_avgpool"}) {
    const LayerSpec* layer = nullptr;
    for (const LayerSpec& candidate : spec.layers) {
      if (candidate.op == op && (layer == nullptr || candidate.bias)) layer = &candidate;
    }
    const auto generator = at::detail::createCPUGenerator(5);
    const auto draw = [&](std::vector<std::int64_t> sizes) {
      return at::randn(sizes, generator, at::TensorOptions(at::kDouble));
    };
    const bool flat = std::string_view(op) == "linear";
    std::vector<at::Tensor> inputs(layer->in.size(), at::Tensor());
    for (at::Tensor& input : inputs) input = flat ? draw({3, 4}) : draw({3, 2, 4, 4});
    std::vector<at::Tensor> own(4);
    const RowShape row = flat ? RowShape{4} : RowShape{2, 4, 4};
    for (const TensorShape& shape : find_op(op)->tensors(*layer, row)) {
      const std::string role = shape.name.substr(shape.name.rfind('/') + 1);
      own[role == "weight"         ? 0
          : role == "bias"         ? 1
          : role == "running_mean" ? 2
                                   : 3] =
          role == "running_var" ? at::ones(shape.shape, at::kDouble) : draw(shape.shape);
    }
    const auto loss = [&] {
      const at::Tensor output = tensor_op(op).forward(*layer, inputs, own, {.training = true});
      return (output * at::arange(output.numel(), at::kDouble).view(output.sizes()).sin()).sum();
    };
    std::vector<at::Tensor> variables = {inputs[0]};
    if (own[0].defined()) variables.push_back(own[0]);
    std::vector<at::Tensor> gradients;
    {
      const at::AutoGradMode with_gradients(true);
      for (at::Tensor& variable : variables) variable.set_requires_grad(true);
      gradients = torch::autograd::grad({loss()}, variables);
      for (at::Tensor& variable : variables) variable.set_requires_grad(false);
    }
    for (std::size_t v = 0; v < variables.size(); ++v) {
      at::Tensor flat_values = variables[v].view({-1});
      for (std::int64_t i = 0; i < flat_values.numel(); i += 5) {
        const double before = flat_values[i].item<double>();
        flat_values[i] = before + 1e-4;
        const double above = loss().item<double>();
        flat_values[i] = before - 1e-4;
        const double below = loss().item<double>();
        flat_values[i] = before;
        EXPECT_NEAR(gradients[v].reshape({-1})[i].item<double>(), (above - below) / 2e-4, 1e-6) << op << " " << v;
      }
    }
  }
}

TEST(Model, InitialisesFromItsSeedAlone) {
  const ModelSpec spec = every_op();
  Model first(spec), second(spec), other(spec);
  initialize(first, 7);
  torch::manual_seed(99);
  initialize(second, 7);
  initialize(other, 8);
  EXPECT_TRUE(same_arrays(to_arrays(first), to_arrays(second)));
  EXPECT_FALSE(same_arrays(to_arrays(first), to_arrays(other)));
}

TEST(Model, DropsOnlyWhileTraining) {
  Model model({{100}, {{.name = "drop", .op = "dropout", .in = {"input"}, .rate = 0.25}}});
  const at::Tensor ones = torch::ones({100, 100});
  EXPECT_TRUE(torch::equal(model.forward(ones), ones));
  const ForwardMode mode = {.training = true, .dropout = at::detail::createCPUGenerator(1)};
  const at::Tensor dropped = model.forward(ones, mode);
  // 10,000 draws: the share of zeros is within 5 standard deviations (.0043) of the rate.
  EXPECT_NEAR((dropped == 0).to(at::kDouble).mean().item<double>(), 0.25, 0.022);
  EXPECT_NEAR(dropped.max().item<double>(), 1 / 0.75, 1e-6);
}

TEST(Model, LoadsTheArraysItGave) {
  Model model(every_op()), copy(every_op());
  initialize(model, 3);
  load_arrays(copy, to_arrays(model));
  EXPECT_TRUE(same_arrays(to_arrays(model), to_arrays(copy)));
}

TEST(Model, RefusesArraysThatDoNotFit) {
  Model model(every_op());
  NamedArrays arrays = to_arrays(model);
  arrays["out/bias"].shape = {1, 3};
  try {
    load_arrays(model, arrays);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "model::bad-shape: the tensor `out/bias` must be float32 [3] (is [1, 3])");
  }
  arrays.erase("out/bias");
  try {
    load_arrays(model, arrays);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "model::no-tensor: the tensor `out/bias` is missing");
  }
}

TEST(TensorData, GathersWhatTheEncoderWrites) {
  const at::Tensor index = torch::tensor({5, 0, 7}, at::kLong);
  const at::Tensor batch = digits().train.gather(index);
  EXPECT_EQ(batch.scalar_type(), at::kFloat);
  EXPECT_EQ(digits().train.inputs.scalar_type(), at::kByte);
  EXPECT_TRUE(torch::equal(batch, digits().train.encoded().index_select(0, index)));
}

TEST(TensorData, ArraysAndTensorsAreCopiesOfEachOther) {
  const at::Tensor tensor = torch::arange(24, at::kFloat).view({2, 3, 4}).transpose(0, 2);
  EXPECT_TRUE(torch::equal(to_tensor(to_array(tensor)), tensor));
  EXPECT_EQ(to_array(tensor).shape, (std::vector<std::int64_t>{4, 3, 2}));
}

}  // namespace
}  // namespace hone
