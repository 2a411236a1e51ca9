#include "core/nvml.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <optional>

namespace hone {

namespace {

// NVML's stable C interface, as far as it is used; written by us after its documentation.
using Device = struct NvmlDevice*;
using Result = int;
constexpr Result kSuccess = 0;
constexpr Result kDriverNotLoaded = 9;
constexpr unsigned kInitWithoutGpus = 1;
constexpr unsigned kMigEnabled = 1;

struct MemoryV2 {
  unsigned version = sizeof(MemoryV2) | (2U << 24);
  unsigned long long total = 0;
  unsigned long long reserved = 0;
  unsigned long long free = 0;
  unsigned long long used = 0;
};

/// A function of the library; calling one that it lacks answers "not supported".
template <class... Arguments>
class Function {
 public:
  void find(void* library, const char* name) {
    function_ = reinterpret_cast<Result (*)(Arguments...)>(dlsym(library, name));
  }
  bool exists() const { return function_ != nullptr; }
  Result operator()(Arguments... arguments) const {
    constexpr Result kFunctionNotFound = 13;
    return function_ == nullptr ? kFunctionNotFound : function_(arguments...);
  }

 private:
  Result (*function_)(Arguments...) = nullptr;
};

/// The open library.
class Nvml {
 public:
  explicit Nvml(const std::string& name) : library_(dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr) return;
    init_with_flags.find(library_, "nvmlInitWithFlags");
    init.find(library_, "nvmlInit_v2");
    shutdown.find(library_, "nvmlShutdown");
    cuda_version.find(library_, "nvmlSystemGetCudaDriverVersion_v2");
    count.find(library_, "nvmlDeviceGetCount_v2");
    by_index.find(library_, "nvmlDeviceGetHandleByIndex_v2");
    uuid.find(library_, "nvmlDeviceGetUUID");
    name_of.find(library_, "nvmlDeviceGetName");
    memory.find(library_, "nvmlDeviceGetMemoryInfo_v2");
    capability.find(library_, "nvmlDeviceGetCudaComputeCapability");
    mig_mode.find(library_, "nvmlDeviceGetMigMode");
    mig_count.find(library_, "nvmlDeviceGetMaxMigDeviceCount");
    mig_by_index.find(library_, "nvmlDeviceGetMigDeviceHandleByIndex");
    error_text_ = reinterpret_cast<const char* (*)(Result)>(dlsym(library_, "nvmlErrorString"));
  }
  ~Nvml() {
    if (started_) shutdown();
    if (library_ != nullptr) dlclose(library_);
  }
  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;

  bool is_there() const { return library_ != nullptr; }
  Result start() {
    const Result result = init_with_flags.exists() ? init_with_flags(kInitWithoutGpus) : init();
    started_ = result == kSuccess;
    return result;
  }
  std::string error_text(Result result) const {
    if (error_text_ == nullptr) return fmt::format("NVML error {}", result);
    return fmt::format("{} (NVML error {})", error_text_(result), result);
  }

  Function<unsigned> init_with_flags;
  Function<> init;
  Function<> shutdown;
  Function<int*> cuda_version;
  Function<unsigned*> count;
  Function<unsigned, Device*> by_index;
  Function<Device, char*, unsigned> uuid;
  Function<Device, char*, unsigned> name_of;
  Function<Device, MemoryV2*> memory;
  Function<Device, int*, int*> capability;
  Function<Device, unsigned*, unsigned*> mig_mode;
  Function<Device, unsigned*> mig_count;
  Function<Device, unsigned, Device*> mig_by_index;

