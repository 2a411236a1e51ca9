#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "trainers/artifact/model_artifact.h"

namespace hone {

/// The deployed path of a model folder: raw values in memory -> class indices or values, with preprocessing, on the
/// fastest correct kernels of this machine (BatchNorm folded; int8 layers on int8 kernels). One thread per object.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// `input` [rows, input_width] already encoded -> `out` [rows, output_width]: logits, or standardised value undone.
  virtual void run(std::span<const float> input, std::int64_t rows, std::span<float> out) = 0;
  /// `raw` [rows, pixels or numeric columns] -> class index a row.
  virtual void classify(std::span<const float> raw, std::int64_t rows, std::span<std::int64_t> out) = 0;
  virtual const ModelArtifact& artifact() const = 0;
  /// Kernel a layer, for reports: "own-vnni", "torch-fp32", …
  virtual std::string engine() const = 0;
};

/// Throws Error("model::…") when the folder is damaged, Error("model::unsupported") for a layer no kernel can run.
std::unique_ptr<Predictor> make_predictor(const std::filesystem::path& model_folder);
std::unique_ptr<Predictor> make_predictor(ModelArtifact artifact);

}  // namespace hone
