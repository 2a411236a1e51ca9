#include "datasets/data_format.h"
#include "datasets/dataset_store.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

/// A dataset file that `hone data import` wrote: taken as it is, whatever the options of its first import were.
ImportedData read_dataset_file(const DatasetSpec& spec) {
  ImportedData data;
  data.facts = Dataset::open(spec.source).facts();
  data.arrays = read_hdf5(spec.source).arrays;
  data.arrays.erase("schema");
  return data;
}

}  // namespace

const DataFormat kHdf5Format = {"hdf5", named_files, read_dataset_file};

}  // namespace hone
