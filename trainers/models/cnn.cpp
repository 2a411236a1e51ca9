#include <algorithm>

#include "core/error.h"
#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

struct CnnOptions {
  std::int64_t width = 16;
  std::int64_t blocks = 2;
  std::int64_t depth = 2;
  std::int64_t kernel = 3;
  bool residual = false;
  std::string activation = "relu";
  bool batchnorm = true;
  std::string pool = "max";
  std::string head = "flatten";
  std::int64_t dense = 64;
};

constexpr std::string_view kPools[] = {"max", "avg"};
constexpr std::string_view kHeads[] = {"flatten", "global"};

constexpr Field<CnnOptions> kFields[] = {
    {"width",
     &CnnOptions::width,
     {.low = 1, .high = 2048, .searchable = true},
     "channels of the first block; each further block has twice as many"},
    {"blocks",
     &CnnOptions::blocks,
     {.low = 1, .high = 8, .searchable = true},
     "blocks of convolutions; each but those on less than 2 pixels ends with a pooling by 2"},
    {"depth", &CnnOptions::depth, {.low = 1, .high = 16, .searchable = true}, "convolutions of a block"},
    {"kernel", &CnnOptions::kernel, {.low = 1, .high = 15, .searchable = true}, "size of the convolutions, odd"},
    {"residual", &CnnOptions::residual, {.searchable = true}, "add each block's input to its output"},
    {"activation", &CnnOptions::activation, {.words = kActivations, .searchable = true}, "after each convolution"},
    {"batchnorm", &CnnOptions::batchnorm, {.searchable = true}, "normalise before each activation"},
    {"pool", &CnnOptions::pool, {.words = kPools, .searchable = true}, "how a block halves the image"},
    {"head",
     &CnnOptions::head,
     {.words = kHeads, .searchable = true},
     "flatten keeps the places of what is seen, global averages over them"},
    {"dense",
     &CnnOptions::dense,
     {.low = 0, .high = 8192, .searchable = true},
     "neurons of a layer before the output; 0 = none"},
};

std::vector<OptionInfo> cnn_options() { return option_infos(std::span<const Field<CnnOptions>>(kFields)); }

/// The defaults of TrainerOptions were chosen for it.
OptionValues cnn_trainer(const DataFacts&) { return {}; }

/// A convolution, and its batchnorm when wanted.
void write_conv(ModelWriter& writer, const CnnOptions& options, const std::string& prefix, const std::string& number,
                std::int64_t channels, std::int64_t kernel) {
  writer.conv(prefix + "conv" + number, channels, kernel, /*bias=*/!options.batchnorm);
  if (options.batchnorm) writer.plain(prefix + "norm" + number, "batchnorm");
}

/// [convolution, batchnorm, activation] × depth. With `residual` the block's input, brought to its channels by a 1×1
/// convolution, is added before the last activation (He et al. 2016, "Deep residual learning", eq. 2).
void write_block(ModelWriter& writer, const CnnOptions& options, const std::string& prefix, std::int64_t channels) {
  const std::string start = writer.last();
  for (std::int64_t i = 1; i <= options.depth; ++i) {
    const std::string number = std::to_string(i);
    write_conv(writer, options, prefix, number, channels, options.kernel);
    if (i == options.depth && options.residual) {
      const std::string end = writer.last();
      writer.continue_from(start);
      write_conv(writer, options, prefix + "shortcut_", "", channels, 1);
      writer.add(prefix + "add", end);
    }
    writer.plain(prefix + "act" + number, options.activation);
  }
}

ModelSpec make_cnn(const OptionValues& values, const TrainerOptions& trainer, const DataFacts& facts) {
  const auto options = from_options(std::span<const Field<CnnOptions>>(kFields), values);
  if (facts.shape.size() != 3) {
    throw Error("model::needs-images", "family cnn needs images: give [dataset] shape = [channels, height, width]");
  }
  if (options.kernel % 2 == 0) {
    throw Error("model::even-kernel", "kernel must be odd (is " + std::to_string(options.kernel) + ")");
  }
  ModelWriter writer(facts.shape);
  std::int64_t side = std::min(facts.shape[1], facts.shape[2]);
  std::int64_t channels = options.width;
  for (std::int64_t block = 1; block <= options.blocks; ++block, channels *= 2) {
    const std::string prefix = "block" + std::to_string(block) + "_";
    write_block(writer, options, prefix, channels);
    if (side < 2) continue;
    writer.pool(prefix + "pool", options.pool + "pool", 2);
    side /= 2;
  }
  writer.plain("head", options.head == "flatten" ? "flatten" : "global_avgpool");
  if (options.dense > 0) {
    writer.linear("dense", options.dense);
    writer.plain("dense_act", options.activation);
  }
  writer.dropout("dropout", trainer.dropout);
  writer.linear("output", output_width(facts));
  return writer.take();
}

}  // namespace

const Family kCnnFamily = {"cnn", "blocks of convolutions for small images", cnn_options, cnn_trainer, make_cnn};

}  // namespace hone
