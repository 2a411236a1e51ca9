#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/random.h"
#include "search/objective.h"
#include "search/store/store.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 3;
constexpr int kRepeats = 24;

StudyState state_of(const fs::path& study) { return fold(open_store_to_read(study)->load()); }

/// A finished study whose trainer reports four steps and fails on seeds that end in 7.
void make_study(const fs::path& folder) {
  write_file(folder / "again.toml",
             "objective = {metric = \"loss\", goal = \"minimize\"}\n"
             "budget = {trials = 8}\n"
             "sampler = {kind = \"random\"}\n"
             "resources = {slots = 2}\n"
             "confirm = {top = 3, seeds = 8}\n"
             "trainer = {kind = \"command\", command = [\"sh\", \"trainer.sh\", \"{x}\", \"{seed}\"]}\n"
             "space.x = {type = \"float\", low = 0.0, high = 1.0}\n");
  write_file(folder / "trainer.sh",
             "case $2 in *7) exit 65;; esac\n"
             "for i in 1 2 3 4; do echo \"{\\\"step\\\":$i,\\\"loss\\\":$1}\" >&3; done\n");
  const ProgramResult run = run_program({hone_program(), "run", "again.toml"}, folder);
  ASSERT_EQ(run.exit_code, 0) << run.err;
}

TEST(ConfirmKill, TheSameCommandGoesOnWhateverTheMoment) {
  RandomStream random(/*seed=*/11, /*trial=*/0, "confirm kill");
  const std::vector<std::string> confirm = {hone_program(), "confirm", "studies/again", "--json"};
  double whole = 0;
  int killed = 0;
  nlohmann::json undisturbed;
  for (int round = 0; round <= kRounds; ++round) {
    const TemporaryFolder folder;
    make_study(folder.path());
    const fs::path study = folder.path() / "studies" / "again";
    const auto searched = state_of(study).trials.size();
    if (round > 0) {
      const int pid = start_program(confirm, folder.path());
      wait_up_to(pid, static_cast<int>(random.uniform(0, whole)));
      kill(pid, SIGKILL);
      killed += wait_for(pid) == 128 + SIGKILL;
    }
    const auto begin = std::chrono::steady_clock::now();
    const ProgramResult resumed = run_program(confirm, folder.path());
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    const auto answer = nlohmann::json::parse(resumed.out);
    if (round == 0) {
      whole = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
      undisturbed = answer;
    }
    // Seeds are named by trial: a confirmation that was killed says what an undisturbed one says.
    EXPECT_EQ(answer["items"], undisturbed["items"]) << "round " << round;
    EXPECT_EQ(answer["chosen"], undisturbed["chosen"]);
    const StudyState state = state_of(study);
    EXPECT_EQ(count_repeats(state), kRepeats);
    EXPECT_EQ(state.trials.size(), searched + kRepeats);
    for (const Trial& trial : state.trials) {
      EXPECT_NE(trial.state, TrialState::running);
      EXPECT_NE(trial.state, TrialState::waiting);
    }
    EXPECT_TRUE(processes_with(folder.path().string()).empty());
  }
  EXPECT_GT(killed, 0);
}

TEST(ConfirmKill, ABuiltInTrainerGoesOnTooAndLeavesTheConfirmedModel) {
  const TemporaryFolder folder;
  const ProgramResult run = run_program({hone_program(), "run", shipped_spec("quickstart.toml"), "--no-compress",
                                         "--trials", "4", "--set", "fidelity.max=9"},
                                        folder.path());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const fs::path study = folder.path() / "studies" / "quickstart";
  const auto searched = state_of(study).trials.size();
  const std::vector<std::string> confirm = {
      hone_program(), "confirm", "studies/quickstart", "--top", "2", "--seeds", "3", "--json"};
  const int pid = start_program(confirm, folder.path());
  // In the middle on this machine; on another one the end may have come before.
  wait_up_to(pid, 800);
  kill(pid, SIGKILL);
  wait_for(pid);
  const ProgramResult resumed = run_program(confirm, folder.path());
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  const auto answer = nlohmann::json::parse(resumed.out);
  EXPECT_EQ(state_of(study).trials.size(), searched + 3 * answer["items"].size());
  for (const auto& item : answer["items"]) EXPECT_EQ(item["repeats"], 3);
  EXPECT_EQ(nlohmann::json::parse(read_file(study / "best/card.json"))["trial"], answer["chosen"]);
  const ProgramResult best = run_program({hone_program(), "best", "studies/quickstart", "--json"}, folder.path());
  EXPECT_EQ(nlohmann::json::parse(best.out)["confirmed"]["trial"], answer["chosen"]);
}

}  // namespace
}  // namespace hone
