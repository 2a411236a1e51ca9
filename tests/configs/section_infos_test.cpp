#include <gtest/gtest.h>

#include <set>

#include "configs/spec_fields.h"

namespace hone {
namespace {

TEST(SectionInfos, ListEverySectionInTheOrderOfTheDocumentation) {
  EXPECT_EQ(section_names(), (std::vector<std::string>{"study", "objective", "space", "constraints", "sampler",
                                                       "scheduler", "fidelity", "trainer", "model", "dataset",
                                                       "resources", "budget", "confirm", "compress", "report"}));
}

TEST(SectionInfos, GiveEveryOptionOneSentenceAndADefault) {
  for (const SectionInfo& section : section_infos()) {
    EXPECT_FALSE(section.sentence.empty());
    std::set<std::string> seen;
    for (const OptionInfo& option : section.options) {
      const std::string name = section.name + "." + option.name;
      EXPECT_TRUE(seen.insert(option.name).second) << name;
      EXPECT_GT(option.meaning.size(), 5u) << name;
      EXPECT_FALSE(option.default_text.empty()) << name;
    }
  }
}

TEST(SectionInfos, ShowDefaultsAndWhatIsRequired) {
  std::set<std::string> shown;
  for (const SectionInfo& section : section_infos()) {
    for (const OptionInfo& option : section.options) {
      shown.insert(section.name + "." + option.name + " = " + option.default_text);
    }
  }
  for (const char* expected :
       {"budget.failures = 20", "resources.slots = auto", "resources.grace = \"30s\"", "dataset.split.validation = 0.2",
        "objective.goal = required", "trainer.kind = required", "compress.limits = []", "fidelity.min = none"}) {
    EXPECT_EQ(shown.count(expected), 1u) << expected;
  }
}

}  // namespace
}  // namespace hone
