#include "trainers/artifact/check_tensors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "core/error.h"

namespace hone {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error("model::bad-tensor", what, {}, ExitCode::damaged); }

std::string shape_words(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

class Checker {
 public:
  explicit Checker(const ModelArtifact& artifact) : artifact_(artifact) {}

  void check() {
    for (const TensorShape& tensor : tensor_shapes(artifact_.model)) check_tensor(tensor);
    for (const auto& [name, array] : artifact_.tensors) {
      if (name.starts_with("edge/")) {
        check_edge(name, array);
      } else if (!known_.contains(name)) {
        refuse("tensor `" + name + "` belongs to no layer of the model");
      }
    }
  }

 private:
  const Array& require(const std::string& name, DType type, const std::vector<std::int64_t>& shape) {
    const auto found = artifact_.tensors.find(name);
    if (found == artifact_.tensors.end()) refuse("tensor `" + name + "` is missing");
    const Array& array = found->second;
    if (array.type != type) refuse("tensor `" + name + "` has the wrong type of number");
    if (array.shape != shape) {
      refuse("tensor `" + name + "` has shape " + shape_words(array.shape) + ", the model wants " + shape_words(shape));
    }
    if (type == DType::f32) {
      for (float value : array.as<float>()) {
        if (!std::isfinite(value)) refuse("tensor `" + name + "` holds a value that is no number");
      }
    }
    known_.insert(name);
    return array;
  }

  void require_positive(const std::string& name, const Array& scales) {
    for (float scale : scales.as<float>()) {
      if (!(scale > 0)) refuse("scale `" + name + "` must be above 0");
    }
  }

  void check_tensor(const TensorShape& tensor) {
    const std::size_t slash = tensor.name.rfind('/');
    const std::string layer = tensor.name.substr(0, slash);
    const bool is_weight = tensor.name.substr(slash) == "/weight" && tensor.shape.size() > 1;
    if (!is_weight || format_of(layer) != "int8") {
      require(tensor.name, DType::f32, tensor.shape);
      return;
    }
    require(tensor.name, DType::s8, tensor.shape);
    require_positive(layer + "/scale", require(layer + "/scale", DType::f32, {tensor.shape.front()}));
    std::int64_t products = 1;
    for (std::size_t i = 1; i < tensor.shape.size(); ++i) products *= tensor.shape[i];
    if (products * 255 * 127 > std::numeric_limits<std::int32_t>::max()) {
      refuse("layer `" + layer + "` sums " + std::to_string(products) + " int8 products, 32 bits hold 66311");
    }
  }

  std::string format_of(const std::string& layer) const {
    const std::int64_t index = find_layer(artifact_.model, layer);
    return index < 0 ? std::string() : artifact_.model.layers[static_cast<std::size_t>(index)].format;
  }

  void check_edge(const std::string& name, const Array& array) {
    const std::string edge = name.substr(5, name.rfind('/') - 5);
    if (edge != "input" && find_layer(artifact_.model, edge) < 0)
      refuse("edge `" + edge + "` is no layer of the model");
    require_positive("edge/" + edge + "/scale", require("edge/" + edge + "/scale", DType::f32, {1}));
    const std::int32_t zero = require("edge/" + edge + "/zero_point", DType::i32, {1}).as<std::int32_t>()[0];
    if (zero < 0 || zero > 255) refuse("zero point of edge `" + edge + "` must lie in 0 to 255");
    if (array.count() != 1 || !known_.contains(name)) refuse("`" + name + "` is neither scale nor zero_point");
  }

  const ModelArtifact& artifact_;
  std::set<std::string> known_;
};

/// Product in checked 64-bit; −1 when it does not fit.
std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (std::int64_t size : shape) {
    if (__builtin_mul_overflow(count, size, &count)) return -1;
  }
  return count;
}

void check_width(const std::string& what, std::int64_t model, std::int64_t data) {
  if (model == data) return;
  throw Error(
      "model::bad-shape",
      "the model's " + what + " has " + std::to_string(model) + " values a row, its data have " + std::to_string(data),
      {}, ExitCode::damaged);
}

}  // namespace

void check_tensors(const ModelArtifact& artifact) {
  const auto outputs = infer_shapes(artifact.model);
  check_width("input", product(artifact.model.input), input_width(artifact.preprocess.facts));
  check_width("output", outputs.empty() ? 0 : product(outputs.back()), output_width(artifact.preprocess.facts));
  Checker(artifact).check();
}

}  // namespace hone
