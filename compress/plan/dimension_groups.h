#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "configs/model_spec.h"
#include "datasets/array.h"

namespace hone {

/// One axis of a tensor that a group indexes: index i covers positions [i·inner, (i+1)·inner).
struct GroupMember {
  std::string tensor;
  std::int64_t axis = 0;
  std::int64_t inner = 1;
  /// The axis of a weight that reads the group's channels, not one that makes them.
  bool consumes = false;
};

/// A width written in the spec that follows a group: `out` (or `groups`) of a layer is kept · inner.
struct GroupWidth {
  std::string layer;
  bool is_groups = false;
  std::int64_t inner = 1;
};

/// Channels or neurons that can only be removed together (compress.md §3; the idea of DepGraph, Fang et al. 2023, on
/// a graph we own, so without a trace).
struct DimensionGroup {
  /// First layer that makes these channels.
  std::string name;
  std::int64_t length = 0;
  /// Input, output or general grouped convolution: nothing of it is removed.
  bool frozen = false;
  std::vector<GroupMember> members;
  std::vector<GroupWidth> widths;
};

/// Groups of a model in the order of their first layer; the input's group is left out when it has no member.
std::vector<DimensionGroup> dimension_groups(const ModelSpec& spec);

/// Removes all indices but `keep` (ascending, at least one) from every member and edits the widths.
/// Tensors that are no members stay; tensors a member names but `tensors` lacks are an assertion.
void keep_indices(ModelSpec& spec, NamedArrays& tensors, const DimensionGroup& group,
                  std::span<const std::int64_t> keep);

/// `array` with only the blocks `keep` of `inner` positions along `axis`.
Array select_blocks(const Array& array, std::int64_t axis, std::int64_t inner, std::span<const std::int64_t> keep);

}  // namespace hone
