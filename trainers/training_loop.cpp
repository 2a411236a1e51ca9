#include "trainers/training_loop.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/metrics.h"
#include "core/random.h"
#include "trainers/augment.h"
#include "trainers/evaluate.h"
#include "trainers/losses.h"
#include "trainers/schedules.h"

namespace hone {
namespace {

/// A permutation of the rows for one epoch (Fisher and Yates).
at::Tensor epoch_order(std::uint64_t seed, std::int64_t epoch, std::int64_t rows) {
  RandomStream random(seed, epoch, "order");
  at::Tensor order = at::empty({rows}, at::TensorOptions(at::kLong));
  auto* index = order.data_ptr<std::int64_t>();
  std::iota(index, index + rows, std::int64_t{0});
  for (std::int64_t i = rows - 1; i > 0; --i) std::swap(index[i], index[random.index(i + 1)]);
  return order;
}

void require_finite(const EpochReport& report, const std::string& select) {
  const std::string place = " after epoch " + std::to_string(report.epoch);
  if (!std::isfinite(report.train_loss)) throw NonFinite("train_loss is not finite" + place);
  for (const auto& [name, value] : report.validation) {
    if (!std::isfinite(value)) throw NonFinite("val_" + name + " is not finite" + place);
  }
  if (!report.validation.empty() && !report.validation.contains(select)) {
    throw NonFinite("val_" + select + " is undefined on the validation rows" + place);
  }
}

}  // namespace

Training::Training(Model& model, const TensorData& train, const TensorData* validation, TrainerOptions options,
                   std::uint64_t seed, std::optional<Teacher> teacher)
    : model_(model),
      train_(train),
      validation_(validation),
      options_(std::move(options)),
      seed_(seed),
      teacher_(std::move(teacher)),
      optimizer_(model, options_) {
  require_metric(options_.select, train.classification);
}

bool Training::ended() const { return options_.patience && state_.epochs_without_better >= *options_.patience; }

void Training::run(std::int64_t budget, const OnEpoch& on_epoch) {
  while (state_.epoch < budget && !ended()) {
    EpochReport report;
    report.train_loss = train_epoch();
    report.epoch = state_.epoch + 1;
    if (validation_ != nullptr) report.validation = metrics_of(outputs_of(model_, *validation_), *validation_);
    require_finite(report, options_.select);
    settle(report);
    if (!on_epoch(report)) return;
  }
}

/// Full batches of one permutation; the last rows that fill no batch wait for another epoch (a short batch would
/// weigh its rows more and give BatchNorm poor statistics). Fewer rows than a batch are one batch.
double Training::train_epoch() {
  const std::int64_t batch = std::min(options_.batch_size, train_.rows());
  const std::int64_t batches = train_.rows() / batch;
  const at::Tensor order = epoch_order(seed_, state_.epoch, train_.rows()).to(train_.inputs.device());
  const ForwardMode mode = {
      .training = true, .dropout = at::detail::createCPUGenerator(RandomStream(seed_, state_.epoch, "dropout").bits())};
  const std::vector<at::Tensor> parameters = model_.parameters();
  // A teacher knows the images as they are.
  std::optional<Augment> augment;
  if (augments(options_) && !teacher_) augment.emplace(options_, seed_, state_.epoch, train_);
  at::Tensor total = at::zeros({}, train_.inputs.options().dtype(at::kFloat));
  for (std::int64_t i = 0; i < batches; ++i) {
    const at::Tensor index = order.narrow(0, i * batch, batch);
    const at::Tensor outputs = model_.forward(augment ? augment->gather(index) : train_.gather(index), mode);
    at::Tensor loss = label_loss(outputs, train_.targets.index_select(0, index), options_.label_smoothing);
    if (teacher_) {
      const at::Tensor wanted = teacher_->outputs.index_select(0, index);
      const at::Tensor distance = teacher_loss(outputs, wanted, teacher_->temperature, train_.classification);
      loss = (1 - teacher_->alpha) * loss + teacher_->alpha * distance;
    }
    std::vector<at::Tensor> gradients = torch::autograd::grad({loss}, parameters);
    optimizer_.step(std::move(gradients), learning_rate_at(options_, optimizer_.steps(), batches));
    total.add_(loss.detach());
  }
  return total.item<double>() / static_cast<double>(batches);
}

bool Training::is_better(const EpochReport& report) const {
  if (!state_.best || report.validation.empty()) return true;
  const EpochReport& best = state_.best->report;
  const double sign = find_metric(options_.select)->goal == Goal::minimize ? 1 : -1;
  const double now = sign * report.validation.at(options_.select);
  const double before = sign * best.validation.at(options_.select);
  return now < before || (now == before && report.validation.at("loss") < best.validation.at("loss"));
}

void Training::settle(EpochReport report) {
  state_.epoch = report.epoch;
  state_.last = report;
  if (is_better(report)) {
    state_.best = BestEpoch{std::move(report), to_arrays(model_)};
    state_.epochs_without_better = 0;
  } else {
    ++state_.epochs_without_better;
  }
}

}  // namespace hone
