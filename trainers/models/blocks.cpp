#include "trainers/models/blocks.h"

namespace hone {

LayerSpec& ModelWriter::append(const std::string& name, const std::string& op) {
  LayerSpec layer;
  layer.name = name;
  layer.op = op;
  layer.in = {last_};
  last_ = name;
  model_.layers.push_back(std::move(layer));
  return model_.layers.back();
}

void ModelWriter::linear(const std::string& name, std::int64_t out, bool bias) {
  LayerSpec& layer = append(name, "linear");
  layer.out = out;
  layer.bias = bias;
}

void ModelWriter::conv(const std::string& name, std::int64_t out, std::int64_t kernel, bool bias, std::int64_t stride) {
  LayerSpec& layer = append(name, "conv2d");
  layer.stride = stride;
  layer.out = out;
  layer.kernel = kernel;
  layer.pad = kernel / 2;
  layer.bias = bias;
}

void ModelWriter::pool(const std::string& name, const std::string& op, std::int64_t size) {
  LayerSpec& layer = append(name, op);
  layer.kernel = size;
  layer.stride = size;
}

void ModelWriter::dropout(const std::string& name, double rate) {
  if (rate > 0) append(name, "dropout").rate = rate;
}

void ModelWriter::plain(const std::string& name, const std::string& op) { append(name, op); }

void ModelWriter::add(const std::string& name, const std::string& other) { append(name, "add").in.push_back(other); }

std::string ModelWriter::slice(const std::string& name, std::int64_t first, std::int64_t count) {
  continue_from("input");
  LayerSpec& layer = append(name, "slice");
  layer.first = first;
  layer.out = count;
  return name;
}

std::string ModelWriter::embedding(const std::string& name, std::int64_t feature, std::int64_t slots,
                                   std::int64_t dimensions) {
  continue_from("input");
  LayerSpec& layer = append(name, "embedding");
  layer.first = feature;
  layer.slots = slots;
  layer.out = dimensions;
  return name;
}

void ModelWriter::concat(const std::string& name, std::vector<std::string> parts) {
  append(name, "concat").in = std::move(parts);
}

}  // namespace hone
