#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "core/files.h"
#include "search/store/store.h"
#include "search/study_state.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr int kMostMilliseconds = 60000;

/// `hone run` with its events in a pipe, so that a test can wait for one of them.
class EventfulRun {
 public:
  EventfulRun(std::vector<std::string> arguments, fs::path folder) : folder_(std::move(folder)) {
    const fs::path pipe = folder_ / "events";
    mkfifo(pipe.c_str(), 0600);
    events_ = open(pipe.c_str(), O_RDWR | O_CLOEXEC);  // also written, so that neither side waits for the other
    arguments.insert(arguments.begin(), {hone_program(), "run"});
    arguments.emplace_back("--events=events");
    pid_ = start_program(arguments, folder_);
  }
  ~EventfulRun() { close(events_); }

  /// Reads events until `word` has been seen in `count` of them; false when none comes any more.
  bool wait_for_events(const std::string& word, int count) {
    while (count > 0) {
      const std::size_t end = text_.find('\n');
      if (end == std::string::npos) {
        if (!read_more()) return false;
        continue;
      }
      if (text_.substr(0, end).find("\"event\":\"" + word + "\"") != std::string::npos) --count;
      text_.erase(0, end + 1);
    }
    return true;
  }
  void signal(int number) const { kill(pid_, number); }
  int exit_code() const { return wait_for(pid_); }
  std::string errors() const { return read_file(folder_ / "started.err"); }

 private:
  bool read_more() {
    pollfd waiter{events_, POLLIN, 0};
    if (poll(&waiter, 1, kMostMilliseconds) <= 0) return false;
    char buffer[4096];
    const ssize_t got = read(events_, buffer, sizeof buffer);
    text_.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
  }

  fs::path folder_;
  int events_ = -1;
  int pid_ = -1;
  std::string text_;
};

/// Processes that work in `folder` or below it: trainers in the spec's folder, workers in those of their trials.
std::vector<std::string> processes_in(const fs::path& folder) {
  std::vector<std::string> pids;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::error_code not_ours;
    if (fs::read_symlink(entry.path() / "cwd", not_ours).string().starts_with(folder.string())) {
      pids.push_back(entry.path().filename());
    }
  }
  return pids;
}

/// What an interrupt leaves: nothing runs, nothing failed, the search is open.
void expect_interrupted(const fs::path& study) {
  const StudyState state = fold(open_store_to_read(study)->load());
  EXPECT_FALSE(state.closed);
  for (const Trial& trial : state.trials) {
    EXPECT_NE(trial.state, TrialState::running) << trial.id;
    EXPECT_NE(trial.state, TrialState::failed) << trial.message;
  }
}

/// All trials ended well, and each reported every step of its budget once.
void expect_finished(const fs::path& study, std::size_t trials) {
  const StudyState state = fold(open_store_to_read(study)->load());
  EXPECT_TRUE(state.closed);
  ASSERT_EQ(state.trials.size(), trials);
  for (const Trial& trial : state.trials) {
    EXPECT_TRUE(trial.state == TrialState::rested || trial.state == TrialState::completed) << trial.message;
    EXPECT_EQ(static_cast<double>(trial.curve.size()), trial.budget);
  }
}

/// A trainer of two steps that waits after the first for ever, unless the file `go` is there.
void write_waiting_spec(const fs::path& folder, const std::string& on_term) {
  write_file(folder / "wait.toml", R"(objective = {metric = "loss", goal = "minimize"}
budget = {trials = 4}
sampler = {kind = "random"}
scheduler = {kind = "none"}
fidelity = {unit = "steps", max = 2}
resources = {slots = 2}
trainer = {kind = "command", command = ["sh", "wait.sh", "{x}"]}
space.x = {type = "float", low = 0.0, high = 1.0}
)");
  write_file(folder / "wait.sh",
             "report() { echo \"{\\\"step\\\":$1,\\\"loss\\\":0.5}\" >&3; }\n"
             "trap '" +
                 on_term +
                 "' TERM\n"
                 "report 1\n"
                 "[ -e go ] || while :; do sleep 1000 & wait $!; done\n"
                 "report 2\n");
}

void expect_leaves_and_goes_on(int signal, int exit_code) {
  const TemporaryFolder folder;
  write_waiting_spec(folder.path(), "exit 77");
  EventfulRun run({"wait.toml"}, folder.path());
  ASSERT_TRUE(run.wait_for_events("reported", 2)) << run.errors();
  run.signal(signal);
  EXPECT_EQ(run.exit_code(), exit_code) << run.errors();
  EXPECT_NE(run.errors().find("To go on:\n  hone run wait.toml\n"), std::string::npos) << run.errors();
  EXPECT_EQ(processes_in(folder.path()), std::vector<std::string>());
  expect_interrupted(folder.path() / "studies/wait");

  write_file(folder.path() / "go", "");
  const ProgramResult resumed = run_program({hone_program(), "run", "wait.toml"}, folder.path());
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  expect_finished(folder.path() / "studies/wait", 4);
}

TEST(Interrupt, ControlCLeavesAStudyThatGoesOn) { expect_leaves_and_goes_on(SIGINT, 130); }

TEST(Interrupt, TerminationLeavesAStudyThatGoesOn) { expect_leaves_and_goes_on(SIGTERM, 143); }

// The trainers answer SIGTERM with a report and stay; the grace of 30 s is not waited for.
TEST(Interrupt, ASecondControlCKillsAtOnce) {
  const TemporaryFolder folder;
  write_waiting_spec(folder.path(), "report 1.5");
  EventfulRun run({"wait.toml"}, folder.path());
  ASSERT_TRUE(run.wait_for_events("reported", 2)) << run.errors();
  run.signal(SIGINT);
  ASSERT_TRUE(run.wait_for_events("reported", 2)) << run.errors();
  const auto begin = std::chrono::steady_clock::now();
  run.signal(SIGINT);
  EXPECT_EQ(run.exit_code(), 130) << run.errors();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(processes_in(folder.path()), std::vector<std::string>());
  expect_interrupted(folder.path() / "studies/wait");
}

TEST(Interrupt, WorkersLeaveWithACheckpointAndGoOn) {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {
      shipped_spec("quickstart.toml"), "--set", "budget.trials=4", "--set", "fidelity.max=9", "--no-compress"};
  EventfulRun run(arguments, folder.path());
  ASSERT_TRUE(run.wait_for_events("reported", 1)) << run.errors();
  run.signal(SIGINT);
  EXPECT_EQ(run.exit_code(), 130) << run.errors();
  EXPECT_NE(run.errors().find("--set budget.trials=4 --set fidelity.max=9 --no-compress\n"), std::string::npos)
      << run.errors();
  EXPECT_EQ(processes_in(folder.path()), std::vector<std::string>());
  expect_interrupted(folder.path() / "studies/quickstart");

  arguments.insert(arguments.begin(), {hone_program(), "run"});
  const ProgramResult resumed = run_program(arguments, folder.path());
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  expect_finished(folder.path() / "studies/quickstart", 4);
}

}  // namespace
}  // namespace hone
