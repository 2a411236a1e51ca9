#include "datasets/data_format.h"
#include "datasets/formats/npy.h"
#include "datasets/labelled_files.h"

namespace hone {
namespace {

const LabelledFileRules& rules() {
  static const LabelledFileRules kRules = {[](const std::string& name) { return name.ends_with(".npy"); },
                                           "x_train.npy"};
  return kRules;
}

}  // namespace

const DataFormat kNpyFormat = {"npy", [](const DatasetSpec& spec) { return labelled_files(spec, rules()); },
                               [](const DatasetSpec& spec) { return read_labelled_files(spec, rules(), read_npy); }};

}  // namespace hone
