#pragma once

#include <functional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "datasets/array_features.h"
#include "datasets/data_format.h"

namespace hone {

/// How files of values and of labels belong together where each is a file of its own (IDX, NumPy).
struct LabelledFileRules {
  /// What the names of such files end with, `.gz` left away.
  std::function<bool(const std::string& name)> is_file;
  /// Example for the message when a folder has none.
  std::string example;
};

/// Files of values and labels of a source, by part: those that [dataset] source names, or all of a folder.
///
/// The labels' file lies beside its values' and has the same name but for one word: `images` → `labels`, `features` →
/// `labels`, `x` → `y` (x_train.npy, train-x.npy); of MNIST's names `idx3` becomes `idx1` too. In a folder a name with
/// `t10k` or `test` is test data, one with `val` validates. Throws Error("data::no-source") for a file that is missing.
std::vector<SourceFile> labelled_files(const DatasetSpec& spec, const LabelledFileRules& rules);

/// Reads what labelled_files listed.
ImportedData read_labelled_files(const DatasetSpec& spec, const LabelledFileRules& rules,
                                 Array (*read)(const std::string& file));

}  // namespace hone
