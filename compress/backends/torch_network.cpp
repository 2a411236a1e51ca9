#include "compress/backends/torch_network.h"

#include <torch/torch.h>

#include <algorithm>

#include "trainers/build_model.h"

namespace hone {
namespace {

/// One thread while it lives: latency is measured and promised for one.
class OneThread {
 public:
  OneThread() : before_(at::get_num_threads()) {
    if (before_ != 1) at::set_num_threads(1);
  }
  ~OneThread() {
    if (before_ != 1) at::set_num_threads(before_);
  }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

class TorchNetwork final : public Network {
 public:
  TorchNetwork(const ModelSpec& spec, const NamedArrays& tensors) : model_(spec) {
    load_arrays(model_, tensors);
    // One channel of all values: torch wants them in the order they come.
    edge_.width = 1;
    for (const std::int64_t size : spec.input) edge_.width *= size;
  }

  void run(std::span<const float> input, std::int64_t rows, const InputMap& map, std::span<float> out) override {
    const OneThread one_thread;
    const c10::InferenceMode inference;
    mapped_.resize(static_cast<std::size_t>(rows * edge_.width));
    for (std::int64_t row = 0; row < rows; ++row) {
      map.write(input.data() + row * edge_.width, mapped_.data() + row * edge_.width);
    }
    std::vector<std::int64_t> shape = {rows};
    shape.insert(shape.end(), model_.spec().input.begin(), model_.spec().input.end());
    const at::Tensor output = model_.forward(at::from_blob(mapped_.data(), shape)).contiguous();
    std::copy_n(output.const_data_ptr<float>(), output.numel(), out.data());
  }

  const NhwcEdge& input_edge() const override { return edge_; }
  std::string engine() const override { return "torch-fp32"; }

 private:
  Model model_;
  NhwcEdge edge_;
  std::vector<float> mapped_;
};

}  // namespace

std::unique_ptr<Network> make_torch_network(const ModelSpec& spec, const NamedArrays& tensors) {
  return std::make_unique<TorchNetwork>(spec, tensors);
}

}  // namespace hone
