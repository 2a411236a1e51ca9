#pragma once

#include <torch/torch.h>

#include "compress/pipeline.h"
#include "core/files.h"
#include "tests/compress/random_models.h"
#include "trainers/training_loop.h"

namespace hone {

/// Three Gaussian classes (or a smooth function) of eight numbers, a trained model of it in a folder, and what a
/// compression wants.
struct SmallProblem {
  TemporaryFolder folder;
  Preprocess preprocess;
  TensorData train;
  TensorData validation;
  TensorData test;

  explicit SmallProblem(bool classification = true) {
    // Threads that wait for each other on a busy machine would take minutes.
    at::set_num_threads(1);
    preprocess.facts.task = classification ? "classification" : "regression";
    if (classification) {
      preprocess.facts.classes = {"a", "b", "c"};
      preprocess.facts.class_counts = {333, 333, 334};
    }
    for (int i = 0; i < 8; ++i) {
      ColumnFacts column;
      column.name = "x" + std::to_string(i);
      preprocess.facts.columns.push_back(column);
    }
    preprocess.mean.assign(8, 1.0F);
    preprocess.fill.assign(8, 1.0F);
    preprocess.spread.assign(8, 2.0F);
    preprocess.target_mean = classification ? 0 : 10;
    preprocess.target_spread = classification ? 1 : 3;
    train = rows(600, "train");
    validation = rows(200, "validation");
    test = rows(200, "test");
  }

  TensorData rows(std::int64_t count, const std::string& stream) const {
    RandomStream random(1, -1, stream);
    TensorData data;
    data.classification = preprocess.facts.task == "classification";
    data.inputs = at::empty({count, 8});
    data.targets = at::empty({count}, data.classification ? at::kLong : at::kFloat);
    for (std::int64_t row = 0; row < count; ++row) {
      const std::int64_t label = random.index(3);
      float* x = data.inputs.data_ptr<float>() + row * 8;
      for (int i = 0; i < 8; ++i) x[i] = static_cast<float>(random.normal() * 0.5 + (i % 3 == label ? 1.0 : -0.5));
      if (data.classification) {
        data.targets.data_ptr<std::int64_t>()[row] = label;
      } else {
        data.targets.data_ptr<float>()[row] = x[0] * 0.5F + std::abs(x[1]) - 0.3F * x[2] * x[3];
      }
    }
    data.target_mean = preprocess.target_mean;
    data.target_spread = preprocess.target_spread;
    return data;
  }

  /// Trains the model and writes it to <folder>/model.
  void train_model(const ModelSpec& spec, std::int64_t epochs = 10) const {
    Model model(spec);
    initialize(model, 3);
    Training training(model, train, &validation, options(), 3);
    training.run(epochs, [](const EpochReport&) { return true; });
    ModelArtifact artifact;
    artifact.model = spec;
    artifact.preprocess = preprocess;
    artifact.tensors = training.state().best->tensors;
    write_artifact(folder.path() / "model", artifact);
  }

  ModelSpec mlp(std::int64_t width = 64) const {
    ModelSpec spec;
    spec.input = {8};
    spec.layers = {linear_of("fc1", "input", width),   layer_of("norm", "batchnorm", {"fc1"}),
                   layer_of("act1", "relu", {"norm"}), linear_of("fc2", "act1", width),
                   layer_of("act2", "relu", {"fc2"}),  linear_of("out", "act2", output_width(preprocess.facts))};
    return spec;
  }

  static TrainerOptions options() {
    TrainerOptions options;
    options.learning_rate = 1e-2;
    options.batch_size = 32;
    options.epochs = 10;
    return options;
  }

  CompressionInput input(std::vector<std::string> limits) const {
    CompressionInput input;
    input.source = folder.path() / "model";
    input.out = folder.path() / "compressed";
    input.train = train;
    input.validation = validation;
    input.test = [this] { return test; };
    input.options.limits = std::move(limits);
    input.options.budget.finetune_epochs = 4;
    input.trainer = options();
    input.seed = 5;
    return input;
  }
};

}  // namespace hone
