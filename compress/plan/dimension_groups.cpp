#include "compress/plan/dimension_groups.h"

#include <cassert>
#include <cstring>
#include <map>
#include <numeric>

namespace hone {
namespace {

/// The channel axis of an edge: `variable` indices of `inner` positions each.
struct Layout {
  std::size_t variable = 0;
  std::int64_t inner = 1;
};

/// Union-find over dimension variables. A child's index is its parent's index divided by `factor`, so that axes which
/// count the same channels in different units (a flattened map beside a linear layer) can be unified.
class Variables {
 public:
  std::size_t make(std::int64_t length, bool frozen = false) {
    nodes_.push_back({nodes_.size(), 1, length, frozen});
    return nodes_.size() - 1;
  }
  /// The root of a layout's variable, with `inner` counted in the root's indices.
  Layout find(Layout layout) const {
    while (nodes_[layout.variable].parent != layout.variable) {
      layout.inner *= nodes_[layout.variable].factor;
      layout.variable = nodes_[layout.variable].parent;
    }
    return layout;
  }
  void unify(Layout a, Layout b) {
    a = find(a);
    b = find(b);
    if (a.variable == b.variable) return;
    const std::int64_t width = nodes_[a.variable].length * a.inner;
    std::int64_t unit = std::lcm(a.inner, b.inner);
    if (width % unit != 0) unit = width;
    const bool frozen = nodes_[a.variable].frozen || nodes_[b.variable].frozen;
    const std::size_t root = unit == a.inner ? a.variable : unit == b.inner ? b.variable : make(width / unit);
    attach(a, root, unit);
    attach(b, root, unit);
    nodes_[root].frozen = frozen;
  }
  void freeze(Layout layout) { nodes_[find(layout).variable].frozen = true; }
  bool is_frozen(std::size_t root) const { return nodes_[root].frozen; }
  std::int64_t length(std::size_t root) const { return nodes_[root].length; }

 private:
  struct Node {
    std::size_t parent;
    std::int64_t factor;
    std::int64_t length;
    bool frozen;
  };
  void attach(Layout child, std::size_t root, std::int64_t unit) {
    if (child.variable == root) return;
    nodes_[child.variable].parent = root;
    nodes_[child.variable].factor = unit / child.inner;
  }
  std::vector<Node> nodes_;
};

/// A member or width before the classes are known.
struct Use {
  Layout layout;
  std::string layer;
  std::string tensor;  // empty: a width
  std::int64_t axis = 0;
  bool consumes = false;
  bool is_groups = false;
};

class Tracer {
 public:
  explicit Tracer(const ModelSpec& spec) : spec_(spec), shapes_(infer_shapes(spec)) {}

  std::vector<DimensionGroup> groups() {
    layouts_["input"] = {variables_.make(spec_.input.front(), /*frozen=*/true), 1};
    shape_of_["input"] = spec_.input;
    for (std::size_t i = 0; i < spec_.layers.size(); ++i) {
      layouts_[spec_.layers[i].name] = trace(spec_.layers[i], shapes_[i]);
      shape_of_[spec_.layers[i].name] = shapes_[i];
    }
    if (!spec_.layers.empty()) variables_.freeze(layouts_[spec_.layers.back().name]);
    return collect();
  }

 private:
  Layout trace(const LayerSpec& layer, const std::vector<std::int64_t>& out_shape) {
    const Layout in = layouts_.at(layer.in.front());
    const std::vector<std::int64_t>& in_shape = shape_of_.at(layer.in.front());
    if (layer.op == "linear" || (layer.op == "conv2d" && layer.groups == 1)) {
      use(layer, "weight", 1, in, true);
      return made_by(layer, {variables_.make(layer.out), 1});
    }
    if (layer.op == "conv2d") {
      if (layer.groups == in_shape.front()) {  // depthwise, times a multiplier
        uses_.push_back({in, layer.name, "", 0, false, true});
        return made_by(layer, {in.variable, in.inner * (layer.out / layer.groups)});
      }
      variables_.freeze(in);
      return made_by(layer, {variables_.make(layer.out, /*frozen=*/true), 1});
    }
    if (layer.op == "batchnorm") {
      for (const char* name : {"weight", "bias", "running_mean", "running_var"}) use(layer, name, 0, in);
      return in;
    }
    if (layer.op == "flatten") {
      std::int64_t positions = 1;
      for (std::size_t axis = 1; axis < in_shape.size(); ++axis) positions *= in_shape[axis];
      return {in.variable, in.inner * positions};
    }
    if (layer.op == "embedding" || layer.op == "slice" || layer.op == "concat") {
      // Their parts would be segments of an axis: all widths around them stay as they are.
      for (const std::string& name : layer.in) variables_.freeze(layouts_.at(name));
      return {variables_.make(out_shape.front(), /*frozen=*/true), 1};
    }
    for (std::size_t i = 1; i < layer.in.size(); ++i) variables_.unify(in, layouts_.at(layer.in[i]));
    return in;
  }

