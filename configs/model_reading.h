#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "configs/model_spec.h"
#include "core/error.h"

namespace hone {

/// A mistake in one layer of a model, with the layer's index so that a reader of text can add the place.
class LayerError : public Error {
 public:
  LayerError(const Error& error, std::size_t layer) : Error(error), layer_(layer) {}
  std::size_t layer() const { return layer_; }

 private:
  std::size_t layer_;
};

/// Runs `check`; an Error that it throws leaves as a LayerError of `layer`.
template <class Check>
void at_layer(std::size_t layer, Check check) {
  try {
    check();
  } catch (const Error& error) {
    throw LayerError(error, layer);
  }
}

/// Reads `input` and `layer` (or `layers`) of an object and checks the whole model. `list` is the name of the list.
ModelSpec read_model(const nlohmann::json& object, std::string_view list);

}  // namespace hone
