#include "trainers/checkpoint.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/files.h"
#include "datasets/hdf5_file.h"
#include "tests/trainers/digits.h"

namespace hone {
namespace {

const auto kGoOn = [](const EpochReport&) { return true; };

/// A training on few digits with all that it needs.
struct SmallTraining {
  TrialModel trial;
  TensorData train = first_rows(digits().train, 160);
  TensorData validation = first_rows(digits().validation, 50);
  Model model;
  Training training;
  std::vector<std::string> notes;

  explicit SmallTraining(const OptionValues& options = {}, std::uint64_t seed = 11)
      : trial(small_cnn(options)), model(trial.model), training(start(seed)) {}

  Training start(std::uint64_t seed) {
    initialize(model, seed);
    return Training(model, train, &validation, trial.trainer, seed);
  }
  std::string identity() const { return training_identity(training, "data"); }
  std::string resume(const std::filesystem::path& folder, const std::string& wanted) {
    return resume_training(training, folder, wanted, identity(),
                           [&](const std::string& note) { notes.push_back(note); });
  }
};

void expect_equal(const SmallTraining& a, const SmallTraining& b) {
  EXPECT_TRUE(same_arrays(to_arrays(a.model), to_arrays(b.model)));
  EXPECT_TRUE(same_arrays(a.training.optimizer().moments(), b.training.optimizer().moments()));
  EXPECT_EQ(a.training.optimizer().steps(), b.training.optimizer().steps());
  const TrainingState& left = a.training.state();
  const TrainingState& right = b.training.state();
  EXPECT_EQ(left.epoch, right.epoch);
  EXPECT_EQ(left.epochs_without_better, right.epochs_without_better);
  EXPECT_EQ(left.best->report.epoch, right.best->report.epoch);
  EXPECT_EQ(left.best->report.validation, right.best->report.validation);
  EXPECT_TRUE(same_arrays(left.best->tensors, right.best->tensors));
  EXPECT_EQ(left.last->train_loss, right.last->train_loss);
}

class Checkpoint : public testing::TestWithParam<std::string> {};

TEST_P(Checkpoint, ResumesBitForBit) {
  const TemporaryFolder folder;
  const OptionValues options = {{"optimizer", GetParam()}, {"warmup", 1.5}, {"label_smoothing", 0.1}};
  SmallTraining straight(options);
  straight.training.run(4, kGoOn);

  SmallTraining first(options);
  first.training.run(2, kGoOn);
  const std::string name = write_checkpoint(folder.path(), first.training, first.identity());
  EXPECT_EQ(name, "checkpoint-2.h5");
  SmallTraining second(options);
  EXPECT_EQ(second.resume(folder.path(), name), name);
  expect_equal(first, second);
  second.training.run(4, kGoOn);
  expect_equal(straight, second);
  EXPECT_TRUE(second.notes.empty());
}

INSTANTIATE_TEST_SUITE_P(Optimizers, Checkpoint, testing::Values("adamw", "sgd"));

TEST(Checkpoints, KeepsTheTwoNewest) {
  const TemporaryFolder folder;
  SmallTraining run;
  for (int epoch = 1; epoch <= 4; ++epoch) {
    run.training.run(epoch, kGoOn);
    write_checkpoint(folder.path(), run.training, run.identity());
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "checkpoint-1.h5"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "checkpoint-2.h5"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "checkpoint-3.h5"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "checkpoint-4.h5"));
}

TEST(Checkpoints, FallBackToTheOlderOneWhenCutAnywhere) {
  const TemporaryFolder folder;
  SmallTraining run;
  run.training.run(1, kGoOn);
  write_checkpoint(folder.path(), run.training, run.identity());
  run.training.run(2, kGoOn);
  write_checkpoint(folder.path(), run.training, run.identity());
  const std::filesystem::path file = folder.path() / "checkpoint-2.h5";
  const std::string whole = read_file(file);
  for (int part = 0; part < 40; ++part) {
    write_file(file, std::string_view(whole).substr(0, whole.size() * std::size_t(part) / 40), Durability::renamed);
    SmallTraining again;
    EXPECT_EQ(again.resume(folder.path(), "checkpoint-2.h5"), "checkpoint-1.h5") << part;
    EXPECT_EQ(again.training.state().epoch, 1);
    EXPECT_EQ(again.notes.size(), 1u);
  }
}

TEST(Checkpoints, NoticeAChangedByteOfEveryTensor) {
  const TemporaryFolder folder;
  SmallTraining run;
  run.training.run(1, kGoOn);
  write_checkpoint(folder.path(), run.training, run.identity());
  const Hdf5Content whole = read_hdf5(folder.path() / "checkpoint-1.h5");
  for (const auto& [name, array] : whole.arrays) {
    Hdf5Content changed = whole;
    changed.arrays[name].bytes[0] ^= std::byte{1};
    write_hdf5(folder.path() / "checkpoint-1.h5", changed);
    SmallTraining again;
    EXPECT_EQ(again.resume(folder.path(), "checkpoint-1.h5"), "") << name;
    EXPECT_EQ(again.notes, (std::vector<std::string>{"cannot resume from checkpoint-1.h5: it is damaged",
                                                     "the training starts again from nothing"}));
  }
}

TEST(Checkpoints, RestartFromNothingWhenForeign) {
  const TemporaryFolder folder;
  SmallTraining other({{"learning_rate", 0.5}});
  other.training.run(1, kGoOn);
  write_checkpoint(folder.path(), other.training, other.identity());
  SmallTraining run, fresh;
  EXPECT_EQ(run.resume(folder.path(), "checkpoint-1.h5"), "");
  EXPECT_EQ(run.notes, (std::vector<std::string>{
                           "cannot resume from checkpoint-1.h5: it belongs to another model, option, seed or data set",
                           "the training starts again from nothing"}));
  run.training.run(1, kGoOn);
  fresh.training.run(1, kGoOn);
  expect_equal(run, fresh);
}

TEST(Checkpoints, BelongToOneSeedAndOneDataSet) {
  SmallTraining run, other({}, 12);
  EXPECT_NE(run.identity(), other.identity());
  EXPECT_NE(training_identity(run.training, "data"), training_identity(run.training, "other data"));
}

}  // namespace
}  // namespace hone
