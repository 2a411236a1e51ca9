#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"
#include "search/study.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string example(const std::string& name) { return HONE_SOURCE_DIR "/configs/examples/ask-tell/" + name; }

/// `hone ask-tell` on pipes, spoken to as a client would.
class Client {
 public:
  Client(const fs::path& folder, const std::string& seed) {
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    const std::string hone = hone_program();
    const std::string spec = example("space.toml");
    const std::string set = "study.seed=" + seed;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      if (chdir(folder.c_str()) == 0) {
        execl(hone.c_str(), "hone", "ask-tell", spec.c_str(), "--set", set.c_str(), nullptr);
      }
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = out[0];
    hello_ = json::parse(line());
  }
  ~Client() {
    if (pid_ > 0) end();
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const json& hello() const { return hello_; }
  void send(const json& request) const {
    const std::string text = request.dump() + "\n";
    EXPECT_EQ(write(to_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  json say(const json& request) {
    send(request);
    return json::parse(line());
  }
  void kill_it() {
    kill(pid_, SIGKILL);
    end();
  }
  /// Ends its input; the exit code.
  int end() {
    close(to_);
    close(from_);
    const int code = wait_for(pid_);
    pid_ = 0;
    return code;
  }

 private:
  std::string line() {
    std::string text;
    for (char c = 0; read(from_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }

  int pid_ = 0;
  int to_ = -1;
  int from_ = -1;
  json hello_;
};

json finish(const json& trial) {
  const double x = trial["params"]["x"];
  return {{"op", "finish"},
          {"trial", trial["trial"]},
          {"attempt", trial["attempt"]},
          {"state", "completed"},
          {"metrics", {{"loss", x * x}}}};
}

TEST(AskTellProgram, NothingIsLostWhenItIsKilled) {
  const TemporaryFolder folder;
  std::set<std::int64_t> finished;
  std::int64_t known = 0;
  for (int death = 0; death < 8; ++death) {
    Client client(folder.path(), "1");
    EXPECT_EQ(client.hello()["resumed"], death > 0);
    EXPECT_GE(client.hello()["trials"].get<std::int64_t>(), known);
    const json trials = client.say({{"op", "ask"}, {"n", 4}})["trials"];
    for (std::size_t i = 0; i < trials.size(); ++i) {
      known = std::max(known, trials[i]["trial"].get<std::int64_t>() + 1);
      if (i < 2) {
        const json answer = client.say(finish(trials[i]));
        ASSERT_TRUE(answer.contains("state")) << answer;
        finished.insert(trials[i]["trial"].get<std::int64_t>());
      }
    }
    client.send({{"op", "ask"}});  // killed at work
    client.kill_it();
  }
  const StudyState state = fold(open_store_to_read(folder.path() / "studies/space")->load());
  EXPECT_GE(state.trials.size(), static_cast<std::size_t>(known));
  for (const std::int64_t id : finished) {
    EXPECT_FALSE(state.ledgers[static_cast<std::size_t>(id)].reached.empty()) << id;
  }
  const ProgramResult verified = run_program({hone_program(), "verify"}, folder.path());
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_NE(verified.out.find("derived again, bit for bit"), std::string::npos) << verified.out;
  for (std::size_t i = 0; i < state.trials.size(); ++i) {
    EXPECT_EQ(state.trials[i].id, static_cast<std::int64_t>(i));
    EXPECT_NE(state.trials[i].state, TrialState::failed);
  }
}

std::vector<json> suggestions(const std::string& seed) {
  const TemporaryFolder folder;
  Client client(folder.path(), seed);
  std::vector<json> params;
  for (int i = 0; i < 30; ++i) {
    const json trial = client.say({{"op", "ask"}})["trials"][0];
    params.push_back(trial["params"]);
    client.say(finish(trial));
  }
  EXPECT_EQ(client.end(), 0);
  return params;
}

TEST(AskTellProgram, TheSameSeedGivesTheSameSuggestions) {
  const std::vector<json> once = suggestions("3");
  EXPECT_EQ(once, suggestions("3"));
  EXPECT_NE(once, suggestions("4"));
}

TEST(AskTellProgram, ATornLastLineIsAnsweredAndTheEndIsCalm) {
  const TemporaryFolder folder;
  const std::string command =
      "printf '{\"op\":\"ask\"}\\n{\"op\":\"as' | " + hone_program() + " ask-tell " + example("space.toml");
  const ProgramResult result = run_program({"sh", "-c", command}, folder.path());
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  const std::vector<std::string> lines = split(result.out, '\n');
  ASSERT_EQ(lines.size(), 4u) << result.out;
  EXPECT_EQ(lines[2], R"({"id":null,"error":{"code":"ask::not-json","message":"the line is no JSON"}})");
  const StudyState state = fold(open_store_to_read(folder.path() / "studies/space")->load());
  EXPECT_EQ(state.trials.at(0).state, TrialState::waiting);
  EXPECT_EQ(state.trials.at(0).failure, FailureClass::lost);
  for (const char* verb : {"status", "ls", "report"}) {
    EXPECT_EQ(run_program({hone_program(), verb}, folder.path()).exit_code, 0) << verb;
  }
}

TEST(AskTellExamples, ThePythonClientSearchesToTheEnd) {
  const TemporaryFolder folder;
  const std::vector<std::string> argv = {"python3", example("minimize.py"), example("space.toml"), hone_program()};
  const ProgramResult result = run_program(argv, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "space: 0 trials are there\n");
  const std::vector<std::string> lines = split(result.out, '\n');
  ASSERT_GT(lines.size(), 41u) << result.out;
  EXPECT_EQ(lines[lines.size() - 2].substr(0, 5), "best ");
  EXPECT_NE(result.out.find(" 9 completed "), std::string::npos) << result.out;
  EXPECT_NE(result.out.find(" 1 rested "), std::string::npos) << result.out;
  const ProgramResult again = run_program(argv, folder.path());
  EXPECT_EQ(again.err, "space: 40 trials are there\n");
  EXPECT_EQ(again.out, lines[lines.size() - 2] + "\n");
}

TEST(AskTellExamples, TheShellClientFindsAGoodPoint) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run_program({"sh", example("minimize.sh"), example("space.toml"), hone_program()}, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json best = json::parse(result.out)["best"];
  EXPECT_EQ(best["state"], "completed");
  EXPECT_LT(best["value"].get<double>(), 0.5);
}

}  // namespace
}  // namespace hone
