#include "datasets/data_format.h"
#include "datasets/formats/idx.h"
#include "datasets/labelled_files.h"

namespace hone {
namespace {

const LabelledFileRules& rules() {
  static const LabelledFileRules kRules = {
      [](const std::string& name) { return name.find("idx") != std::string::npos; }, "train-images-idx3-ubyte[.gz]"};
  return kRules;
}

}  // namespace

const DataFormat kIdxFormat = {"idx", [](const DatasetSpec& spec) { return labelled_files(spec, rules()); },
                               [](const DatasetSpec& spec) { return read_labelled_files(spec, rules(), read_idx); }};

}  // namespace hone
