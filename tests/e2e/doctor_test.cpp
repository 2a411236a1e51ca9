#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

const std::string kFakeFolder = HONE_BINARY_DIR "/tests/fake_nvml";

TEST(DoctorProgram, ShowsTheGpusOfTheDriver) {
  const TemporaryFolder folder;
  const std::string out =
      run_program(
          {hone_program(), "doctor"}, folder.path(),
          {{"LD_LIBRARY_PATH", kFakeFolder}, {"FAKE_NVML_GPUS", "3"}, {"CUDA_VISIBLE_DEVICES", "GPU-2000-fake,0"}})
          .out;
  EXPECT_NE(out.find("\nok       gpu       NVIDIA Fake 100 GPU-2000-fake (1.0 GiB of 80.0 GiB used), NVIDIA Fake 100\n"
                     "                   GPU-0000-fake (1.0 GiB of 80.0 GiB used), driver for CUDA 13.1\n"),
            std::string::npos)
      << out;
}

TEST(DoctorProgram, SaysWhyNoGpuIsUsed) {
  const TemporaryFolder folder;
  const std::string out =
      run_program({hone_program(), "doctor"}, folder.path(),
                  {{"LD_LIBRARY_PATH", kFakeFolder}, {"FAKE_NVML_GPUS", "2"}, {"CUDA_VISIBLE_DEVICES", ""}})
          .out;
  EXPECT_NE(out.find("CUDA_VISIBLE_DEVICES=\"\" leaves none of 2 GPUs; everything runs on the CPU"), std::string::npos)
      << out;
}

}  // namespace
}  // namespace hone
