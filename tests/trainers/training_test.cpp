#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <limits>

#include "core/error.h"
#include "datasets/tensor/array_tensor.h"
#include "tests/trainers/digits.h"
#include "trainers/evaluate.h"
#include "trainers/losses.h"
#include "trainers/schedules.h"
#include "trainers/training_loop.h"

namespace hone {
namespace {

const auto kGoOn = [](const EpochReport&) { return true; };

/// A linear model of a table with targets 2x₀ − x₁ + 1.
struct LineFit {
  TensorData train;
  ModelSpec spec{{2}, {{.name = "output", .op = "linear", .in = {"input"}, .out = 1}}};
  LineFit() {
    train.inputs = at::randn({64, 2}, at::detail::createCPUGenerator(1), at::TensorOptions(at::kFloat));
    train.targets = 2 * train.inputs.select(1, 0) - train.inputs.select(1, 1) + 1;
    train.classification = false;
  }
};

/// Steps of our optimiser and of torch::optim's on the same gradients stay together: the order of operations differs,
/// so equality is to a few units in the last place.
template <class Reference>
void expect_same_steps(const TrainerOptions& options, Reference make_reference) {
  Model model({{3}, {{.name = "output", .op = "linear", .in = {"input"}, .out = 2}}});
  initialize(model, 1);
  const at::Tensor weight = model.tensor("output/weight").detach().clone().set_requires_grad(true);
  const at::Tensor bias = model.tensor("output/bias").detach().clone().set_requires_grad(true);
  const auto reference = make_reference(weight, bias);
  Optimizer optimizer(model, options);
  const auto generator = at::detail::createCPUGenerator(2);
  for (int step = 0; step < 20; ++step) {
    const at::Tensor gw = at::randn({2, 3}, generator, at::TensorOptions(at::kFloat));
    const at::Tensor gb = at::randn({2}, generator, at::TensorOptions(at::kFloat));
    weight.mutable_grad() = gw.clone();
    bias.mutable_grad() = gb.clone();
    reference->step();
    optimizer.step({gw.clone(), gb.clone()}, options.learning_rate);
  }
  EXPECT_TRUE(at::allclose(model.tensor("output/weight"), weight, /*rtol=*/1e-5, /*atol=*/1e-6));
  EXPECT_TRUE(at::allclose(model.tensor("output/bias"), bias, /*rtol=*/1e-5, /*atol=*/1e-6));
}

TrainerOptions options_without_clipping(const std::string& optimizer) {
  TrainerOptions options;
  options.optimizer = optimizer;
  options.learning_rate = 0.1;
  options.weight_decay = 0.1;
  options.clip_norm = 0;
  return options;
}

TEST(Optimizer, StepsAsTorchAdamWDoes) {
  expect_same_steps(options_without_clipping("adamw"), [](at::Tensor weight, at::Tensor bias) {
    torch::optim::AdamWOptions decayed(0.1), plain(0.1);
    decayed.weight_decay(0.1);
    plain.weight_decay(0);
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.emplace_back(std::vector<at::Tensor>{weight}, std::make_unique<torch::optim::AdamWOptions>(decayed));
    groups.emplace_back(std::vector<at::Tensor>{bias}, std::make_unique<torch::optim::AdamWOptions>(plain));
    return std::make_unique<torch::optim::AdamW>(groups, plain);
  });
}

TEST(Optimizer, StepsAsTorchNesterovDoes) {
  expect_same_steps(options_without_clipping("sgd"), [](at::Tensor weight, at::Tensor bias) {
    torch::optim::SGDOptions decayed(0.1);
    decayed.momentum(0.9).nesterov(true).weight_decay(0.1);
    torch::optim::SGDOptions plain = decayed;
    plain.weight_decay(0);
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.emplace_back(std::vector<at::Tensor>{weight}, std::make_unique<torch::optim::SGDOptions>(decayed));
    groups.emplace_back(std::vector<at::Tensor>{bias}, std::make_unique<torch::optim::SGDOptions>(plain));
    return std::make_unique<torch::optim::SGD>(groups, plain);
  });
}

TEST(Optimizer, ClipsTheCommonNorm) {
  Model model({{3}, {{.name = "output", .op = "linear", .in = {"input"}, .out = 1}}});
  TrainerOptions options = options_without_clipping("sgd");
  options.momentum = 0;
  options.weight_decay = 0;
  options.clip_norm = 1;
  Optimizer optimizer(model, options);
  optimizer.step({torch::full({1, 3}, 2.0), torch::full({1}, 2.0)}, /*learning_rate=*/1);
  // Four gradients of 2 have norm 4: each becomes ½.
  EXPECT_NEAR(model.tensor("output/weight")[0][0].item<double>(), -0.5, 1e-6);
  EXPECT_NEAR(model.tensor("output/bias")[0].item<double>(), -0.5, 1e-6);
}

TEST(Schedule, WarmsUpThenFallsAsACosine) {
  TrainerOptions options;
  options.learning_rate = 1;
  options.epochs = 10;
  options.warmup = 2;
  EXPECT_NEAR(learning_rate_at(options, 0, 10), 1.0 / 21, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 19, 10), 20.0 / 21, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 20, 10), 1, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 60, 10), 0.5, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 100, 10), 0, 1e-12);
  options.schedule = "constant";
  EXPECT_EQ(learning_rate_at(options, 60, 10), 1);
}

