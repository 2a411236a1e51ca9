#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "datasets/complaints.h"
#include "datasets/data_format.h"

namespace hone {

/// Class names in order of code with the code of every row.
struct Labels {
  std::vector<std::string> classes;
  std::vector<std::int64_t> codes;
};

/// Labels that are integers: the classes are those that occur, in order.
Labels labels_from_integers(std::span<const std::int64_t> labels);

/// Makes labels the target of the data. `where` names the source. Throws Error("data::one-class") and
/// Error("data::class-of-one").
void add_labels(Labels labels, const std::string& where, ImportedData& data);

}  // namespace hone
