#include "compress/finetune.h"

#include <torch/torch.h>

#include "core/metrics.h"
#include "trainers/evaluate.h"
#include "trainers/training_loop.h"

namespace hone {
namespace {

constexpr double kLearningRateShare = 0.3;

double value_of(const Model& model, const TensorData& rows, const std::string& metric) {
  return metric_of(outputs_of(model, rows), rows, metric).value();
}

}  // namespace

ModelArtifact finetune(const ModelArtifact& pruned, const ModelArtifact& teacher, const TensorData& train,
                       const TensorData& validation, const FinetunePlan& plan, const std::function<bool()>& go_on) {
  if (plan.epochs <= 0) return pruned;
  Model source(teacher.model);
  load_arrays(source, teacher.tensors);
  Model model(pruned.model);
  load_arrays(model, pruned.tensors);
  const double before = value_of(model, validation, plan.metric);

  TrainerOptions trainer = plan.trainer;
  trainer.learning_rate *= kLearningRateShare;
  trainer.schedule = "cosine";
  trainer.epochs = plan.epochs;
  trainer.warmup = 0;
  trainer.patience = std::nullopt;
  trainer.select = plan.metric;
  Training training(model, train, &validation, trainer, plan.seed,
                    Teacher{outputs_of(source, train), plan.distill.temperature, plan.distill.alpha});
  training.run(plan.epochs, [&](const EpochReport&) { return go_on(); });

  ModelArtifact tuned = pruned;
  if (!training.state().best) return tuned;
  const double after = training.state().best->report.validation.at(plan.metric);
  const bool maximize = find_metric(plan.metric)->goal == Goal::maximize;
  // Equal is better: the tuned model was fitted to labels and teacher on the way.
  if (maximize ? after >= before : after <= before) tuned.tensors = training.state().best->tensors;
  return tuned;
}

}  // namespace hone
