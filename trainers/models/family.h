#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "configs/data_facts.h"
#include "configs/fields.h"
#include "configs/model_spec.h"

namespace hone {

/// Options of the built-in trainer that every family shares; kTrainerFields (trainer_options.cpp) is their table.
struct TrainerOptions {
  std::string optimizer = "adamw";
  double learning_rate = 2e-3;
  double weight_decay = 1e-4;
  double momentum = 0.9;
  std::int64_t batch_size = 64;
  /// `cosine` or `onecycle` (both reach 0 at fidelity.max), or `constant`.
  std::string schedule = "cosine";
  /// Epochs of linear warm-up.
  double warmup = 0;
  double dropout = 0;
  double label_smoothing = 0;
  /// Augmentation of training images (trainers/augment.h): greatest shift and side of the cutout in pixels.
  std::int64_t shift = 0;
  bool flip = false;
  std::int64_t cutout = 0;
  double clip_norm = 1.0;
  /// Epochs without a better validation objective before it ends; nothing = never.
  std::optional<std::int64_t> patience;
  std::string precision = "auto";
  /// Length of the schedule in epochs; set by configure_trial from fidelity.max.
  std::int64_t epochs = 30;
  /// Metric that picks the best epoch, bare name; set from the objective.
  std::string select = "loss";
};

std::span<const Field<TrainerOptions>> trainer_fields();
nlohmann::json to_json_object(const TrainerOptions& options);
TrainerOptions trainer_options_from_json(const nlohmann::json& object);

/// One row of kFamilies: a model family is options plus facts of the data -> ModelSpec, nothing else.
struct Family {
  std::string_view name;
  std::string_view sentence;
  std::vector<OptionInfo> (*options)();
  /// Options of the trainer that the family sets where the spec does not: what is good without a search.
  OptionValues (*trainer_defaults)(const DataFacts& facts);
  /// Throws Error("model::…") when the data do not fit the family (cnn without a shape).
  ModelSpec (*make)(const OptionValues& options, const TrainerOptions& trainer, const DataFacts& facts);
  /// Has embeddings: nominal columns of many levels come to it as codes (configs/input_layout.h, code_blocks).
  bool embeds = false;
};

std::span<const Family> families();
/// Null when there is none.
const Family* find_family(std::string_view name);
std::vector<KindInfo> family_kinds();

/// What one trial trains: fixed options of the spec with the trial's parameters laid over them.
struct TrialModel {
  ModelSpec model;
  TrainerOptions trainer;
};

/// `params` names are options of the family or of the trainer (`model.width` where both have it).
/// `max_epochs` is fidelity.max, `select` the objective's metric without its rows.
TrialModel configure_trial(const std::string& family, const OptionValues& model_options,
                           const OptionValues& trainer_options, const Params& params, const DataFacts& facts,
                           std::int64_t max_epochs, const std::string& select);

}  // namespace hone
