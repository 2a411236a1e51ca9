#pragma once

#include <torch/torch.h>

#include "core/files.h"
#include "core/random.h"
#include "datasets/import.h"
#include "datasets/split.h"
#include "datasets/tensor/tensor_data.h"
#include "trainers/models/family.h"

namespace hone {

/// The bundled digits, imported, split and encoded once for a test program.
struct Digits {
  DataFacts facts;
  Preprocess preprocess;
  TensorData train;
  TensorData validation;
};

inline Digits load_digits() {
  at::set_num_threads(1);
  const TemporaryFolder folder;
  DatasetSpec spec;
  spec.source = HONE_SOURCE_DIR "/datasets/bundled/digits.csv.gz";
  spec.shape = {1, 8, 8};
  spec.target = "-1";
  spec.header = "false";
  const Dataset dataset = Dataset::open(import_dataset(spec, folder.path()).file);
  const SplitRows rows = rows_of(make_split(SplitSpec{}, dataset), /*fold=*/0);
  Digits digits;
  digits.facts = dataset.facts();
  digits.preprocess = fit_preprocess(dataset, rows.train);
  digits.train = make_tensor_data(digits.preprocess, dataset, rows.train);
  digits.validation = make_tensor_data(digits.preprocess, dataset, rows.validation);
  return digits;
}

inline const Digits& digits() {
  static const Digits loaded = load_digits();
  return loaded;
}

/// The first `rows` rows of a row set.
inline TensorData first_rows(TensorData data, std::int64_t rows) {
  data.inputs = data.inputs.narrow(0, 0, rows);
  data.targets = data.targets.narrow(0, 0, rows);
  return data;
}

/// A small residual CNN with batchnorm and dropout: everything that a checkpoint must carry.
inline TrialModel small_cnn(const OptionValues& trainer = {}) {
  OptionValues options = {{"dropout", 0.2}};
  for (const auto& [name, value] : trainer) options[name] = value;
  return configure_trial("cnn", {{"width", std::int64_t{4}}, {"residual", true}, {"dense", std::int64_t{16}}}, options,
                         {}, digits().facts, /*max_epochs=*/4, "accuracy");
}

/// Whether two sets of arrays are equal bit for bit.
inline bool same_arrays(const NamedArrays& a, const NamedArrays& b) {
  if (a.size() != b.size()) return false;
  for (const auto& [name, array] : a) {
    const auto found = b.find(name);
    if (found == b.end() || found->second.shape != array.shape || found->second.bytes != array.bytes) return false;
  }
  return true;
}

}  // namespace hone
