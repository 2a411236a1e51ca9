#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hone {

/// A GPU, or one instance of a GPU that MIG divides, as the driver knows it.
struct GpuInfo {
  /// `GPU-…` or `MIG-…`: what CUDA_VISIBLE_DEVICES takes. NVML counts in bus order, CUDA by speed; the name is the
  /// same.
  std::string uuid;
  /// Position of the card in bus order; instances share that of their card.
  int index = 0;
  /// The card of an instance, else equal to `uuid`.
  std::string card_uuid;
  std::string name;
  /// 0 where the driver does not say.
  std::int64_t memory_bytes = 0;
  std::int64_t used_bytes = 0;
  /// "9.0"; empty where the driver does not say.
  std::string compute_capability;
};

/// What the driver said.
struct GpuSurvey {
  std::vector<GpuInfo> gpus;
  /// The newest CUDA the driver runs, "13.0"; empty where it is not known.
  std::string cuda_version;
  /// One line on what is missing: why there is no GPU, or which card was left out. Empty when all is well.
  std::string problem;
};

/// Asks NVIDIA's management library, opened when called and closed again; needs no CUDA, no headers of theirs and no
/// GPU. Never throws: a function the library lacks is a feature less, a card it cannot speak to is left out.
GpuSurvey survey_gpus(const std::string& library = "libnvidia-ml.so.1");

}  // namespace hone
