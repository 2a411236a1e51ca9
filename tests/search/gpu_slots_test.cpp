#include <gtest/gtest.h>

#include <set>

#include "core/text.h"
#include "search/executors/slots.h"
#include "tests/search/executor_scripts.h"

namespace hone {
namespace {

std::vector<GpuInfo> two_gpus() {
  std::vector<GpuInfo> gpus(2);
  gpus[0].uuid = "GPU-a";
  gpus[1].uuid = "GPU-b";
  return gpus;
}

ExperimentSpec spec_of(const std::string& kind) {
  ExperimentSpec spec;
  spec.trainer.kind = kind;
  return spec;
}

using Names = std::vector<std::string>;

TEST(GpuSlots, AreOnePerGpuForCommands) {
  const SlotPlan plan = plan_slots(spec_of("command"), two_gpus());
  EXPECT_EQ(plan.slots, 2);
  EXPECT_EQ(plan.gpus, (Names{"GPU-a", "GPU-b"}));
}

TEST(GpuSlots, AreAsManyAsTheSpecSays) {
  ExperimentSpec spec = spec_of("command");
  spec.resources.slots = 1;
  EXPECT_EQ(plan_slots(spec, two_gpus()).gpus, Names{"GPU-a"});
  spec.resources.slots = 5;
  EXPECT_EQ(plan_slots(spec, two_gpus()).slots, 5);
  EXPECT_EQ(plan_slots(spec, two_gpus()).gpus.size(), 2u);
}

TEST(GpuSlots, AreNotForBuiltInTrainersOrWhoChoosesGpusItself) {
  EXPECT_TRUE(plan_slots(spec_of("builtin"), two_gpus()).gpus.empty());
  ExperimentSpec spec = spec_of("command");
  spec.trainer.env["CUDA_VISIBLE_DEVICES"] = "0";
  EXPECT_TRUE(plan_slots(spec, two_gpus()).gpus.empty());
  EXPECT_TRUE(plan_slots(spec_of("command"), {}).gpus.empty());
}

TEST(GpuSlots, ShowEachCommandItsOwnGpuAlone) {
  const ScriptedStudy study;
  // Both wait for each other, so that they run in different slots.
  const ExperimentSpec spec = study.command_spec(
      "echo \"$CUDA_VISIBLE_DEVICES\" > \"$HONE_FOLDER/gpu\"; touch here.$HONE_TRIAL\n"
      "while [ ! -e here.0 ] || [ ! -e here.1 ]; do sleep 0.01; done\n"
      "echo '{\"loss\": 1}' >&3");
  LocalExecutorOptions options;
  options.study_folder = study.folder() / "study";
  options.spec_folder = study.folder();
  options.study_name = "study";
  options.slots = 2;
  options.gpus = {"GPU-a", "GPU-b"};
  const auto executor = make_local_executor(spec, options, MakeBrief());
  executor->start(launch_of(0));
  executor->start(launch_of(1));
  EXPECT_EQ(run_until(*executor, 2).exits.size(), 2u);
  std::set<std::string> seen;
  for (const std::int64_t trial : {0, 1}) {
    seen.insert(std::string(trim(read_file(options.study_folder / "trials" / std::to_string(trial) / "gpu"))));
  }
  EXPECT_EQ(seen, (std::set<std::string>{"GPU-a", "GPU-b"}));
}

}  // namespace
}  // namespace hone
