#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

std::vector<OptionInfo> linear_options() { return {}; }

/// Convex: a larger step and no clipping reach the bottom sooner.
OptionValues linear_trainer(const DataFacts&) { return {{"learning_rate", 1e-2}, {"clip_norm", 0.0}}; }

ModelSpec make_linear(const OptionValues& options, const TrainerOptions&, const DataFacts& facts) {
  if (!options.empty()) fields_detail::throw_unknown_option(options.begin()->first);
  ModelWriter writer({input_width(facts)});
  writer.linear("output", output_width(facts));
  return writer.take();
}

}  // namespace

const Family kLinearFamily = {"linear", "linear regression, or multinomial logistic regression for classes",
                              linear_options, linear_trainer, make_linear};

}  // namespace hone
