#include "configs/input_layout.h"
#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

struct MlpOptions {
  std::int64_t width = 256;
  std::int64_t depth = 3;
  std::string activation = "relu";
  bool batchnorm = false;
  std::int64_t embedding = 8;
};

constexpr Field<MlpOptions> kFields[] = {
    {"width", &MlpOptions::width, {.low = 1, .high = 8192, .searchable = true}, "neurons of a hidden layer"},
    {"depth", &MlpOptions::depth, {.low = 1, .high = 32, .searchable = true}, "hidden layers"},
    {"activation", &MlpOptions::activation, {.words = kActivations, .searchable = true}, "after each hidden layer"},
    {"batchnorm", &MlpOptions::batchnorm, {.searchable = true}, "normalise before each activation"},
    {"embedding",
     &MlpOptions::embedding,
     {.low = 1, .high = 1024, .searchable = true},
     "learnt numbers for a level of a nominal column that comes as a code ([dataset] categories)"},
};

std::vector<OptionInfo> mlp_options() { return option_infos(std::span<const Field<MlpOptions>>(kFields)); }

/// AdamW with a patience of 16 (Gorishniy et al. 2021, "Revisiting deep learning models for tabular data"); batches
/// grow with the rows as TabM's do (Gorishniy et al. 2025), so that an epoch has about a hundred steps.
OptionValues mlp_trainer(const DataFacts& facts) {
  std::int64_t batch = 512;
  for (const auto& [rows, size] : {std::pair{2800, 32}, {4500, 64}, {6400, 128}, {32000, 256}}) {
    if (facts.rows <= rows) {
      batch = size;
      break;
    }
  }
  return {{"learning_rate", 1e-3}, {"batch_size", batch}, {"dropout", 0.1}, {"patience", std::int64_t{16}}};
}

/// Puts learnt numbers in the place of codes (Guo and Berkhahn 2016, "Entity embeddings of categorical variables");
/// what lies between them is taken as it is.
void write_embeddings(ModelWriter& writer, std::int64_t dimensions, const DataFacts& facts) {
  std::vector<std::string> parts;
  std::int64_t next = 0;
  const auto take_until = [&](std::int64_t end) {
    if (end > next) parts.push_back(writer.slice("numbers" + std::to_string(parts.size() + 1), next, end - next));
  };
  for (const InputBlock& block : code_blocks(facts)) {
    take_until(block.first);
    parts.push_back(
        writer.embedding("embedding" + std::to_string(parts.size() + 1), block.first, block.slots, dimensions));
    next = block.first + 1;
  }
  if (parts.empty()) return;
  take_until(input_width(facts));
  if (parts.size() > 1) writer.concat("features", parts);
}

/// [linear, (batchnorm,) activation, (dropout)] × depth, then linear.
ModelSpec make_mlp(const OptionValues& values, const TrainerOptions& trainer, const DataFacts& facts) {
  const auto options = from_options(std::span<const Field<MlpOptions>>(kFields), values);
  ModelWriter writer({input_width(facts)});
  write_embeddings(writer, options.embedding, facts);
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

const Family kMlpFamily = {"mlp",       "fully connected layers of one width, embeddings for nominal columns",
                           mlp_options, mlp_trainer,
                           make_mlp,    /*embeds=*/true};

}  // namespace hone
