#include <algorithm>

#include "core/error.h"
#include "trainers/models/blocks.h"
#include "trainers/models/families_table.h"

namespace hone {
namespace {

struct ResnetOptions {
  std::int64_t width = 16;
  std::int64_t stages = 3;
  std::int64_t blocks = 3;
};

constexpr Field<ResnetOptions> kFields[] = {
    {"width",
     &ResnetOptions::width,
     {.low = 1, .high = 2048, .searchable = true},
     "channels of the first stage; each further stage has twice as many at half the size"},
    {"stages",
     &ResnetOptions::stages,
     {.low = 1, .high = 6, .searchable = true},
     "stages; all but the first halve the image"},
    {"blocks",
     &ResnetOptions::blocks,
     {.low = 1, .high = 64, .searchable = true},
     "residual blocks of a stage, two convolutions each; 3 stages of 3 are ResNet-20"},
};

std::vector<OptionInfo> resnet_options() { return option_infos(std::span<const Field<ResnetOptions>>(kFields)); }

/// He et al. 2016, §4.2: SGD, rate .1, momentum .9, batches of 128, images of 32 pixels moved by 4 and mirrored; weight
/// decay 5e-4 and one cycle as Zagoruyko and Komodakis 2016 and Smith and Topin 2018 found better. Only coloured
/// pictures are mirrored: grey ones are mostly signs.
OptionValues resnet_trainer(const DataFacts& facts) {
  OptionValues values = {
      {"optimizer", std::string("sgd")}, {"learning_rate", 0.1}, {"weight_decay", 5e-4},
      {"batch_size", std::int64_t{128}}, {"clip_norm", 0.0},     {"schedule", std::string("onecycle")}};
  if (facts.shape.size() != 3) return values;
  values["shift"] = std::min(facts.shape[1], facts.shape[2]) / 8;
  values["flip"] = facts.shape[0] == 3;
  return values;
}

void write_conv(ModelWriter& writer, const std::string& prefix, const std::string& number, std::int64_t channels,
                std::int64_t kernel, std::int64_t stride) {
  writer.conv(prefix + "conv" + number, channels, kernel, /*bias=*/false, stride);
  writer.plain(prefix + "norm" + number, "batchnorm");
}

/// relu(norm(conv(relu(norm(conv(x))))) + x), where the width changes with x through a 1×1 convolution (He et al. 2016,
/// "Deep residual learning", eq. 2, option B).
void write_block(ModelWriter& writer, const std::string& prefix, std::int64_t channels, std::int64_t stride,
                 bool projects) {
  const std::string start = writer.last();
  write_conv(writer, prefix, "1", channels, 3, stride);
  writer.plain(prefix + "act1", "relu");
  write_conv(writer, prefix, "2", channels, 3, 1);
  const std::string end = writer.last();
  std::string shortcut = start;
  if (projects) {
    writer.continue_from(start);
    write_conv(writer, prefix + "shortcut_", "", channels, 1, stride);
    shortcut = writer.last();
  }
  writer.continue_from(shortcut);
  writer.add(prefix + "add", end);
  writer.plain(prefix + "act2", "relu");
}

ModelSpec make_resnet(const OptionValues& values, const TrainerOptions& trainer, const DataFacts& facts) {
  const auto options = from_options(std::span<const Field<ResnetOptions>>(kFields), values);
  if (facts.shape.size() != 3) {
    throw Error("model::needs-images", "family resnet needs images: give [dataset] shape = [channels, height, width]");
  }
  ModelWriter writer(facts.shape);
  write_conv(writer, "stem_", "", options.width, 3, 1);
  writer.plain("stem_act", "relu");
  std::int64_t side = std::min(facts.shape[1], facts.shape[2]);
  std::int64_t channels = options.width;
  for (std::int64_t stage = 1; stage <= options.stages; ++stage) {
    const std::int64_t stride = stage > 1 && side > 1 ? 2 : 1;
    side = (side + stride - 1) / stride;
    for (std::int64_t block = 1; block <= options.blocks; ++block) {
      const std::string prefix = "stage" + std::to_string(stage) + "_block" + std::to_string(block) + "_";
      write_block(writer, prefix, channels, block == 1 ? stride : 1, /*projects=*/block == 1 && stage > 1);
    }
    channels *= 2;
  }
  writer.plain("head", "global_avgpool");
  writer.dropout("dropout", trainer.dropout);
  writer.linear("output", output_width(facts));
  return writer.take();
}

}  // namespace

const Family kResnetFamily = {"resnet", "residual network for small pictures (ResNet-20 by default)", resnet_options,
                              resnet_trainer, make_resnet};

}  // namespace hone
