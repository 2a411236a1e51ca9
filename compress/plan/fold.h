#pragma once

#include "configs/model_spec.h"
#include "datasets/array.h"

namespace hone {

/// Folds every BatchNorm that alone reads a linear or conv2d into it: W′ = Wγ/√(σ²+ε), b′ = β+(b−μ)γ/√(σ²+ε)
/// (Jacob et al. 2018, §3.2), and leaves dropout out, which does nothing at inference. Other BatchNorms stay.
/// Returns how many BatchNorms were folded. int8 layers are left alone.
int fold_for_inference(ModelSpec& spec, NamedArrays& tensors);

/// ε of BatchNorm, as torch's default.
inline constexpr double kBatchNormEpsilon = 1e-5;

/// γ/√(σ²+ε) and β − μγ/√(σ²+ε) of every channel: BatchNorm at inference is y = scale·x + shift.
struct ChannelAffine {
  std::vector<float> scale;
  std::vector<float> shift;
};
ChannelAffine batchnorm_affine(const NamedArrays& tensors, const std::string& layer);

}  // namespace hone
