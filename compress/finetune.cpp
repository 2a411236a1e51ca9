#include "compress/finetune.h"

#include <torch/torch.h>

#include "core/metrics.h"
#include "trainers/evaluate.h"
#include "trainers/training_loop.h"

namespace hone {
namespace {

constexpr double kLearningRateShare = 0.3;

double value_of(const Model& model, const TensorData& rows, const std::string& metric) {
  return metrics_of(outputs_of(model, rows), rows).at(metric);
}

}  // namespace

ModelArtifact finetune(const ModelArtifact& pruned, const ModelArtifact& teacher, const TensorData& train,
                       const TensorData& validation, const DistillSpec& distill, TrainerOptions trainer,
                       const std::string& metric, std::int64_t epochs, std::uint64_t seed) {
  if (epochs <= 0) return pruned;
  Model source(teacher.model);
  load_arrays(source, teacher.tensors);
  Model model(pruned.model);
  load_arrays(model, pruned.tensors);
  const double before = value_of(model, validation, metric);

  trainer.learning_rate *= kLearningRateShare;
  trainer.schedule = "cosine";
  trainer.epochs = epochs;
  trainer.warmup = 0;
  trainer.patience = std::nullopt;
  trainer.select = metric;
  Training training(model, train, &validation, trainer, seed,
                    Teacher{outputs_of(source, train), distill.temperature, distill.alpha});
  training.run(epochs, [](const EpochReport&) { return true; });

  ModelArtifact tuned = pruned;
  if (!training.state().best) return tuned;
  const double after = training.state().best->report.validation.at(metric);
  const bool maximize = find_metric(metric)->goal == Goal::maximize;
  // Equal is better: the tuned model was fitted to labels and teacher on the way.
  if (maximize ? after >= before : after <= before) tuned.tensors = training.state().best->tensors;
  return tuned;
}

}  // namespace hone
