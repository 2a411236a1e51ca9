#pragma once

#include <nlohmann/json_fwd.hpp>

#include "configs/experiment_spec.h"

namespace hone {

/// Spec sections as they stand in the briefs of `hone-worker` (core/protocol.h): `hone` writes them, the worker reads
/// them. Members are named as the keys of the TOML; an empty optional is left out. Reading accepts what is missing as
/// the default and throws Error("protocol::bad-brief") for wrong types.
nlohmann::json to_json_object(const SplitSpec& spec);
SplitSpec split_spec_from_json(const nlohmann::json& object);

nlohmann::json to_json_object(const DatasetSpec& spec);
DatasetSpec dataset_spec_from_json(const nlohmann::json& object);

nlohmann::json to_json_object(const CompressSpec& spec);
CompressSpec compress_spec_from_json(const nlohmann::json& object);

}  // namespace hone
