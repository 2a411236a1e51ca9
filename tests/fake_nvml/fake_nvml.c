// A libnvidia-ml.so.1 without a driver, told by the environment what to play:
//   FAKE_NVML_GPUS=8      cards; FAKE_NVML_INIT=9 initialising fails so
//   FAKE_NVML_MIG=1       this card is in MIG mode, with instances in the places 0 and 3
//   FAKE_NVML_LOST=2      this card has no handle: it fell off the bus
//   FAKE_NVML_SILENT=3    this one vanishes between the handle and the first question
// Built with FAKE_NVML_OLD it lacks what came with later drivers.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kSuccess = 0, kNotSupported = 3, kNotFound = 6, kGpuIsLost = 15, kPlaces = 7, kCards = 16 };

struct NvmlDevice {
  int card;
  int place;  // of an instance, else -1
};
static struct NvmlDevice cards[kCards];
static struct NvmlDevice instances[kPlaces];

static int setting(const char* name, int otherwise) {
  const char* text = getenv(name);
  return text == NULL ? otherwise : atoi(text);
}

static int start(void) {
  for (int card = 0; card < kCards; ++card) cards[card] = (struct NvmlDevice){card, -1};
  return setting("FAKE_NVML_INIT", kSuccess);
}

int nvmlInit_v2(void) { return start(); }
int nvmlShutdown(void) { return kSuccess; }

int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = (unsigned)setting("FAKE_NVML_GPUS", 0);
  return kSuccess;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, struct NvmlDevice** device) {
  if ((int)index == setting("FAKE_NVML_LOST", -1)) return kGpuIsLost;
  *device = &cards[index];
  return kSuccess;
}

int nvmlDeviceGetUUID(struct NvmlDevice* device, char* text, unsigned size) {
  if (device->card == setting("FAKE_NVML_SILENT", -1)) return kGpuIsLost;
  if (device->place < 0) {
    snprintf(text, size, "GPU-%d000-fake", device->card);
  } else {
    snprintf(text, size, "MIG-%d00%d-fake", device->card, device->place);
  }
  return kSuccess;
}

int nvmlDeviceGetName(struct NvmlDevice* device, char* text, unsigned size) {
  snprintf(text, size, "%s", device->place < 0 ? "NVIDIA Fake 100" : "NVIDIA Fake 100 MIG 3g");
  return kSuccess;
}

#ifndef FAKE_NVML_OLD
int nvmlInitWithFlags(unsigned flags) {
  (void)flags;
  return start();
}

const char* nvmlErrorString(int result) { return result == kGpuIsLost ? "GPU is lost" : "Something else"; }

int nvmlSystemGetCudaDriverVersion_v2(int* version) {
  *version = 13010;
  return kSuccess;
}

struct MemoryV2 {
  unsigned version;
  unsigned long long total, reserved, free, used;
};
int nvmlDeviceGetMemoryInfo_v2(struct NvmlDevice* device, struct MemoryV2* memory) {
  if (memory->version != (sizeof(struct MemoryV2) | (2U << 24))) return kNotSupported;
  memory->total = device->place < 0 ? 80ULL << 30 : 40ULL << 30;
  memory->used = 1ULL << 30;
  return kSuccess;
}

int nvmlDeviceGetCudaComputeCapability(struct NvmlDevice* device, int* major, int* minor) {
  if (device->place >= 0) return kNotSupported;
  *major = 9;
  *minor = 0;
  return kSuccess;
}

int nvmlDeviceGetMigMode(struct NvmlDevice* device, unsigned* current, unsigned* pending) {
  *current = *pending = device->card == setting("FAKE_NVML_MIG", -1);
  return kSuccess;
}

int nvmlDeviceGetMaxMigDeviceCount(struct NvmlDevice* device, unsigned* count) {
  (void)device;
  *count = kPlaces;
  return kSuccess;
}

int nvmlDeviceGetMigDeviceHandleByIndex(struct NvmlDevice* card, unsigned place, struct NvmlDevice** device) {
  if (place != 0 && place != 3) return kNotFound;
  instances[place] = (struct NvmlDevice){card->card, (int)place};
  *device = &instances[place];
  return kSuccess;
}
#endif
