#include "trainers/augment.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <set>

#include "tests/trainers/digits.h"
#include "trainers/training_loop.h"

namespace hone {
namespace {

/// 40 images of 2 channels, 5 × 6 pixels; no two pixels of an image's channel are equal.
TensorData images() {
  TensorData data;
  data.inputs = at::empty({40, 2, 5, 6}, at::kByte);
  auto* pixel = data.inputs.data_ptr<std::uint8_t>();
  for (std::int64_t i = 0; i < data.inputs.numel(); ++i)
    pixel[i] = static_cast<std::uint8_t>(i % 30 + 30 * (i / 30 % 2));
  data.mean = torch::tensor({10.0F, 40.0F}).view({2, 1, 1});
  data.spread = torch::tensor({2.0F, 4.0F}).view({2, 1, 1});
  return data;
}

at::Tensor all_rows(const TensorData& data) { return at::arange(data.rows()); }

std::int64_t reflect(std::int64_t place, std::int64_t size) {
  if (place < 0) place = -place;
  return place >= size ? 2 * (size - 1) - place : place;
}

/// The image moved, and mirrored first where asked, pixel by pixel.
at::Tensor moved(const at::Tensor& image, std::int64_t down, std::int64_t right, bool mirrored) {
  at::Tensor result = at::empty_like(image);
  for (std::int64_t y = 0; y < 5; ++y) {
    for (std::int64_t x = 0; x < 6; ++x) {
      const std::int64_t from = reflect((mirrored ? 5 - x : x) + right, 6);
      result.select(2, x).select(1, y).copy_(image.select(2, from).select(1, reflect(y + down, 5)));
    }
  }
  return result;
}

TEST(Augment, ShiftsAndFlipsAreThoseOfASlowReference) {
  const TensorData data = images();
  TrainerOptions options;
  options.shift = 2;
  options.flip = true;
  const at::Tensor augmented = Augment(options, 7, 3, data).gather(all_rows(data));
  const at::Tensor plain = data.encoded();
  std::set<std::tuple<std::int64_t, std::int64_t, bool>> seen;
  for (std::int64_t row = 0; row < data.rows(); ++row) {
    bool found = false;
    for (std::int64_t down = -2; down <= 2; ++down) {
      for (std::int64_t right = -2; right <= 2; ++right) {
        for (const bool mirrored : {false, true}) {
          if (!moved(plain[row], down, right, mirrored).equal(augmented[row])) continue;
          found = true;
          seen.insert({down, right, mirrored});
        }
      }
    }
    EXPECT_TRUE(found) << row;
  }
  EXPECT_GT(seen.size(), 20u);  // 40 draws of 50
}

TEST(Augment, FlipsTheOtherHalfInTheNextEpoch) {
  const TensorData data = images();
  TrainerOptions options;
  options.flip = true;
  const at::Tensor plain = data.encoded();
  const at::Tensor even = Augment(options, 7, 2, data).gather(all_rows(data));
  const at::Tensor odd = Augment(options, 7, 3, data).gather(all_rows(data));
  std::int64_t flipped = 0;
  for (std::int64_t row = 0; row < data.rows(); ++row) {
    const bool in_even = !even[row].equal(plain[row]);
    EXPECT_NE(in_even, !odd[row].equal(plain[row])) << row;
    flipped += in_even ? 1 : 0;
  }
  EXPECT_GT(flipped, 8);
  EXPECT_LT(flipped, 32);
}

TEST(Augment, CutoutBlanksOneSquareToTheMean) {
  TensorData data = images();
  data.inputs.fill_(200);
  TrainerOptions options;
  options.cutout = 3;
  const at::Tensor blank = Augment(options, 7, 0, data).gather(all_rows(data)).eq(0);
  for (std::int64_t row = 0; row < data.rows(); ++row) {
    EXPECT_TRUE(blank[row][0].equal(blank[row][1]));
    const at::Tensor rows = blank[row][0].any(1);
    const at::Tensor columns = blank[row][0].any(0);
    // A full square, cut off at the border: at least 2 × 2 of it lie inside.
    EXPECT_TRUE(blank[row][0].equal(rows.unsqueeze(1).logical_and(columns.unsqueeze(0))));
    for (const at::Tensor& side : {rows, columns}) {
      EXPECT_GE(side.sum().item<std::int64_t>(), 2);
      EXPECT_LE(side.sum().item<std::int64_t>(), 3);
    }
  }
}

TEST(Augment, IsAFunctionOfSeedEpochAndRow) {
  const TensorData data = images();
  TrainerOptions options;
  options.shift = 2;
  options.flip = true;
  options.cutout = 2;
  const at::Tensor whole = Augment(options, 7, 3, data).gather(all_rows(data));
  const at::Tensor index = torch::tensor({17, 3}, at::kLong);
  EXPECT_TRUE(Augment(options, 7, 3, data).gather(index).equal(whole.index_select(0, index)));
  EXPECT_FALSE(Augment(options, 8, 3, data).gather(all_rows(data)).equal(whole));
  EXPECT_FALSE(Augment(options, 7, 5, data).gather(all_rows(data)).equal(whole));
}

TEST(Augment, TrainsDigitsThatItMoves) {
  TrialModel trial = small_cnn({{"shift", std::int64_t{1}}, {"schedule", "onecycle"}, {"learning_rate", 1e-2}});
  trial.trainer.epochs = 3;
  Model model(trial.model);
  initialize(model, 1);
  Training training(model, digits().train, &digits().validation, trial.trainer, 1);
  training.run(3, [](const EpochReport&) { return true; });
  EXPECT_GT(training.state().last->validation.at("accuracy"), 0.5);  // guessing: 0.1
}

}  // namespace
}  // namespace hone
