#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <set>

#include "core/files.h"
#include "core/random.h"
#include "search/store/store.h"
#include "search/study.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr int kTrials = 24;
constexpr int kRounds = 20;

void write_spec(const fs::path& folder) {
  write_file(folder / "kill.toml",
             "objective = {metric = \"loss\", goal = \"minimize\"}\n"
             "budget = {trials = " +
                 std::to_string(kTrials) +
                 "}\n"
                 "sampler = {kind = \"random\"}\n"
                 "resources = {slots = 2}\n"
                 "fidelity = {unit = \"steps\", min = 1, max = 4}\n"
                 "trainer = {kind = \"command\", command = [\"sh\", \"trainer.sh\", \"{x}\", \"{budget}\"]}\n"
                 "space.x = {type = \"float\", low = 0.0, high = 1.0}\n");
  write_file(folder / "trainer.sh",
             "i=0\nwhile [ $i -lt ${2%.*} ]; do i=$((i+1)); echo \"{\\\"step\\\":$i,\\\"loss\\\":$1}\" >&3; done\n");
}

/// The seq of every event that hone itself announced on its event stream: these are acknowledged and must survive.
std::int64_t last_announced(const fs::path& events) {
  std::ifstream stream(events);
  std::int64_t last = 0;
  for (std::string line; std::getline(stream, line);) {
    const auto at = line.find("\"seq\":");
    if (line.empty() || line.back() != '}' || at == std::string::npos) continue;  // torn by the kill
    last = std::max(last, static_cast<std::int64_t>(std::stoll(line.substr(at + 6))));
  }
  return last;
}

/// Milliseconds of a run that nobody disturbs.
double undisturbed_milliseconds(const std::vector<std::string>& run) {
  const TemporaryFolder folder;
  write_spec(folder.path());
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(run_program(run, folder.path()).exit_code, 0);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

TEST(Kill, NothingIsLostWhateverTheMoment) {
  RandomStream random(/*seed=*/7, /*trial=*/0, "kill");
  const std::vector<std::string> run = {hone_program(), "run", "kill.toml", "--events=events.ndjson"};
  const double whole = undisturbed_milliseconds(run);
  int killed = 0;
  for (int round = 0; round < kRounds; ++round) {
    const TemporaryFolder folder;
    write_spec(folder.path());
    const fs::path study = folder.path() / "studies" / "kill";
    const int pid = start_program(run, folder.path());
    wait_up_to(pid, static_cast<int>(random.uniform(0, whole)));
    kill(pid, SIGKILL);
    killed += wait_for(pid) == 128 + SIGKILL;
    const std::int64_t acknowledged = last_announced(folder.path() / "events.ndjson");
    if (acknowledged > 0) {
      EXPECT_GE(open_store_to_read(study)->load().size(), static_cast<std::size_t>(acknowledged));
    }

    const ProgramResult resumed = run_program(run, folder.path());
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    const StudyState state = fold(open_store_to_read(study)->load());
    std::set<std::int64_t> ids;
    for (const Trial& trial : state.trials) {
      ids.insert(trial.id);
      EXPECT_NE(trial.state, TrialState::running);
      EXPECT_NE(trial.state, TrialState::failed) << trial.message;
    }
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(kTrials));
    EXPECT_EQ(*ids.rbegin(), kTrials - 1);
    EXPECT_TRUE(processes_with(folder.path().string()).empty());
  }
  EXPECT_GT(killed, kRounds / 2);
}

}  // namespace
}  // namespace hone
