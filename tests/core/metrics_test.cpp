#include "core/metrics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace hone {
namespace {

using Codes = std::vector<std::int64_t>;
using Values = std::vector<double>;

TEST(Metrics, AccuracyIsTheShareNamedRight) { EXPECT_DOUBLE_EQ(accuracy(Codes{0, 1, 2, 2}, Codes{0, 1, 1, 2}), 0.75); }

TEST(Metrics, BalancedAccuracyIsTheMeanRecallOfClassesThatOccur) {
  // Class 0: 3 of 4 right, class 2: 1 of 2; class 1 is only ever predicted.
  EXPECT_DOUBLE_EQ(balanced_accuracy(Codes{0, 0, 0, 0, 2, 2}, Codes{0, 0, 0, 1, 2, 0}), (0.75 + 0.5) / 2);
}

TEST(Metrics, LogLossIsTheMeanOfMinusLogOfTheTrueClass) {
  const Values probabilities = {0.5, 0.25, 0.25, 0.1, 0.1, 0.8};
  EXPECT_DOUBLE_EQ(log_loss(Codes{0, 2}, probabilities, 3), -(std::log(0.5) + std::log(0.8)) / 2);
}

TEST(Metrics, LogLossClipsAProbabilityOfZero) {
  EXPECT_DOUBLE_EQ(log_loss(Codes{1}, Values{1.0, 0.0}, 2), -std::log(1e-15));
}

TEST(Metrics, AucIsTheShareOfPairsInOrderWithTiesCountedHalf) {
  // Pairs (positive, negative): .9 > .4, .9 > .8, .4 = .4, .4 < .8.
  const Values probabilities = {0.1, 0.9, 0.6, 0.4, 0.6, 0.4, 0.2, 0.8};
  EXPECT_DOUBLE_EQ(*auc(Codes{1, 1, 0, 0}, probabilities, 2), (1 + 1 + 0.5 + 0) / 4);
}

TEST(Metrics, AucOfOneClassIsUndefined) { EXPECT_EQ(auc(Codes{1, 1}, Values{0.1, 0.9, 0.6, 0.4}, 2), std::nullopt); }

TEST(Metrics, AucOfManyClassesIsTheMeanOfOneAgainstTheRest) {
  // Class 0 against the rest is in order, class 1 reversed; class 2 does not occur and is left out.
  const Values probabilities = {0.9, 0.1, 0.0, 0.1, 0.0, 0.9};
  EXPECT_DOUBLE_EQ(*auc(Codes{0, 1}, probabilities, 3), (1.0 + 0.0) / 2);
}

TEST(Metrics, F1CountsEveryClassThatOccursOrIsPredicted) {
  // Class 0: precision 2/3, recall 1; class 1: precision 1, recall ½; class 2 is only predicted.
  EXPECT_DOUBLE_EQ(f1_macro(Codes{0, 0, 1, 1, 0}, Codes{0, 0, 1, 0, 2}),
                   (2.0 * 2 / (3 + 3) + 2.0 * 1 / (2 + 1) + 0) / 3);
}

TEST(Metrics, BrierIsTheSquaredDistanceAndTwoClassesCountOnce) {
  EXPECT_DOUBLE_EQ(brier(Codes{0, 1}, Values{0.75, 0.25, 0.5, 0.5}, 2), (0.0625 + 0.25) / 2);
  EXPECT_DOUBLE_EQ(brier(Codes{2}, Values{0.5, 0.25, 0.25}, 3), 0.25 + 0.0625 + 0.5625);
}

TEST(Metrics, CalibrationErrorComparesConfidenceWithRightAnswersInABin) {
  // Two rows in the bin of .8: one right (gap .8 + .8 − 1 = .6); one row alone at 1 and right: no gap.
  const Values probabilities = {0.8, 0.2, 0.8, 0.2, 0.0, 1.0};
  EXPECT_NEAR(expected_calibration_error(Codes{0, 1, 1}, probabilities, 2), 0.6 / 3, 1e-15);
}

TEST(Metrics, RmseIsTheRootOfTheMeanSquare) {
  EXPECT_DOUBLE_EQ(rmse(Values{1, 2, 3}, Values{1, 4, 7}), std::sqrt((0.0 + 4 + 16) / 3));
}

TEST(Metrics, MaeIsTheMeanDistance) { EXPECT_DOUBLE_EQ(mae(Values{1, 2, 3}, Values{0, 4, 3}), 1.0); }

TEST(Metrics, R2ComparesWithTheMean) {
  // SST = 2 around 2; SSE = 0.25.
  EXPECT_DOUBLE_EQ(r2(Values{1, 2, 3}, Values{1.5, 2, 3}), 1 - 0.25 / 2);
  EXPECT_DOUBLE_EQ(r2(Values{1, 2, 3}, Values{2, 2, 2}), 0);
}

TEST(Metrics, R2OfAConstantTargetIsZero) { EXPECT_DOUBLE_EQ(r2(Values{2, 2}, Values{1, 3}), 0); }

TEST(Metrics, AreFoundByBareNameAndByRows) {
  ASSERT_NE(find_metric("accuracy"), nullptr);
  EXPECT_EQ(find_metric("accuracy")->goal, Goal::maximize);
  EXPECT_EQ(find_metric("val_rmse"), find_metric("rmse"));
  EXPECT_EQ(find_metric("train_loss"), find_metric("loss"));
  EXPECT_EQ(find_metric("test_r2"), find_metric("r2"));
}

TEST(Metrics, UnknownNamesAreNull) {
  for (const char* name : {"acc", "val_", "", "val_val_loss", "dev_loss", "Accuracy"}) {
    EXPECT_EQ(find_metric(name), nullptr) << name;
  }
}

TEST(Metrics, TableNamesTheMetricsOfTheHouse) {
  std::vector<std::string_view> names;
  for (const MetricInfo& info : metric_table()) {
    names.push_back(info.name);
    EXPECT_FALSE(info.meaning.empty()) << info.name;
    EXPECT_TRUE(info.classification || info.regression) << info.name;
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"loss", "accuracy", "balanced_accuracy", "auc", "log_loss",
                                                  "f1_macro", "brier", "ece", "rmse", "mae", "r2"}));
}

}  // namespace
}  // namespace hone
