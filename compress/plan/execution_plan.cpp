#include "compress/plan/execution_plan.h"

#include <algorithm>
#include <map>

#include "core/error.h"

namespace hone {
namespace {

PlanEdge make_edge(const std::string& name, const std::vector<std::int64_t>& shape) {
  PlanEdge edge;
  edge.name = name;
  edge.channels = shape.front();
  if (shape.size() == 3) {
    edge.height = shape[1];
    edge.width = shape[2];
  }
  return edge;
}

class Planner {
 public:
  explicit Planner(const ModelSpec& spec) : spec_(spec), shapes_(infer_shapes(spec)) {}

  ExecutionPlan plan() {
    plan_.edges.push_back(make_edge("input", spec_.input));
    edge_of_["input"] = 0;
    for (std::size_t i = 0; i < spec_.layers.size(); ++i) place(spec_.layers[i], shapes_[i]);
    plan_.output = edge_of_.at(spec_.layers.back().name);
    return std::move(plan_);
  }

 private:
  void place(const LayerSpec& layer, const std::vector<std::int64_t>& shape) {
    const std::size_t in = edge_of_.at(layer.in.front());
    if (layer.op == "dropout" || (layer.op == "flatten" && needs_no_copy(layer, in))) {
      edge_of_[layer.name] = in;
      return;
    }
    if (layer.op == "relu" && fuse(layer, in)) return;
    PlanStep step;
    step.kind = kind_of(layer.op);
    step.layer = layer;
    for (const std::string& name : layer.in) step.in.push_back(edge_of_.at(name));
    step.out = plan_.edges.size();
    plan_.edges.push_back(make_edge(layer.name, shape));
    plan_.steps.push_back(std::move(step));
    edge_of_[layer.name] = plan_.edges.size() - 1;
  }

  static StepKind kind_of(const std::string& op) {
    if (op == "linear" || op == "conv2d") return StepKind::dot;
    if (op == "batchnorm") return StepKind::affine;
    if (op == "maxpool") return StepKind::maxpool;
    if (op == "avgpool" || op == "global_avgpool") return StepKind::avgpool;
    if (op == "add") return StepKind::add;
    if (op == "flatten") return StepKind::flatten;
    return StepKind::activation;
  }

  /// Layers that read `name`, looking through dropout.
  std::vector<const LayerSpec*> readers(const std::string& name) const {
    std::vector<const LayerSpec*> found;
    for (const LayerSpec& layer : spec_.layers) {
      if (std::find(layer.in.begin(), layer.in.end(), name) == layer.in.end()) continue;
      if (layer.op != "dropout") {
        found.push_back(&layer);
        continue;
      }
      for (const LayerSpec* reader : readers(layer.name)) found.push_back(reader);
    }
    return found;
  }

  /// A map of one position has one order; otherwise every reader must be a linear layer, whose columns are reordered.
  bool needs_no_copy(const LayerSpec& flatten, std::size_t in) const {
    const PlanEdge& edge = plan_.edges[in];
    if (edge.height * edge.width == 1) return true;
    const std::vector<const LayerSpec*> all = readers(flatten.name);
    return !all.empty() && std::all_of(all.begin(), all.end(), [](const LayerSpec* l) { return l->op == "linear"; });
  }

  /// Makes a relu part of the step before it when it is that step's only reader.
  bool fuse(const LayerSpec& relu, std::size_t in) {
    if (in == 0) return false;
    PlanStep& step = plan_.steps[in - 1];
    if (step.relu || (step.kind != StepKind::dot && step.kind != StepKind::add)) return false;
    // Layers that only gave the edge another name (dropout, flatten) do not read it.
    int reading = 0;
    for (const LayerSpec& layer : spec_.layers) {
      const auto own = edge_of_.find(layer.name);
      if (own != edge_of_.end() && own->second == in) continue;
      for (const std::string& name : layer.in) {
        const auto read = edge_of_.find(name);
        if (read != edge_of_.end() && read->second == in) ++reading;
      }
    }
    if (reading != 1) return false;
    step.relu = true;
    plan_.edges[in].name = relu.name;
    edge_of_[relu.name] = in;
    return true;
  }

  const ModelSpec& spec_;
  std::vector<std::vector<std::int64_t>> shapes_;
  ExecutionPlan plan_;
  std::map<std::string, std::size_t> edge_of_;
};

}  // namespace

const LayerSpec* layer_without_kernel(const ModelSpec& spec) {
  const auto found = std::find_if(spec.layers.begin(), spec.layers.end(), [](const LayerSpec& layer) {
    return layer.op == "slice" || layer.op == "concat" || layer.op == "embedding";
  });
  return found == spec.layers.end() ? nullptr : &*found;
}

ExecutionPlan make_execution_plan(const ModelSpec& spec) {
  if (const LayerSpec* layer = layer_without_kernel(spec)) {
    throw Error("model::unsupported", "layer `" + layer->name + "`: no kernel of ours runs the op " + layer->op);
  }
  return Planner(spec).plan();
}

}  // namespace hone
