#include <nlohmann/json.hpp>

#include "core/error.h"
#include "trainers/models/family.h"

namespace hone {
namespace {

constexpr std::string_view kOptimizers[] = {"adamw", "sgd"};
constexpr std::string_view kSchedules[] = {"cosine", "onecycle", "constant"};
constexpr std::string_view kPrecisions[] = {"auto", "fp32"};

constexpr Field<TrainerOptions> kTrainerFields[] = {
    {"optimizer",
     &TrainerOptions::optimizer,
     {.words = kOptimizers, .searchable = true},
     "adamw, or sgd with Nesterov momentum"},
    {"learning_rate",
     &TrainerOptions::learning_rate,
     {.low = 0, .high = 100, .above_low = true, .searchable = true},
     "step size at its peak"},
    {"weight_decay",
     &TrainerOptions::weight_decay,
     {.low = 0, .high = 100, .searchable = true},
     "decay of weights; biases and norms are never decayed"},
    {"momentum",
     &TrainerOptions::momentum,
     {.low = 0, .high = 0.9999, .searchable = true},
     "momentum of sgd, first moment of adamw"},
    {"batch_size", &TrainerOptions::batch_size, {.low = 1, .high = 65536, .searchable = true}, "rows a step"},
    {"schedule",
     &TrainerOptions::schedule,
     {.words = kSchedules, .searchable = true},
     "cosine falls to 0 at fidelity.max; onecycle rises for three tenths of it first"},
    {"warmup",
     &TrainerOptions::warmup,
     {.low = 0, .high = 10000, .searchable = true},
     "epochs in which the learning rate rises linearly"},
    {"dropout",
     &TrainerOptions::dropout,
     {.low = 0, .high = 0.95, .searchable = true},
     "share of hidden values set to 0 while training"},
    {"label_smoothing",
     &TrainerOptions::label_smoothing,
     {.low = 0, .high = 0.9, .searchable = true},
     "probability spread evenly over all classes"},
    {"shift",
     &TrainerOptions::shift,
     {.low = 0, .high = 64, .searchable = true},
     "training images are moved by up to so many pixels along each axis"},
    {"flip",
     &TrainerOptions::flip,
     {.searchable = true},
     "training images are mirrored left to right every other time"},
    {"cutout",
     &TrainerOptions::cutout,
     {.low = 0, .high = 1024, .searchable = true},
     "side of a square that is blanked in training images"},
    {"clip_norm",
     &TrainerOptions::clip_norm,
     {.low = 0, .searchable = true},
     "longest gradient of a step; 0 = no limit"},
    {"patience", &TrainerOptions::patience, {.low = 1}, "epochs without a better objective before a trial ends"},
    {"precision", &TrainerOptions::precision, {.words = kPrecisions}, "number format of training; auto is fp32 on CPU"},
};

}  // namespace

std::span<const Field<TrainerOptions>> trainer_fields() { return kTrainerFields; }

nlohmann::json to_json_object(const TrainerOptions& options) {
  nlohmann::json object = nlohmann::json::object();
  for (const Field<TrainerOptions>& field : kTrainerFields) {
    std::visit(
        [&](auto member) {
          const auto& value = options.*member;
          if constexpr (requires { value.has_value(); }) {
            if (value) object[std::string(field.name)] = *value;
          } else {
            object[std::string(field.name)] = value;
          }
        },
        field.member);
  }
  object["epochs"] = options.epochs;
  object["select"] = options.select;
  return object;
}

TrainerOptions trainer_options_from_json(const nlohmann::json& object) {
  Params values = params_from_json(object);
  TrainerOptions settled;
  if (const auto epochs = values.extract("epochs")) {
    const auto* count = std::get_if<std::int64_t>(&epochs.mapped());
    if (count == nullptr || *count < 1) throw Error("protocol::bad-value", "epochs must be an integer of at least 1");
    settled.epochs = *count;
  }
  if (const auto select = values.extract("select")) {
    const auto* name = std::get_if<std::string>(&select.mapped());
    if (name == nullptr) throw Error("protocol::bad-value", "select must be a text");
    settled.select = *name;
  }
  TrainerOptions options = from_options(trainer_fields(), values);
  options.epochs = settled.epochs;
  options.select = settled.select;
  return options;
}

}  // namespace hone
