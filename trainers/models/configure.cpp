#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "trainers/models/family.h"

namespace hone {
namespace {

bool has_option(const std::vector<OptionInfo>& options, const std::string& name) {
  for (const OptionInfo& option : options) {
    if (option.name == name) return true;
  }
  return false;
}

/// Removes `prefix` from the front of the name; false when it is not there.
bool take_prefix(std::string& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.erase(0, prefix.size());
  return true;
}

/// Fixed options with the trial's parameters laid over them, sorted into the two tables.
struct SortedOptions {
  OptionValues model;
  OptionValues trainer;
};

void sort_param(const std::vector<OptionInfo>& model, const std::vector<OptionInfo>& trainer, std::string name,
                const ParamValue& value, SortedOptions& sorted) {
  if (take_prefix(name, "model.") || (!name.starts_with("trainer.") && has_option(model, name))) {
    sorted.model[name] = value;
  } else if (take_prefix(name, "trainer.") || has_option(trainer, name)) {
    sorted.trainer[name] = value;
  } else {
    throw Error("spec::unknown-option",
                "parameter `" + name + "` is an option of neither the model family nor the trainer");
  }
}

/// Augmentation moves pixels: it needs images, larger than the shift.
void require_images(const TrainerOptions& trainer, const DataFacts& facts) {
  if (trainer.shift == 0 && !trainer.flip && trainer.cutout == 0) return;
  if (facts.shape.size() != 3) {
    throw Error("model::needs-images", "shift, flip and cutout change images: the data set has none");
  }
  const std::int64_t side = std::min(facts.shape[1], facts.shape[2]);
  if (trainer.shift >= side) {
    throw Error("model::bad-value",
                fmt::format("shift must be below the images' {} pixels (is {})", side, trainer.shift));
  }
}

}  // namespace

TrialModel configure_trial(const std::string& family, const OptionValues& model_options,
                           const OptionValues& trainer_options, const Params& params, const DataFacts& facts,
                           std::int64_t max_epochs, const std::string& select) {
  const Family* found = find_family(family);
  if (found == nullptr) throw Error("spec::unknown-family", "unknown model family `" + family + "`");
  const std::vector<OptionInfo> model_table = found->options();
  const std::vector<OptionInfo> trainer_table = option_infos(trainer_fields());
  SortedOptions sorted = {model_options, trainer_options};
  for (const auto& [name, value] : params) sort_param(model_table, trainer_table, name, value, sorted);
  sorted.trainer.merge(found->trainer_defaults(facts));
  TrialModel trial;
  trial.trainer = from_options(trainer_fields(), sorted.trainer);
  trial.trainer.epochs = max_epochs;
  trial.trainer.select = select;
  require_images(trial.trainer, facts);
  trial.model = found->make(sorted.model, trial.trainer, facts);
  infer_shapes(trial.model);
  return trial;
}

}  // namespace hone
