#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/error.h"
#include "core/random.h"
#include "trainers/models/family.h"

namespace hone {
namespace {

DataFacts digits() {
  DataFacts facts;
  facts.task = "classification";
  facts.shape = {1, 8, 8};
  for (int digit = 0; digit < 10; ++digit) facts.classes.push_back(std::to_string(digit));
  return facts;
}

DataFacts table() {
  DataFacts facts;
  facts.task = "regression";
  facts.columns.resize(5);
  return facts;
}

/// A value inside the option's limits, small enough that the model stays small.
ParamValue random_value(const OptionInfo& option, RandomStream& random) {
  if (option.type == OptionType::boolean) return random.uniform() < 0.5;
  if (!option.limits.words.empty()) {
    return std::string(
        option.limits.words[static_cast<std::size_t>(random.index(std::int64_t(option.limits.words.size())))]);
  }
  const auto low = static_cast<std::int64_t>(option.limits.low.value_or(0));
  if (option.name == "kernel") return 1 + 2 * random.index(3);
  return low + random.index(6);
}

TEST(Families, BuildWithDefaults) {
  for (const Family& family : families()) {
    const TrialModel trial = configure_trial(std::string(family.name), {}, {}, {}, digits(), 27, "accuracy");
    EXPECT_EQ(infer_shapes(trial.model).back(), std::vector<std::int64_t>{10}) << family.name;
    EXPECT_EQ(trial.trainer.epochs, 27);
    EXPECT_EQ(trial.trainer.select, "accuracy");
  }
}

TEST(Families, BuildWithRandomOptions) {
  RandomStream random(1, 0, "families");
  for (const Family& family : families()) {
    for (int i = 0; i < 200; ++i) {
      OptionValues options;
      for (const OptionInfo& option : family.options()) options[option.name] = random_value(option, random);
      const OptionValues trainer = {{"dropout", random.uniform() < 0.5 ? 0.0 : 0.3}};
      const TrialModel trial = configure_trial(std::string(family.name), options, trainer, {}, digits(), 9, "loss");
      EXPECT_EQ(infer_shapes(trial.model).back(), std::vector<std::int64_t>{10}) << family.name;
      EXPECT_EQ(model_from_json(to_json_object(trial.model)), trial.model) << family.name;
    }
  }
}

TEST(Families, ShareNoOptionNameWithTheTrainer) {
  std::set<std::string> trainer;
  for (const OptionInfo& option : option_infos(trainer_fields())) trainer.insert(option.name);
  for (const KindInfo& kind : family_kinds()) {
    for (const OptionInfo& option : kind.options) EXPECT_FALSE(trainer.contains(option.name)) << option.name;
  }
}

TEST(Families, RegressionHasOneOutput) {
  const TrialModel trial = configure_trial("linear", {}, {}, {}, table(), 1, "rmse");
  EXPECT_EQ(trial.model.input, std::vector<std::int64_t>{5});
  EXPECT_EQ(params(trial.model), 6);
}

TEST(Families, CnnNeedsImages) {
  try {
    configure_trial("cnn", {}, {}, {}, table(), 1, "rmse");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "model::needs-images: family cnn needs images: give [dataset] shape = [channels, height, width]");
  }
}

TEST(ConfigureTrial, AugmentationNeedsImagesLargerThanTheShift) {
  EXPECT_THROW(configure_trial("mlp", {}, {{"flip", true}}, {}, table(), 1, "rmse"), Error);
  EXPECT_THROW(configure_trial("cnn", {}, {{"shift", std::int64_t{8}}}, {}, digits(), 1, "loss"), Error);
  EXPECT_EQ(configure_trial("cnn", {}, {{"shift", std::int64_t{7}}}, {}, digits(), 1, "loss").trainer.shift, 7);
}

DataFacts census() {
  DataFacts facts;
  facts.task = "classification";
  facts.classes = {"no", "yes"};
  facts.rows = 20'000;
  ColumnFacts age;
  ColumnFacts sex;
  sex.type = "nominal";
  sex.levels = {"f", "m"};
  ColumnFacts country = sex;
  for (int level = 0; level < 40; ++level) country.levels.push_back(std::to_string(level));
  facts.columns = {country, age, sex};
  return facts;
}

TEST(Families, MlpEmbedsColumnsThatComeAsCodes) {
  DataFacts facts = census();
  facts.encoding.categories = "mixed";  // the country is a code, the sex one-hot
  const TrialModel trial =
      configure_trial("mlp", {{"embedding", std::int64_t{5}}, {"depth", std::int64_t{1}}}, {}, {}, facts, 9, "auc");
  const std::vector<LayerSpec>& layers = trial.model.layers;
  ASSERT_EQ(layers.size(), 8u);
  EXPECT_EQ(layers[0].op, "slice");
  EXPECT_EQ(layers[1].op, "embedding");
  EXPECT_EQ(layers[1].first, 1);  // numbers come first
  EXPECT_EQ(layers[1].slots, 44);
  EXPECT_EQ(layers[2].op, "slice");
  EXPECT_EQ(layers[3].in, (std::vector<std::string>{"numbers1", "embedding2", "numbers3"}));
  EXPECT_EQ(infer_shapes(trial.model)[3], std::vector<std::int64_t>{1 + 5 + 4});
  EXPECT_EQ(model_from_json(to_json_object(trial.model)), trial.model);
  EXPECT_EQ(model_from_toml(to_toml(trial.model), "model.toml"), trial.model);
}

TEST(Families, MlpOfOneHotColumnsNeedsNoEmbedding) {
  const TrialModel trial = configure_trial("mlp", {}, {}, {}, census(), 9, "auc");
  EXPECT_EQ(trial.model.layers.front().op, "linear");
}

TEST(Families, ResnetIsResNet20ByDefault) {
  DataFacts facts = digits();
  facts.shape = {3, 32, 32};
  const TrialModel trial = configure_trial("resnet", {}, {}, {}, facts, 9, "accuracy");
  // He et al. 2016, table 6: .27 million; 40.8 million multiply-adds with 1×1 projections (compress.md).
  EXPECT_EQ(params(trial.model), 272'474);
  EXPECT_NEAR(static_cast<double>(macs(trial.model)), 40.8e6, 1e5);
  std::int64_t layers = 0;
  for (const LayerSpec& layer : trial.model.layers) {
    layers += (layer.op == "conv2d" || layer.op == "linear") && layer.name.find("shortcut") == std::string::npos;
  }
  EXPECT_EQ(layers, 20);
  EXPECT_EQ(trial.trainer.shift, 4);
  EXPECT_TRUE(trial.trainer.flip);
  EXPECT_FALSE(configure_trial("resnet", {}, {}, {}, digits(), 9, "accuracy").trainer.flip);
}

TEST(Families, TrainerDefaultsOfAFamilyGiveWayToTheSpec) {
  EXPECT_EQ(configure_trial("mlp", {}, {}, {}, census(), 9, "auc").trainer.batch_size, 256);
  EXPECT_EQ(configure_trial("mlp", {}, {{"batch_size", std::int64_t{7}}}, {}, census(), 9, "auc").trainer.batch_size,
            7);
  EXPECT_EQ(configure_trial("mlp", {}, {}, {{"learning_rate", 0.5}}, census(), 9, "auc").trainer.learning_rate, 0.5);
  EXPECT_EQ(configure_trial("cnn", {}, {}, {}, digits(), 9, "loss").trainer.learning_rate,
            TrainerOptions{}.learning_rate);
}

TEST(Families, ResidualBlocksAddTheirInput) {
  const TrialModel trial = configure_trial("cnn", {{"residual", true}}, {}, {}, digits(), 1, "loss");
  const std::int64_t add = find_layer(trial.model, "block2_add");
  ASSERT_GE(add, 0);
  EXPECT_EQ(trial.model.layers[std::size_t(add)].in,
            (std::vector<std::string>{"block2_shortcut_norm", "block2_norm2"}));
}

TEST(ConfigureTrial, LaysParametersOverFixedOptions) {
  const Params params = {{"model.width", std::int64_t{7}}, {"learning_rate", 0.5}, {"dropout", 0.25}};
  const TrialModel trial = configure_trial("mlp", {{"width", std::int64_t{3}}, {"depth", std::int64_t{1}}},
                                           {{"learning_rate", 0.1}}, params, digits(), 1, "loss");
  EXPECT_EQ(trial.model.layers.front().out, 7);
  EXPECT_EQ(trial.trainer.learning_rate, 0.5);
  EXPECT_EQ(trial.model.layers[2].rate, 0.25);
}

TEST(ConfigureTrial, RefusesParametersThatNobodyReads) {
  try {
    configure_trial("mlp", {}, {}, {{"wdith", std::int64_t{7}}}, digits(), 1, "loss");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "spec::unknown-option: parameter `wdith` is an option of neither the model family nor the trainer");
  }
  EXPECT_THROW(configure_trial("mlp", {}, {}, {{"width", 0.5}}, digits(), 1, "loss"), Error);
  EXPECT_THROW(configure_trial("mpl", {}, {}, {}, digits(), 1, "loss"), Error);
}

TEST(TrainerOptions, ReadBackFromJsonEqual) {
  TrainerOptions options;
  options.optimizer = "sgd";
  options.patience = 5;
  options.learning_rate = 0.1;
  options.epochs = 27;
  options.select = "accuracy";
  const nlohmann::json object = to_json_object(options);
  EXPECT_EQ(to_json_object(trainer_options_from_json(object)), object);
  EXPECT_EQ(trainer_options_from_json(object).patience, 5);
  EXPECT_EQ(trainer_options_from_json(to_json_object(TrainerOptions{})).patience, std::nullopt);
}

}  // namespace
}  // namespace hone
