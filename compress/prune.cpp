#include "compress/prune.h"

#include <torch/torch.h>

#include <algorithm>
#include <numeric>

#include "compress/layer_inputs.h"
#include "compress/plan/costs.h"

namespace hone {
namespace {

constexpr double kDamping = 1e-2;

/// One consumer of a group: what is left of its weight and of H⁻¹, index by index.
struct Consumer {
  /// [indices, columns an index has, outputs].
  at::Tensor weight;
  /// [columns, columns].
  at::Tensor inverse;
  double energy = 1;
};

Consumer make_consumer(const LayerSpec& layer, const at::Tensor& weight, const at::Tensor& input,
                       std::int64_t indices) {
  const at::Tensor x = unfolded_input(layer, input);
  at::Tensor gram = at::matmul(x.t(), x);
  gram.diagonal().add_(gram.diagonal().mean() * kDamping + 1e-12);
  const at::Tensor w = weight.to(at::kDouble).reshape({weight.size(0), -1}).t();
  Consumer consumer;
  consumer.energy = std::max(at::sum(w * at::matmul(gram, w)).item<double>(), 1e-30);
  consumer.weight = w.reshape({indices, -1, w.size(1)}).clone();
  consumer.inverse = at::linalg_inv(gram);
  return consumer;
}

/// [indices]: error that removing each index now would add, relative to the output's energy.
at::Tensor costs_of(const Consumer& consumer) {
  const std::int64_t indices = consumer.weight.size(0);
  const std::int64_t each = consumer.weight.size(1);
  const at::Tensor blocks = consumer.inverse.reshape({indices, each, indices, each})
                                .diagonal(/*offset=*/0, /*dim1=*/0, /*dim2=*/2)
                                .permute({2, 0, 1});
  const at::Tensor solved = at::linalg_solve(blocks, consumer.weight);
  return at::sum(consumer.weight * solved, {1, 2}) / consumer.energy;
}

/// Removes an index: its weight becomes 0 and the others take over what they can.
void remove_index(Consumer& consumer, std::int64_t index) {
  const std::int64_t indices = consumer.weight.size(0);
  const std::int64_t each = consumer.weight.size(1);
  const at::Tensor columns = consumer.inverse.narrow(1, index * each, each);
  const at::Tensor block = columns.narrow(0, index * each, each);
  const at::Tensor flat = consumer.weight.reshape({indices * each, -1});
  const at::Tensor next = flat - at::matmul(columns, at::linalg_solve(block, flat.narrow(0, index * each, each)));
  consumer.inverse = consumer.inverse - at::matmul(columns, at::linalg_solve(block, columns.t()));
  consumer.weight = next.reshape(consumer.weight.sizes()).clone();
  consumer.weight.select(0, index).zero_();
  // A unit block keeps H⁻¹ solvable where the index was.
  consumer.inverse.narrow(0, index * each, each).zero_();
  consumer.inverse.narrow(1, index * each, each).zero_();
  consumer.inverse.narrow(0, index * each, each).narrow(1, index * each, each).copy_(at::eye(each, at::kDouble));
}

RemovalCurve greedy_curve(std::vector<Consumer>& consumers, std::int64_t length) {
  RemovalCurve curve;
  curve.error = {0};
  std::vector<bool> gone(static_cast<std::size_t>(length), false);
  for (std::int64_t step = 0; step < length; ++step) {
    at::Tensor costs = at::zeros({length}, at::kDouble);
    for (const Consumer& consumer : consumers) costs += costs_of(consumer);
    const double* cost = costs.const_data_ptr<double>();
    std::int64_t cheapest = -1;
    for (std::int64_t i = 0; i < length; ++i) {
      if (!gone[i] && (cheapest < 0 || cost[i] < cost[cheapest])) cheapest = i;
    }
    gone[cheapest] = true;
    curve.order.push_back(cheapest);
    curve.error.push_back(curve.error.back() + std::max(cost[cheapest], 0.0));
    for (Consumer& consumer : consumers) remove_index(consumer, cheapest);
  }
  return curve;
}

const LayerSpec& layer_of(const ModelSpec& spec, const std::string& tensor) {
  return spec.layers[static_cast<std::size_t>(find_layer(spec, tensor.substr(0, tensor.rfind('/'))))];
}

}  // namespace

std::vector<RemovalCurve> obs_curves(const ModelArtifact& model, const std::vector<DimensionGroup>& groups,
                                     const at::Tensor& inputs) {
  const c10::InferenceMode inference;
  Model runnable(model.model);
  load_arrays(runnable, model.tensors);
  const LayerValues values = layer_values(runnable, inputs);
  std::vector<RemovalCurve> curves;
  for (const DimensionGroup& group : groups) {
    curves.emplace_back();
    if (group.frozen) continue;
    std::vector<Consumer> consumers;
    for (const GroupMember& member : group.members) {
      if (!member.consumes) continue;
      const LayerSpec& layer = layer_of(model.model, member.tensor);
      consumers.push_back(
          make_consumer(layer, runnable.tensor(member.tensor), values.at(layer.in.front()), group.length));
    }
    curves.back() = greedy_curve(consumers, group.length);
  }
  return curves;
}

std::vector<RemovalCurve> l1_curves(const ModelArtifact& model, const std::vector<DimensionGroup>& groups) {
  std::vector<RemovalCurve> curves;
  for (const DimensionGroup& group : groups) {
    curves.emplace_back();
    if (group.frozen) continue;
    std::vector<double> magnitude(static_cast<std::size_t>(group.length), 0.0);
    for (std::int64_t i = 0; i < group.length; ++i) {
      for (const GroupMember& member : group.members) {
        const Array part = select_blocks(model.tensors.at(member.tensor), member.axis, member.inner, {&i, 1});
        for (const float value : part.as<float>()) magnitude[i] += std::abs(value);
      }
    }
    RemovalCurve& curve = curves.back();
    curve.order.resize(magnitude.size());
    std::iota(curve.order.begin(), curve.order.end(), 0);
    std::stable_sort(curve.order.begin(), curve.order.end(),
                     [&](std::int64_t a, std::int64_t b) { return magnitude[a] < magnitude[b]; });
    const double all = std::max(std::accumulate(magnitude.begin(), magnitude.end(), 0.0), 1e-30);
    curve.error = {0};
    for (const std::int64_t index : curve.order) curve.error.push_back(curve.error.back() + magnitude[index] / all);
  }
  return curves;
}

Kept all_kept(const std::vector<DimensionGroup>& groups) {
  Kept kept;
  for (const DimensionGroup& group : groups) {
    kept.emplace_back(static_cast<std::size_t>(group.length));
    std::iota(kept.back().begin(), kept.back().end(), 0);
  }
  return kept;
}

ModelArtifact prune(const ModelArtifact& model, const std::vector<DimensionGroup>& groups, const Kept& kept) {
  ModelArtifact pruned = model;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (static_cast<std::int64_t>(kept[g].size()) == groups[g].length) continue;
    keep_indices(pruned.model, pruned.tensors, groups[g], kept[g]);
  }
  return pruned;
}

}  // namespace hone
