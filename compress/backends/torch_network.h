#pragma once

#include <memory>

#include "compress/kernels/network.h"

namespace hone {

/// fp32 on LibTorch (oneDNN) with one thread: the peer of our own fp32 kernels. BatchNorm should be folded.
std::unique_ptr<Network> make_torch_network(const ModelSpec& spec, const NamedArrays& tensors);

}  // namespace hone
