#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "datasets/tensor/tensor_data.h"
#include "trainers/build_model.h"
#include "trainers/models/family.h"
#include "trainers/optimizers.h"

namespace hone {

/// A model whose outputs are imitated (Hinton et al. 2015, "Distilling the knowledge in a neural network"):
/// loss = (1 − alpha)·CE + alpha·T²·KL(softmax(teacher/T) ‖ softmax(student/T)); regression: the same mix of squared
/// errors to the label and to the teacher. Its outputs are those of the images as they are: nothing is augmented.
struct Teacher {
  /// Outputs a training row, float32 [rows, outputs].
  at::Tensor outputs;
  double temperature = 4;
  double alpha = 0.7;
};

/// What one epoch gave.
struct EpochReport {
  /// Epochs done.
  std::int64_t epoch = 0;
  double train_loss = 0;
  /// Validation metrics by bare name; empty without validation rows.
  std::map<std::string, double> validation;
};

/// The best epoch so far by TrainerOptions::select on validation rows (ties: the lower loss); without validation rows
/// the last epoch.
struct BestEpoch {
  EpochReport report;
  NamedArrays tensors;
};

/// A loss or metric became NaN or infinite. The trial is data, not an error.
class NonFinite : public std::exception {
 public:
  explicit NonFinite(std::string why) : why_(std::move(why)) {}
  const char* what() const noexcept override { return why_.c_str(); }

 private:
  std::string why_;
};

/// Training of one model: everything that a checkpoint must hold to go on bit for bit (trainers/checkpoint.h).
struct TrainingState {
  std::int64_t epoch = 0;
  std::optional<BestEpoch> best;
  /// The last epoch's report; empty before the first.
  std::optional<EpochReport> last;
  /// Epochs since the best one.
  std::int64_t epochs_without_better = 0;
};

/// Trains a model on resident tensors, epoch by epoch. Random numbers come from streams of (seed, epoch, purpose), so
/// the state at an epoch's end is all that a resume needs. Not for several threads at once.
class Training {
 public:
  /// `model` and the data must live as long as the training; `validation` may be null. The model must have been
  /// initialised. Throws Error("trainer::unknown-metric") when `options.select` is no metric of the task.
  Training(Model& model, const TensorData& train, const TensorData* validation, TrainerOptions options,
           std::uint64_t seed, std::optional<Teacher> teacher = std::nullopt);

  /// Called after every epoch; false ends `run` there.
  using OnEpoch = std::function<bool(const EpochReport&)>;
  /// Trains until `budget` epochs are done in all, patience is used up or `on_epoch` says false.
  /// Throws NonFinite.
  void run(std::int64_t budget, const OnEpoch& on_epoch);
  /// Patience was used up: further budget would change nothing.
  bool ended() const;

  const Model& model() const { return model_; }
  TrainingState& state() { return state_; }
  const TrainingState& state() const { return state_; }
  Optimizer& optimizer() { return optimizer_; }
  const Optimizer& optimizer() const { return optimizer_; }
  const TrainerOptions& options() const { return options_; }
  std::uint64_t seed() const { return seed_; }

 private:
  double train_epoch();
  void settle(EpochReport report);
  bool is_better(const EpochReport& report) const;

  Model& model_;
  const TensorData& train_;
  const TensorData* validation_;
  TrainerOptions options_;
  std::uint64_t seed_;
  std::optional<Teacher> teacher_;
  Optimizer optimizer_;
  TrainingState state_;
};

}  // namespace hone
