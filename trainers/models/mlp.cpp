#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

struct MlpOptions {
  std::int64_t width = 128;
  std::int64_t depth = 2;
  std::string activation = "relu";
  bool batchnorm = false;
};

constexpr Field<MlpOptions> kFields[] = {
    {"width", &MlpOptions::width, {.low = 1, .high = 8192, .searchable = true}, "neurons of a hidden layer"},
    {"depth", &MlpOptions::depth, {.low = 1, .high = 32, .searchable = true}, "hidden layers"},
    {"activation", &MlpOptions::activation, {.words = kActivations, .searchable = true}, "after each hidden layer"},
    {"batchnorm", &MlpOptions::batchnorm, {.searchable = true}, "normalise before each activation"},
};

std::vector<OptionInfo> mlp_options() { return option_infos(std::span<const Field<MlpOptions>>(kFields)); }

/// [linear, (batchnorm,) activation, (dropout)] × depth, then linear.
ModelSpec make_mlp(const OptionValues& values, const TrainerOptions& trainer, const DataFacts& facts) {
  const auto options = from_options(std::span<const Field<MlpOptions>>(kFields), values);
  ModelWriter writer({input_width(facts)});
  for (std::int64_t i = 1; i <= options.depth; ++i) {
    const std::string number = std::to_string(i);
    writer.linear("fc" + number, options.width, /*bias=*/!options.batchnorm);
    if (options.batchnorm) writer.plain("norm" + number, "batchnorm");
    writer.plain("act" + number, options.activation);
    writer.dropout("dropout" + number, trainer.dropout);
  }
  writer.linear("output", output_width(facts));
  return writer.take();
}

}  // namespace

const Family kMlpFamily = {"mlp", "fully connected layers of one width", mlp_options, make_mlp};

}  // namespace hone
