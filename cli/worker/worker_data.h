#pragma once

#include <c10/core/Device.h>

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "datasets/preprocess.h"
#include "datasets/split.h"
#include "datasets/tensor/tensor_data.h"

namespace hone {

/// A data set as a worker holds it: opened, split, with preprocessing fitted on the training rows of one fold and both
/// row sets resident on the device.
struct WorkerData {
  Dataset dataset;
  SplitRows rows;
  Preprocess preprocess;
  TensorData train;
  TensorData validation;
};

/// The data that a brief's `dataset` {file, split, numeric?, categories?} names, for one fold. The last one used stays
/// in memory, so that a warm worker opens, fits and copies once for all trials of a study; a changed file is opened
/// anew.
std::shared_ptr<const WorkerData> open_worker_data(const nlohmann::json& dataset, int fold, c10::Device device);

}  // namespace hone
