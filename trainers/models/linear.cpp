#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

struct LinearOptions {
  bool bias = true;
};

constexpr Field<LinearOptions> kFields[] = {
    {"bias", &LinearOptions::bias, {.searchable = true}, "add a learnt constant to every output"},
};

std::vector<OptionInfo> linear_options() { return option_infos(std::span<const Field<LinearOptions>>(kFields)); }

ModelSpec make_linear(const OptionValues& values, const TrainerOptions&, const DataFacts& facts) {
  const auto options = from_options(std::span<const Field<LinearOptions>>(kFields), values);
  ModelWriter writer({input_width(facts)});
  writer.linear("output", output_width(facts), options.bias);
  return writer.take();
}

}  // namespace

const Family kLinearFamily = {"linear", "linear regression, or multinomial logistic regression for classes",
                              linear_options, make_linear};

}  // namespace hone