 private:
  void* library_;
  const char* (*error_text_)(Result) = nullptr;
  bool started_ = false;
};

std::optional<std::string> text_of(const Function<Device, char*, unsigned>& function, Device device) {
  std::array<char, 128> text = {};
  if (function(device, text.data(), static_cast<unsigned>(text.size() - 1)) != kSuccess) return std::nullopt;
  return std::string(text.data());
}

/// Nothing when the device does not answer, as one that fell off the bus.
std::optional<GpuInfo> describe(const Nvml& nvml, Device device, int index) {
  GpuInfo gpu;
  const std::optional<std::string> uuid = text_of(nvml.uuid, device);
  if (!uuid) return std::nullopt;
  gpu.uuid = *uuid;
  gpu.card_uuid = *uuid;
  gpu.index = index;
  gpu.name = text_of(nvml.name_of, device).value_or("NVIDIA GPU");
  MemoryV2 memory;
  if (nvml.memory(device, &memory) == kSuccess) {
    gpu.memory_bytes = static_cast<std::int64_t>(memory.total);
    gpu.used_bytes = static_cast<std::int64_t>(memory.used);
  }
  int major = 0;
  int minor = 0;
  if (nvml.capability(device, &major, &minor) == kSuccess) gpu.compute_capability = fmt::format("{}.{}", major, minor);
  return gpu;
}

/// The instances of a card that MIG divides; nothing when it is whole.
std::optional<std::vector<GpuInfo>> mig_instances(const Nvml& nvml, Device card, const GpuInfo& info) {
  unsigned current = 0;
  unsigned pending = 0;
  if (nvml.mig_mode(card, &current, &pending) != kSuccess || current != kMigEnabled) return std::nullopt;
  unsigned places = 0;
  if (nvml.mig_count(card, &places) != kSuccess) places = 0;
  std::vector<GpuInfo> instances;
  for (unsigned place = 0; place < places; ++place) {
    Device device = nullptr;
    if (nvml.mig_by_index(card, place, &device) != kSuccess) continue;  // an empty place
    std::optional<GpuInfo> instance = describe(nvml, device, info.index);
    if (!instance) continue;
    instance->card_uuid = info.uuid;
    instance->compute_capability = info.compute_capability;
    instances.push_back(*instance);
  }
  return instances;
}

void survey_card(const Nvml& nvml, unsigned index, GpuSurvey& survey) {
  Device device = nullptr;
  const Result result = nvml.by_index(index, &device);
  const std::optional<GpuInfo> gpu =
      result == kSuccess ? describe(nvml, device, static_cast<int>(index)) : std::nullopt;
  if (!gpu) {
    survey.problem = fmt::format("GPU {} does not answer and is left out", index);
    if (result != kSuccess) survey.problem += ": " + nvml.error_text(result);
    return;
  }
  const auto instances = mig_instances(nvml, device, *gpu);
  if (!instances) {
    survey.gpus.push_back(*gpu);
    return;
  }
  if (instances->empty()) {
    survey.problem = fmt::format("GPU {} is in MIG mode without an instance and is left out", index);
  }
  survey.gpus.insert(survey.gpus.end(), instances->begin(), instances->end());
}

}  // namespace

GpuSurvey survey_gpus(const std::string& library) {
  GpuSurvey survey;
  Nvml nvml(library);
  if (!nvml.is_there()) {
    survey.problem = fmt::format("no NVIDIA driver here ({} is not found)", library);
    return survey;
  }
  if (const Result result = nvml.start(); result != kSuccess) {
    survey.problem = result == kDriverNotLoaded ? "the NVIDIA driver is installed but not loaded"
                                                : "the NVIDIA driver does not start: " + nvml.error_text(result);
    return survey;
  }
  int cuda = 0;
  if (nvml.cuda_version(&cuda) == kSuccess) survey.cuda_version = fmt::format("{}.{}", cuda / 1000, cuda % 1000 / 10);
  unsigned count = 0;
  if (const Result result = nvml.count(&count); result != kSuccess) {
    survey.problem = "the NVIDIA driver does not count its GPUs: " + nvml.error_text(result);
    return survey;
  }
  for (unsigned index = 0; index < count; ++index) survey_card(nvml, index, survey);
  if (count == 0) survey.problem = "the NVIDIA driver sees no GPU";
  return survey;
}

}  // namespace hone
