#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "datasets/tensor/tensor_data.h"
#include "trainers/models/family.h"

namespace hone {

/// Whether the options change training images at all.
bool augments(const TrainerOptions& options);

/// What one epoch makes of the training images, gathered and changed on their device in one pass:
/// - shift: by −shift … shift pixels along each axis, what comes in is the image reflected at its border;
/// - flip, alternating (Jordan 2024, "94 % on CIFAR-10 in 3.29 seconds"): a random half of the images is mirrored
///   in the first epoch, in every odd one the others are, so that two epochs show both sides of all;
/// - cutout (DeVries and Taylor 2017): a square around a random pixel becomes the channel's mean.
/// All draws are a function of (seed, epoch, row): batches of any size and order see the same images.
class Augment {
 public:
  /// `train` holds images, larger than `options.shift` on both sides; must live as long.
  Augment(const TrainerOptions& options, std::uint64_t seed, std::int64_t epoch, const TensorData& train);

  /// Encoded float32 inputs [n, channels, height, width] of the rows that `index`, int64 [n], names.
  at::Tensor gather(const at::Tensor& index) const;

 private:
  const TensorData& train_;
  std::int64_t cutout_;
  /// int64 [rows, 5]: shift down, shift right, mirrored, pixel of the cutout down and right.
  at::Tensor draws_;
};

}  // namespace hone
