#pragma once

#include <string>

#include "configs/model_spec.h"
#include "datasets/preprocess.h"

namespace hone {

/// What stands in a model folder's model.toml: everything of a model but its tensors.
struct ModelText {
  ModelSpec model;
  Preprocess preprocess;
};

/// model.toml: format, input, [[layer]], [data] (task, classes, layout of the source), [preprocess] (means and spreads
/// of an image's channels, and of a regression target), [[column]] (a table's columns with mean and spread). Numbers
/// read back equal.
std::string write_model_toml(const ModelText& content);
/// Throws Error("model::…") with places.
ModelText read_model_toml(const std::string& text, const std::string& file_name);

}  // namespace hone
