#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "compress/kernels/input_map.h"
#include "compress/kernels/isa.h"
#include "compress/plan/integer_model.h"
#include "trainers/artifact/model_artifact.h"

namespace hone {

/// A model packed for one engine. Holds scratch space: one thread an object.
class Network {
 public:
  virtual ~Network() = default;
  /// `input` [rows, width] mapped by `map` -> `out` [rows, outputs], as the last layer gives it.
  virtual void run(std::span<const float> input, std::int64_t rows, const InputMap& map, std::span<float> out) = 0;
  /// A map for values already encoded and, where the data allow it, for raw ones.
  virtual const NhwcEdge& input_edge() const = 0;
  virtual EdgeScale input_scale() const { return {}; }
  /// "own-vnni-int8", "torch-fp32", …
  virtual std::string engine() const = 0;
};

/// fp32 on our own kernels. BatchNorm must be folded where it can be (compress/plan/fold.h).
std::unique_ptr<Network> make_float_network(const ModelSpec& spec, const NamedArrays& tensors, Isa isa);

/// int8 on our own kernels; bit for bit the integer reference.
std::unique_ptr<Network> make_integer_network(const IntegerModel& model, Isa isa);

/// The same on the first instruction set of this machine whose kernels pass the self-test against the integer
/// reference: random rows and the extremes (compress.md §9). Throws Error("model::unsupported") when none does.
std::unique_ptr<Network> make_tested_integer_network(const IntegerModel& model);

/// Rows a network works on at once, so that its maps stay in the nearest caches.
inline constexpr std::int64_t kRowsAtOnce = 16;

}  // namespace hone
