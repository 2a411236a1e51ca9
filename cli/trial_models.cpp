#include "cli/trial_models.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/study_files.h"
#include "core/random.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

/// "accuracy" of "val_accuracy".
std::string bare_metric(const std::string& metric) { return metric.rfind("val_", 0) == 0 ? metric.substr(4) : metric; }

std::int64_t max_epochs(const ExperimentSpec& spec) {
  return static_cast<std::int64_t>(std::llround(spec.fidelity.max.value_or(TrainerOptions{}.epochs)));
}

/// Without derived values that are no option: those serve the clauses only.
Params options_among(const ExperimentSpec& spec, Params params) {
  std::vector<OptionInfo> options = option_infos(trainer_fields());
  if (const Family* family = find_family(spec.model.family)) {
    for (OptionInfo& option : family->options()) options.push_back(std::move(option));
  }
  for (const auto& [name, expression] : spec.constraints.derive) {
    const bool is_option = std::any_of(options.begin(), options.end(),
                                       [&name = name](const OptionInfo& option) { return option.name == name; });
    if (!is_option) params.erase(name);
  }
  return params;
}

}  // namespace

void complete_fidelity(ExperimentSpec& spec) {
  if (spec.trainer.kind == "builtin" && !spec.fidelity.max) {
    spec.fidelity.max = static_cast<double>(TrainerOptions{}.epochs);
  }
}

TrialModel model_of_trial(const ExperimentSpec& spec, const DataFacts& facts, const Params& params) {
  const std::string metric = spec.objectives.empty() ? "loss" : spec.objectives.front().metric;
  return configure_trial(spec.model.family, spec.model.options, spec.trainer.options, options_among(spec, params),
                         facts, max_epochs(spec), bare_metric(metric));
}

MakeBrief make_train_briefs(const ExperimentSpec& spec, const StudyData& data, const fs::path& study) {
  const fs::path folder = fs::absolute(study).lexically_normal();
  return [spec, data, folder](const Launch& launch) -> nlohmann::json {
    const TrialModel model = model_of_trial(spec, data.facts, launch.params);
    const nlohmann::json trial = {{"trial", launch.trial},
                                  {"attempt", launch.attempt},
                                  {"seed", std::to_string(launch.seed)},
                                  {"fold", 0},
                                  {"budget", launch.budget > 0 ? launch.budget : static_cast<double>(max_epochs(spec))},
                                  {"params", to_json_object(launch.params)},
                                  {"model", to_json_object(model.model)},
                                  {"trainer", to_json_object(model.trainer)},
                                  {"folder", trial_folder(folder, launch.trial).string()},
                                  {"resume", launch.resume}};
    return {{"job", "train"},
            {"device", "cpu"},
            {"threads", spec.resources.cpus_per_trial},
            {"dataset", dataset_brief(data)},
            {"trials", nlohmann::json::array({trial})}};
  };
}

WeightRange weight_range(const ExperimentSpec& spec, const SearchSpace& space, const DataFacts& facts,
                         std::int64_t draws) {
  RandomStream random(static_cast<std::uint64_t>(spec.study.seed), -1, "check");
  WeightRange range;
  for (; range.drawn < draws; ++range.drawn) {
    std::vector<double> unit(space.size());
    // The first draw is the middle of the space.
    for (double& coordinate : unit) coordinate = range.drawn == 0 ? 0.5 : random.uniform();
    Params drawn = space.decode(unit);
    drawn.merge(space.derived(drawn));
    const std::int64_t weights = params(model_of_trial(spec, facts, drawn).model);
    range.low = range.drawn == 0 ? weights : std::min(range.low, weights);
    range.high = std::max(range.high, weights);
  }
  return range;
}

}  // namespace hone
