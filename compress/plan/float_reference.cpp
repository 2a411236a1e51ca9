#include "compress/plan/float_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "compress/plan/fold.h"

namespace hone {
namespace {

/// One layer on one row: spans of the inputs and of the output with their shapes.
struct RowJob {
  const LayerSpec& layer;
  const NamedArrays& tensors;
  std::vector<std::span<const float>> in;
  std::span<float> out;
  const std::vector<std::int64_t>& in_shape;
  const std::vector<std::int64_t>& out_shape;
};

double bias_of(const RowJob& job, std::int64_t channel) {
  return job.layer.bias ? job.tensors.at(job.layer.name + "/bias").as<float>()[channel] : 0.0F;
}

void run_linear(const RowJob& job) {
  const std::span<const float> weight = job.tensors.at(job.layer.name + "/weight").as<float>();
  const std::size_t inputs = job.in[0].size();
  for (std::size_t o = 0; o < job.out.size(); ++o) {
    double sum = bias_of(job, static_cast<std::int64_t>(o));
    for (std::size_t i = 0; i < inputs; ++i) sum += double{weight[o * inputs + i]} * job.in[0][i];
    job.out[o] = static_cast<float>(sum);
  }
}

void run_conv(const RowJob& job) {
  const LayerSpec& layer = job.layer;
  const std::span<const float> weight = job.tensors.at(layer.name + "/weight").as<float>();
  const std::int64_t in_each = job.in_shape[0] / layer.groups;
  const std::int64_t out_each = layer.out / layer.groups;
  std::size_t target = 0;
  for (std::int64_t o = 0; o < layer.out; ++o) {
    for (std::int64_t y = 0; y < job.out_shape[1]; ++y) {
      for (std::int64_t x = 0; x < job.out_shape[2]; ++x) {
        double sum = bias_of(job, o);
        for (std::int64_t c = 0; c < in_each; ++c) {
          const std::int64_t channel = o / out_each * in_each + c;
          for (std::int64_t ky = 0; ky < layer.kernel; ++ky) {
            for (std::int64_t kx = 0; kx < layer.kernel; ++kx) {
              const std::int64_t iy = y * layer.stride + ky - layer.pad;
              const std::int64_t ix = x * layer.stride + kx - layer.pad;
              if (iy < 0 || ix < 0 || iy >= job.in_shape[1] || ix >= job.in_shape[2]) continue;
              sum += double{weight[((o * in_each + c) * layer.kernel + ky) * layer.kernel + kx]} *
                     job.in[0][(channel * job.in_shape[1] + iy) * job.in_shape[2] + ix];
            }
          }
        }
        job.out[target++] = static_cast<float>(sum);
      }
    }
  }
}

/// maxpool ignores padding; avgpool has none.
void run_pool(const RowJob& job) {
  const LayerSpec& layer = job.layer;
  const bool is_max = layer.op == "maxpool";
  std::size_t target = 0;
  for (std::int64_t c = 0; c < job.out_shape[0]; ++c) {
    for (std::int64_t y = 0; y < job.out_shape[1]; ++y) {
      for (std::int64_t x = 0; x < job.out_shape[2]; ++x) {
        double best = is_max ? -std::numeric_limits<double>::infinity() : 0;
        for (std::int64_t k = 0; k < layer.kernel * layer.kernel; ++k) {
          const std::int64_t iy = y * layer.stride + k / layer.kernel - layer.pad;
          const std::int64_t ix = x * layer.stride + k % layer.kernel - layer.pad;
          if (iy < 0 || ix < 0 || iy >= job.in_shape[1] || ix >= job.in_shape[2]) continue;
          const double value = job.in[0][(c * job.in_shape[1] + iy) * job.in_shape[2] + ix];
          best = is_max ? std::max(best, value) : best + value;
        }
        job.out[target++] = static_cast<float>(is_max ? best : best / double(layer.kernel * layer.kernel));
      }
    }
  }
}

void run_global_pool(const RowJob& job) {
  const std::size_t positions = job.in[0].size() / job.out.size();
  for (std::size_t c = 0; c < job.out.size(); ++c) {
    double sum = 0;
    for (std::size_t i = 0; i < positions; ++i) sum += job.in[0][c * positions + i];
    job.out[c] = static_cast<float>(sum / static_cast<double>(positions));
  }
}

void run_batchnorm(const RowJob& job) {
  const ChannelAffine affine = batchnorm_affine(job.tensors, job.layer.name);
  const std::size_t positions = job.out.size() / affine.scale.size();
  for (std::size_t i = 0; i < job.out.size(); ++i) {
    job.out[i] = affine.scale[i / positions] * job.in[0][i] + affine.shift[i / positions];
  }
}

void run_elementwise(const RowJob& job) {
  std::copy(job.in[0].begin(), job.in[0].end(), job.out.begin());
  if (job.layer.op == "add") {
    for (std::size_t k = 1; k < job.in.size(); ++k) {
      for (std::size_t i = 0; i < job.out.size(); ++i) job.out[i] += job.in[k][i];
    }
  } else if (job.layer.op != "flatten" && job.layer.op != "dropout") {
    for (float& value : job.out) value = static_cast<float>(activation_value(job.layer.op, value));
  }
}

void run_concat(const RowJob& job) {
  auto out = job.out.begin();
  for (const std::span<const float> in : job.in) out = std::copy(in.begin(), in.end(), out);
}

void run_embedding(const RowJob& job) {
  const LayerSpec& layer = job.layer;
  const std::span<const float> weight = job.tensors.at(layer.name + "/weight").as<float>();
  const auto code = std::clamp<std::int64_t>(static_cast<std::int64_t>(job.in[0][layer.first]), 0, layer.slots - 1);
  std::copy_n(weight.begin() + code * layer.out, layer.out, job.out.begin());
}

void run_row(const RowJob& job) {
  const std::string& op = job.layer.op;
  if (op == "concat") return run_concat(job);
  if (op == "embedding") return run_embedding(job);
  if (op == "slice") {
    std::copy_n(job.in[0].begin() + job.layer.first, job.layer.out, job.out.begin());
    return;
  }
  if (op == "linear") return run_linear(job);
  if (op == "conv2d") return run_conv(job);
  if (op == "maxpool" || op == "avgpool") return run_pool(job);
  if (op == "global_avgpool") return run_global_pool(job);
  if (op == "batchnorm") return run_batchnorm(job);
  run_elementwise(job);
}

std::size_t count(const std::vector<std::int64_t>& shape) {
  std::size_t product = 1;
  for (const std::int64_t size : shape) product *= static_cast<std::size_t>(size);
  return product;
}

}  // namespace

double activation_value(const std::string& op, double x) {
  if (op == "gelu") return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
  if (op == "silu") return x / (1 + std::exp(-x));
  if (op == "tanh") return std::tanh(x);
  return std::max(x, 0.0);
}

EdgeValues run_float_reference(const ModelSpec& spec, const NamedArrays& tensors, std::span<const float> input,
                               std::int64_t rows) {
  EdgeValues values;
  std::map<std::string, std::vector<std::int64_t>> shapes = {{"input", spec.input}};
  values["input"].assign(input.begin(), input.end());
  const std::vector<std::vector<std::int64_t>> inferred = infer_shapes(spec);
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    const std::size_t width = count(inferred[i]);
    shapes[layer.name] = inferred[i];
    std::vector<float> out(static_cast<std::size_t>(rows) * width);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
      RowJob job = {layer,      tensors, {}, std::span(out).subspan(row * width, width), shapes.at(layer.in.front()),
                    inferred[i]};
      for (const std::string& name : layer.in) {
        const std::size_t in_width = count(shapes.at(name));
        job.in.push_back(std::span<const float>(values.at(name)).subspan(row * in_width, in_width));
      }
      run_row(job);
    }
    values[layer.name] = std::move(out);
  }
  return values;
}

}  // namespace hone
