#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "configs/model_spec.h"
#include "datasets/array.h"

namespace hone {

struct TensorOp;

/// What a forward pass is for. Training updates BatchNorm's running statistics and drops values by `dropout`, the
/// trial's own generator (never torch's global one).
struct ForwardMode {
  bool training = false;
  at::Generator dropout{};
};

/// A parameter or buffer by the name that ModelSpec gives it ("conv1/weight").
struct NamedTensor {
  std::string name;
  at::Tensor tensor;
  /// A learnt parameter, which requires gradients; false for running statistics.
  bool learnt = true;
  /// Weights of linear and conv2d decay; biases, norms and embeddings do not.
  bool decays = false;
};

/// The module of a ModelSpec: the graph as the spec writes it, tensors by name. Copies share their tensors.
class Model {
 public:
  /// All weights 0, norms the identity; `initialize` or `load_arrays` fills them. Throws Error("model::…").
  explicit Model(ModelSpec spec, c10::Device device = c10::kCPU);

  const ModelSpec& spec() const { return spec_; }
  /// All tensors in the order of tensor_shapes(spec).
  const std::vector<NamedTensor>& tensors() const { return tensors_; }
  /// The learnt tensors, in the same order.
  std::vector<at::Tensor> parameters() const;
  /// The tensor of that name; throws Error("model::no-tensor").
  const at::Tensor& tensor(const std::string& name) const;

  /// `input` float32 [rows, …] holds input sizes in any shape; returns the last layer's output [rows, …].
  at::Tensor forward(const at::Tensor& input, const ForwardMode& mode = {}) const;
  /// Outputs of all layers in layer order; the same as forward otherwise.
  std::vector<at::Tensor> forward_all(const at::Tensor& input, const ForwardMode& mode = {}) const;

 private:
  at::Tensor run(const at::Tensor& input, const ForwardMode& mode, std::vector<at::Tensor>& outputs,
                 bool keep_all) const;

  ModelSpec spec_;
  std::vector<const TensorOp*> ops_;
  std::vector<NamedTensor> tensors_;
  /// Positions of each layer's tensors in tensors_: weight, bias, running_mean, running_var; undefined where absent.
  std::vector<std::vector<at::Tensor>> layer_tensors_;
  /// Producers of each layer; −1 = the model's input.
  std::vector<std::vector<std::int64_t>> producers_;
  /// After which layer the output of each layer is no longer needed.
  std::vector<std::int64_t> last_use_;
};

/// Draws weights from a generator of `seed`: uniform with variance 2/fan_in (He et al. 2015, "Delving deep into
/// rectifiers", eq. 10), for the layer that gives the output 1/(3·fan_in); biases 0, norms the identity; embeddings
/// with variance 1, as the numbers beside them have, but the last two rows, which may have no training row
/// (datasets/preprocess.h): they are 0.
void initialize(Model& model, std::uint64_t seed);

/// Copies of all tensors by name.
NamedArrays to_arrays(const Model& model);
/// Fills the model; throws Error("model::no-tensor"), Error("model::bad-shape") when one is missing or does not fit.
/// Other arrays are ignored.
void load_arrays(Model& model, const NamedArrays& arrays);

}  // namespace hone