  Layout made_by(const LayerSpec& layer, Layout out) {
    use(layer, "weight", 0, out);
    if (layer.bias) use(layer, "bias", 0, out);
    uses_.push_back({out, layer.name, "", 0, false, false});
    return out;
  }

  void use(const LayerSpec& layer, const char* tensor, std::int64_t axis, Layout layout, bool consumes = false) {
    uses_.push_back({layout, layer.name, layer.name + "/" + tensor, axis, consumes, false});
  }

  std::vector<DimensionGroup> collect() const {
    std::vector<DimensionGroup> groups;
    std::map<std::size_t, std::size_t> place;
    for (const Use& use : uses_) {
      const Layout root = variables_.find(use.layout);
      const auto [found, fresh] = place.try_emplace(root.variable, groups.size());
      if (fresh) {
        groups.emplace_back();
        groups.back().length = variables_.length(root.variable);
        groups.back().frozen = variables_.is_frozen(root.variable);
      }
      DimensionGroup& group = groups[found->second];
      if (use.tensor.empty()) {
        if (group.name.empty()) group.name = use.layer;
        group.widths.push_back({use.layer, use.is_groups, root.inner});
      } else {
        group.members.push_back({use.tensor, use.axis, root.inner, use.consumes});
      }
    }
    for (DimensionGroup& group : groups)
      if (group.name.empty()) group.name = "input";
    return groups;
  }

  const ModelSpec& spec_;
  std::vector<std::vector<std::int64_t>> shapes_;
  Variables variables_;
  std::map<std::string, Layout> layouts_;
  std::map<std::string, std::vector<std::int64_t>> shape_of_;
  std::vector<Use> uses_;
};

}  // namespace

std::vector<DimensionGroup> dimension_groups(const ModelSpec& spec) { return Tracer(spec).groups(); }

Array select_blocks(const Array& array, std::int64_t axis, std::int64_t inner, std::span<const std::int64_t> keep) {
  std::int64_t before = 1;
  std::size_t after = size_of(array.type);
  for (std::int64_t i = 0; i < axis; ++i) before *= array.shape[i];
  for (std::size_t i = axis + 1; i < array.shape.size(); ++i) after *= array.shape[i];
  const std::size_t block = after * inner;
  const std::size_t row = after * array.shape[axis];

  Array selected;
  selected.type = array.type;
  selected.shape = array.shape;
  selected.shape[axis] = static_cast<std::int64_t>(keep.size()) * inner;
  selected.bytes.resize(before * keep.size() * block);
  std::byte* target = selected.bytes.data();
  for (std::int64_t i = 0; i < before; ++i) {
    for (const std::int64_t index : keep) {
      std::memcpy(target, array.bytes.data() + i * row + index * block, block);
      target += block;
    }
  }
  return selected;
}

void keep_indices(ModelSpec& spec, NamedArrays& tensors, const DimensionGroup& group,
                  std::span<const std::int64_t> keep) {
  assert(!group.frozen && !keep.empty());
  for (const GroupMember& member : group.members) {
    Array& array = tensors.at(member.tensor);
    array = select_blocks(array, member.axis, member.inner, keep);
  }
  for (const GroupWidth& width : group.widths) {
    LayerSpec& layer = spec.layers[find_layer(spec, width.layer)];
    (width.is_groups ? layer.groups : layer.out) = static_cast<std::int64_t>(keep.size()) * width.inner;
  }
}

}  // namespace hone
