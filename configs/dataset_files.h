#pragma once

#include <string>
#include <vector>

#include "configs/experiment_spec.h"

namespace hone {

/// The paths that [dataset] source names: one, or one a part.
std::vector<std::string> source_paths(const DatasetSpec& spec);

/// Whether the source is a table of text (csv, tsv), as far as format and name say; such data need a target.
bool is_table(const DatasetSpec& spec);

}  // namespace hone
