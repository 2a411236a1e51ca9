#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "configs/model_spec.h"

namespace hone {

/// Words of the option `activation`: ops of ModelSpec.
inline constexpr std::string_view kActivations[] = {"relu", "gelu", "silu", "tanh"};

/// Writes a ModelSpec layer by layer, each on top of the last one; families use nothing else.
class ModelWriter {
 public:
  explicit ModelWriter(std::vector<std::int64_t> input) { model_.input = std::move(input); }

  /// Name of the layer written last, "input" at first.
  const std::string& last() const { return last_; }
  /// Continues on top of another layer.
  void continue_from(std::string name) { last_ = std::move(name); }

  void linear(const std::string& name, std::int64_t out, bool bias = true);
  /// Padded so that stride 1 keeps the size.
  void conv(const std::string& name, std::int64_t out, std::int64_t kernel, bool bias, std::int64_t stride = 1);
  void pool(const std::string& name, const std::string& op, std::int64_t size);
  void dropout(const std::string& name, double rate);
  /// An op without attributes.
  void plain(const std::string& name, const std::string& op);
  void add(const std::string& name, const std::string& other);
  /// Features [first, first + count) of the model's input; returns the name.
  std::string slice(const std::string& name, std::int64_t first, std::int64_t count);
  /// An embedding of the code at a feature of the model's input; returns the name.
  std::string embedding(const std::string& name, std::int64_t feature, std::int64_t slots, std::int64_t dimensions);
  void concat(const std::string& name, std::vector<std::string> parts);

  ModelSpec take() { return std::move(model_); }

 private:
  LayerSpec& append(const std::string& name, const std::string& op);
  ModelSpec model_;
  std::string last_ = "input";
};

}  // namespace hone
