#include "core/nvml.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/text.h"
#include "core/visible_gpus.h"

namespace hone {
namespace {

const std::string kFake = HONE_BINARY_DIR "/tests/fake_nvml/libnvidia-ml.so.1";
const std::string kOldFake = HONE_BINARY_DIR "/tests/fake_nvml/old/libnvidia-ml.so.1";

/// What the fake library plays (tests/fake_nvml/fake_nvml.c), for the time of a test: "GPUS=2 MIG=1".
class Played {
 public:
  explicit Played(const std::string& settings) {
    for (const std::string& setting : split(settings, ' ')) {
      const std::size_t equals = setting.find('=');
      names_.push_back("FAKE_NVML_" + setting.substr(0, equals));
      setenv(names_.back().c_str(), setting.substr(equals + 1).c_str(), 1);
    }
  }
  ~Played() {
    for (const std::string& name : names_) unsetenv(name.c_str());
  }
  Played(const Played&) = delete;
  Played& operator=(const Played&) = delete;

 private:
  std::vector<std::string> names_;
};

std::vector<std::string> uuids(const std::vector<GpuInfo>& gpus) {
  std::vector<std::string> names;
  for (const GpuInfo& gpu : gpus) names.push_back(gpu.uuid);
  return names;
}

using Names = std::vector<std::string>;

TEST(Nvml, SaysInOneLineThatThereIsNoDriver) {
  const GpuSurvey survey = survey_gpus("libnvidia-ml-that-is-nowhere.so.1");
  EXPECT_TRUE(survey.gpus.empty());
  EXPECT_EQ(survey.problem, "no NVIDIA driver here (libnvidia-ml-that-is-nowhere.so.1 is not found)");
}

TEST(Nvml, SaysInOneLineThatTheDriverIsNotLoaded) {
  const Played played("INIT=9");
  EXPECT_EQ(survey_gpus(kFake).problem, "the NVIDIA driver is installed but not loaded");
  const Played other("INIT=999");
  EXPECT_EQ(survey_gpus(kFake).problem, "the NVIDIA driver does not start: Something else (NVML error 999)");
}

TEST(Nvml, SaysThatTheDriverSeesNoGpu) {
  const GpuSurvey survey = survey_gpus(kFake);
  EXPECT_TRUE(survey.gpus.empty());
  EXPECT_EQ(survey.problem, "the NVIDIA driver sees no GPU");
  EXPECT_EQ(survey.cuda_version, "13.1");
}

TEST(Nvml, DescribesOneGpu) {
  const Played played("GPUS=1");
  const GpuSurvey survey = survey_gpus(kFake);
  ASSERT_EQ(survey.gpus.size(), 1u);
  EXPECT_EQ(survey.problem, "");
  EXPECT_EQ(survey.gpus[0].uuid, "GPU-0000-fake");
  EXPECT_EQ(survey.gpus[0].name, "NVIDIA Fake 100");
  EXPECT_EQ(survey.gpus[0].memory_bytes, std::int64_t{80} << 30);
  EXPECT_EQ(survey.gpus[0].used_bytes, std::int64_t{1} << 30);
  EXPECT_EQ(survey.gpus[0].compute_capability, "9.0");
}

TEST(Nvml, ListsEightGpusInBusOrder) {
  const Played played("GPUS=8");
  const GpuSurvey survey = survey_gpus(kFake);
  ASSERT_EQ(survey.gpus.size(), 8u);
  EXPECT_EQ(survey.gpus[7].uuid, "GPU-7000-fake");
  EXPECT_EQ(survey.gpus[7].index, 7);
}

TEST(Nvml, ListsTheInstancesOfADividedCardInItsPlace) {
  const Played played("GPUS=2 MIG=1");
  const GpuSurvey survey = survey_gpus(kFake);
  EXPECT_EQ(uuids(survey.gpus), (Names{"GPU-0000-fake", "MIG-1000-fake", "MIG-1003-fake"}));
  EXPECT_EQ(survey.gpus[2].card_uuid, "GPU-1000-fake");
  EXPECT_EQ(survey.gpus[2].memory_bytes, std::int64_t{40} << 30);
  EXPECT_EQ(survey.gpus[2].compute_capability, "9.0");
}

TEST(Nvml, LeavesOutACardThatIsLost) {
  const Played played("GPUS=3 LOST=1");
  const GpuSurvey survey = survey_gpus(kFake);
  EXPECT_EQ(uuids(survey.gpus), (Names{"GPU-0000-fake", "GPU-2000-fake"}));
  EXPECT_EQ(survey.problem, "GPU 1 does not answer and is left out: GPU is lost (NVML error 15)");
}

TEST(Nvml, LeavesOutACardThatVanishesWhileItIsAsked) {
  const Played played("GPUS=2 SILENT=0");
  const GpuSurvey survey = survey_gpus(kFake);
  EXPECT_EQ(uuids(survey.gpus), Names{"GPU-1000-fake"});
  EXPECT_EQ(survey.problem, "GPU 0 does not answer and is left out");
}

TEST(Nvml, TakesAFunctionThatIsMissingForAFeatureLess) {
  const Played played("GPUS=2 MIG=1");
  const GpuSurvey survey = survey_gpus(kOldFake);
  EXPECT_EQ(uuids(survey.gpus), (Names{"GPU-0000-fake", "GPU-1000-fake"}));
  EXPECT_EQ(survey.gpus[0].memory_bytes, 0);
  EXPECT_EQ(survey.gpus[0].compute_capability, "");
  EXPECT_EQ(survey.cuda_version, "");
  const Played lost("LOST=1");
  EXPECT_EQ(survey_gpus(kOldFake).problem, "GPU 1 does not answer and is left out: NVML error 15");
}

std::vector<GpuInfo> four_gpus() {
  const Played played("GPUS=3 MIG=1");
  return survey_gpus(kFake).gpus;
}

TEST(VisibleGpus, AreAllWithoutTheVariableAndNoneWithAnEmptyOne) {
  EXPECT_EQ(visible_gpus(four_gpus(), std::nullopt).size(), 4u);
  EXPECT_TRUE(visible_gpus(four_gpus(), "").empty());
  EXPECT_TRUE(visible_gpus(four_gpus(), "-1").empty());
  EXPECT_TRUE(visible_gpus(four_gpus(), "NoDevFiles").empty());
}

TEST(VisibleGpus, FollowTheOrderOfTheVariable) {
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "2, 0")), (Names{"GPU-2000-fake", "GPU-0000-fake"}));
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "GPU-2,0,0")), (Names{"GPU-2000-fake", "GPU-0000-fake"}));
}

TEST(VisibleGpus, StandForTheInstancesOfACard) {
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "1")), (Names{"MIG-1000-fake", "MIG-1003-fake"}));
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "GPU-1000-fake")), (Names{"MIG-1000-fake", "MIG-1003-fake"}));
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "MIG-1003-fake")), Names{"MIG-1003-fake"});
}

TEST(VisibleGpus, EndAtTheFirstEntryThatNamesNothing) {
  EXPECT_EQ(uuids(visible_gpus(four_gpus(), "0,7,2")), Names{"GPU-0000-fake"});
}

}  // namespace
}  // namespace hone
