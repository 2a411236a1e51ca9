#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

constexpr const char* kSpace = "space = {x = {type = \"float\", low = 0.0, high = 1.0}}\n";
constexpr const char* kObjective = "objective = {metric = \"loss\", goal = \"minimize\"}\n";

LoadedSpec load_for(SpecPurpose purpose, const std::string& text, const std::vector<std::string>& set = {}) {
  return load_spec_text(text, "space.toml", "/specs", sample_tables(), {.set = set, .purpose = purpose});
}

std::string mistakes_for(SpecPurpose purpose, const std::string& text) {
  std::string shown;
  const LoadedSpec loaded = load_for(purpose, text);
  for (const Diagnostic& diagnostic : loaded.diagnostics.list()) shown += diagnostic.message + "\n";
  return shown;
}

TEST(AskTellSpec, NeedsASpaceAndAnObjectiveOnly) {
  const LoadedSpec loaded = load_for(SpecPurpose::ask_tell, std::string(kSpace) + kObjective);
  EXPECT_TRUE(loaded.diagnostics.list().empty());
  EXPECT_EQ(loaded.spec.study.name, "space");
  EXPECT_EQ(loaded.spec.space.size(), 1u);
  EXPECT_EQ(loaded.spec.budget.trials, std::nullopt);
  EXPECT_EQ(mistakes_for(SpecPurpose::ask_tell, ""),
            "space.toml has no section [space]: What is searched: a table a parameter, [space.NAME].\n"
            "space.toml has no section [objective]: What is made better; a table, or a list of several.\n");
}

TEST(AskTellSpec, LeavesSectionsOfTrainingUnread) {
  const std::string text = std::string(kSpace) + kObjective +
                           "trainer = {kind = \"builtin\", nonsense = 1}\nmodel = 3\ndataset = {}\n"
                           "resources = {slots = \"many\"}\ncompress = {limits = [\"?\"]}\nbudget = {trials = 5}\n";
  const LoadedSpec loaded = load_for(SpecPurpose::ask_tell, text);
  EXPECT_EQ(mistakes_for(SpecPurpose::ask_tell, text), "");
  EXPECT_EQ(loaded.spec.trainer.kind, "");
  EXPECT_EQ(loaded.spec.budget.trials, 5);
  EXPECT_EQ(loaded.resolved.find("trainer"), std::string::npos) << loaded.resolved;
}

TEST(AskTellSpec, StillRefusesWhatItReads) {
  EXPECT_EQ(
      mistakes_for(SpecPurpose::ask_tell, std::string(kSpace) + kObjective + "budget = {trails = 5, trials = 6}\n"),
      "unknown key `trails` in [budget]\n");
  EXPECT_EQ(mistakes_for(SpecPurpose::ask_tell, std::string(kSpace) + kObjective + "scheduler = {kind = \"asha\"}\n"),
            "scheduler asha needs [fidelity] with max: the rungs lie below it\n");
}

TEST(AskTellSpec, ItsResolvedTextLoadsEqualForAskTellAndForLooking) {
  const LoadedSpec loaded = load_for(SpecPurpose::ask_tell, std::string(kSpace) + kObjective, {"study.seed=7"});
  for (const SpecPurpose purpose : {SpecPurpose::ask_tell, SpecPurpose::look}) {
    const LoadedSpec again = load_for(purpose, loaded.resolved);
    EXPECT_TRUE(again.diagnostics.list().empty());
    EXPECT_EQ(again.resolved, loaded.resolved);
    EXPECT_EQ(again.spec.study.seed, 7);
  }
  EXPECT_NE(mistakes_for(SpecPurpose::run, loaded.resolved), "");
}

}  // namespace
}  // namespace hone
