#pragma once

#include <string>
#include <vector>

#include "datasets/array.h"
#include "datasets/data_format.h"

namespace hone {

/// Values and labels of one part, as arrays of two files.
struct LabelledArrays {
  std::string values_file;
  Array values;
  std::string labels_file;
  Array labels;
  Part part = Part::train;
};

/// One data set out of the arrays of its parts, in their order.
///
/// - u8 [rows, height, width] or [rows, channels, height, width] (also with 1, 3 or 4 channels last): images.
/// - [rows] or [rows, columns] of any type: numeric columns `x1` `x2` ….
/// - Labels [rows] or [rows, 1]: integers are classes, or a regression when [dataset] task says so; floats a
/// regression.
///
/// `limit` counts rows of each part. Throws Error("data::bad-array") with the file for shapes and types that do not fit
/// or parts that differ.
ImportedData from_arrays(std::vector<LabelledArrays> parts, const DatasetSpec& spec);

}  // namespace hone
