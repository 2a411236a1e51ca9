#pragma once

#include <filesystem>
#include <string>

#include "configs/model_spec.h"
#include "datasets/array.h"
#include "datasets/preprocess.h"

namespace hone {

/// A model on disk as plain values: model.toml (architecture, preprocessing, outputs), weights.h5 (tensors by
/// "layer/param", quantised edges "edge/<layer>/scale|zero_point"), card.json (compress.md §2).
struct ModelArtifact {
  ModelSpec model;
  Preprocess preprocess;
  /// fp32 layers: the tensors of tensor_shapes(model). int8 layers (format = "int8"): "<layer>/weight" s8,
  /// "<layer>/scale" f32 [out], "<layer>/bias" f32 [out]; edges as above, "edge/input/…" for the model's input.
  NamedArrays tensors;
  /// card.json: task, classes, metrics with n, hashes of spec and data, parent, seeds, versions, threads.
  /// write_artifact adds the SHA-256 of weights.h5 and model.toml.
  std::string card = "{}";
};

/// Writes the folder whole and renames it into place, replacing an older one. Throws Error("model::…") for an artifact
/// that load_artifact would refuse.
void write_artifact(const std::filesystem::path& folder, const ModelArtifact& artifact);
/// Checks hashes, shapes against the spec, scales finite and > 0. Throws Error("model::…").
ModelArtifact load_artifact(const std::filesystem::path& folder);
/// Bytes of weights.h5: what the limit `size` means.
std::int64_t weights_bytes(const std::filesystem::path& folder);

}  // namespace hone