TEST(Schedule, OneCycleRisesFromA25thThenFallsAsACosine) {
  TrainerOptions options;
  options.learning_rate = 1;
  options.epochs = 10;
  options.schedule = "onecycle";
  EXPECT_NEAR(learning_rate_at(options, 0, 10), 0.04, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 15, 10), 0.52, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 30, 10), 1, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 65, 10), 0.5, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 100, 10), 0, 1e-12);
}

TEST(Training, FindsTheLineOfARegression) {
  const LineFit fit;
  Model model(fit.spec);
  TrainerOptions options;
  options.learning_rate = 0.1;
  options.weight_decay = 0;
  options.batch_size = 16;
  options.epochs = 100;
  Training training(model, fit.train, &fit.train, options, 1);
  training.run(100, kGoOn);
  EXPECT_NEAR(model.tensor("output/weight")[0][0].item<double>(), 2, 1e-3);
  EXPECT_NEAR(model.tensor("output/weight")[0][1].item<double>(), -1, 1e-3);
  EXPECT_NEAR(model.tensor("output/bias")[0].item<double>(), 1, 1e-3);
  EXPECT_GT(training.state().last->validation.at("r2"), 0.999);
}

TEST(Training, ReportsRegressionInTheTargetsUnit) {
  LineFit fit;
  fit.train.target_mean = 100;
  fit.train.target_spread = 10;
  const at::Tensor outputs = fit.train.targets.unsqueeze(1) + 0.5;
  const auto metrics = metrics_of(outputs, fit.train);
  // Float32 targets near 100 carry 1e-5.
  EXPECT_NEAR(metrics.at("rmse"), 5, 1e-4);
  EXPECT_NEAR(metrics.at("mae"), 5, 1e-4);
  EXPECT_NEAR(metrics.at("loss"), 0.25, 1e-6);
}

TEST(Training, HoldsPredictionsWithinTheRangeOfTheTrainingTargets) {
  LineFit fit;
  fit.train.targets.fill_(0);
  fit.train.target_high = 2;
  EXPECT_NEAR(*metric_of(at::full({64, 1}, 5.0), fit.train, "mae"), 2, 1e-12);
  EXPECT_NEAR(*metric_of(at::full({64, 1}, -5.0), fit.train, "mae"), 5, 1e-12);
}

TEST(Training, LeavesAMetricOutThatIsUndefinedOnTheRows) {
  TensorData rows;
  rows.targets = at::ones({2}, at::kLong);
  const at::Tensor outputs = at::zeros({2, 2});
  EXPECT_FALSE(metrics_of(outputs, rows).contains("auc"));
  EXPECT_EQ(metric_of(outputs, rows, "auc"), std::nullopt);
  EXPECT_EQ(metric_of(outputs, rows, "brier"), 0.25);
  EXPECT_THROW(metric_of(outputs, rows, "rmse"), Error);
}

TEST(Training, BeatsGuessingOnDigitsInThreeEpochs) {
  const TrialModel trial = small_cnn({{"dropout", 0.0}, {"learning_rate", 5e-3}});
  Model model(trial.model);
  initialize(model, 1);
  Training training(model, digits().train, &digits().validation, trial.trainer, 1);
  training.run(3, kGoOn);
  EXPECT_GT(training.state().last->validation.at("accuracy"), 0.5);  // guessing: 0.1
  EXPECT_EQ(training.state().last->validation.size(), 8u);
}

TEST(Training, IsTheSameEveryTime) {
  const TrialModel trial = small_cnn();
  NamedArrays results[2];
  for (NamedArrays& result : results) {
    torch::manual_seed(std::int64_t(reinterpret_cast<std::uintptr_t>(&result)));  // global state must not matter
    Model model(trial.model);
    initialize(model, 5);
    const TensorData train = first_rows(digits().train, 200);
    Training training(model, train, nullptr, trial.trainer, 5);
    training.run(2, kGoOn);
    result = to_arrays(model);
  }
  EXPECT_TRUE(same_arrays(results[0], results[1]));
}

TEST(Training, EndsWhenPatienceIsUsedUpAndKeepsTheBestEpoch) {
  TrialModel trial = small_cnn({{"learning_rate", 1e-9}});
  trial.trainer.patience = 2;
  trial.trainer.epochs = 50;
  Model model(trial.model);
  initialize(model, 5);
  // Without validation every epoch counts as the best; with a metric that cannot improve the first one stays.
  const TensorData train = first_rows(digits().train, 64);
  TensorData validation = first_rows(digits().validation, 1);
  std::vector<EpochReport> reports;
  Training training(model, train, &validation, trial.trainer, 5);
  training.run(50, [&](const EpochReport& report) {
    reports.push_back(report);
    return true;
  });
  EXPECT_TRUE(training.ended());
  EXPECT_LT(reports.size(), 50u);
  const BestEpoch& best = *training.state().best;
  for (const EpochReport& report : reports) {
    EXPECT_LE(report.validation.at("accuracy"), best.report.validation.at("accuracy"));
  }
  EXPECT_EQ(std::int64_t(reports.size()), best.report.epoch + 2);
}

TEST(Training, StopsWhenTheCallerSaysSo) {
  const TrialModel trial = small_cnn();
  Model model(trial.model);
  initialize(model, 5);
  const TensorData train = first_rows(digits().train, 64);
  Training training(model, train, nullptr, trial.trainer, 5);
  training.run(4, [](const EpochReport& report) { return report.epoch < 2; });
  EXPECT_EQ(training.state().epoch, 2);
}

TEST(Training, SaysThatALossIsNotFinite) {
  LineFit fit;
  fit.train.targets[3] = std::numeric_limits<float>::quiet_NaN();
  Model model(fit.spec);
  Training training(model, fit.train, nullptr, TrainerOptions{}, 1);
  try {
    training.run(1, kGoOn);
    FAIL();
  } catch (const NonFinite& error) {
    EXPECT_STREQ(error.what(), "train_loss is not finite after epoch 1");
  }
}

TEST(Training, RefusesAMetricOfTheOtherTask) {
  LineFit fit;
  Model model(fit.spec);
  TrainerOptions options;
  options.select = "accuracy";
  try {
    Training(model, fit.train, nullptr, options, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "trainer::unknown-metric: the trainer does not report the metric `accuracy` for regression");
  }
}

TEST(Losses, LabelSmoothingMixesInTheUniformDistribution) {
  const at::Tensor logits = torch::randn({4, 10});
  const at::Tensor classes = torch::tensor({1, 2, 3, 4}, at::kLong);
  const at::Tensor log_p = at::log_softmax(logits, 1);
  const double hard = -log_p.gather(1, classes.unsqueeze(1)).mean().item<double>();
  const double uniform = -log_p.mean().item<double>();
  EXPECT_NEAR(label_loss(logits, classes, 0.1).item<double>(), 0.9 * hard + 0.1 * uniform, 1e-5);
}

TEST(Losses, DistillationIsZeroForTheTeacherItself) {
  const at::Tensor logits = torch::randn({4, 10});
  EXPECT_NEAR(teacher_loss(logits, logits, 4, true).item<double>(), 0, 1e-6);
  EXPECT_GT(teacher_loss(torch::randn({4, 10}), logits, 4, true).item<double>(), 0.1);
  EXPECT_EQ(teacher_loss(logits, logits, 4, false).item<double>(), 0);
}

TEST(Losses, DistillationEqualsTheDivergenceOfTheSoftenedDistributions) {
  const at::Tensor student = torch::randn({3, 5}), teacher = torch::randn({3, 5});
  const at::Tensor p = at::softmax(teacher / 2, 1), q = at::softmax(student / 2, 1);
  const double expected = 4 * (p * (p / q).log()).sum(1).mean().item<double>();
  EXPECT_NEAR(teacher_loss(student, teacher, 2, true).item<double>(), expected, 1e-5);
}

TEST(Training, FollowsItsTeacher) {
  // Labels say 0, the teacher says 3: with alpha 1 the teacher is right.
  LineFit fit;
  fit.train.targets.zero_();
  Model model(fit.spec);
  TrainerOptions options;
  options.learning_rate = 0.1;
  options.weight_decay = 0;
  options.epochs = 200;
  Training training(model, fit.train, nullptr, options, 1, Teacher{torch::full({64, 1}, 3.0), 1.0, 1.0});
  training.run(200, kGoOn);
  EXPECT_NEAR(model.tensor("output/bias")[0].item<double>(), 3, 1e-2);
}

}  // namespace
}  // namespace hone
