#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"
#include "search/study_memory.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

constexpr const char* kSpec = R"toml(objective = {metric = "loss", goal = "minimize"}
budget = {trials = 30}
resources = {slots = 1}
space.x = {type = "float", low = 0.0, high = 1.0}
SPACE

[trainer]
kind = "command"
command = ["sh", "-c", "echo loss={x}"]
metrics = {from = "stdout", regex = '(?P<metric>loss)=(?P<value>\S+)'}
)toml";

/// A study whose space is edited.
class ChangingSpace : public testing::Test {
 protected:
  void write_spec(const std::string& space, const std::string& name = "s.toml") const {
    std::string text = kSpec;
    text.replace(text.find("SPACE"), 5, space);
    write_file(folder_.path() / name, text, Durability::renamed);
  }
  ProgramRun hone(const std::vector<std::string>& arguments) const { return run_in(folder_.path(), arguments); }
  ProgramRun run(int trials) const { return hone({"run", "s.toml", "--trials", std::to_string(trials)}); }
  std::vector<Event> events() const { return open_store_to_read(folder_.path() / "studies/s")->load(); }

  TemporaryFolder folder_;
};

TEST_F(ChangingSpace, IsShownByDiffWithWhatFits) {
  write_spec("space.n = {type = \"int\", low = 1, high = 100}");
  ASSERT_EQ(run(5).code, ExitCode::ok);
  write_spec("space.n = {type = \"int\", low = 1, high = 200}\nspace.b = {type = \"bool\"}");
  const ProgramRun diff = hone({"space", "diff", "studies/s", "s.toml"});
  EXPECT_EQ(diff.code, ExitCode::ok) << diff.err;
  EXPECT_EQ(diff.out,
            "widened   n: int 1 to 100 -> int 1 to 200\n"
            "added     b: bool\n"
            "usable    0 of 5 trials fit as they are (trial 0: `b` is new and has no value there)\n");
}

TEST_F(ChangingSpace, KeepsItsEvidence) {
  write_spec("space.n = {type = \"int\", low = 1, high = 100}\nspace.old = {type = \"bool\"}");
  ASSERT_EQ(run(6).code, ExitCode::ok);
  write_spec(
      "space.m = {type = \"int\", low = 1, high = 200}\nspace.b = {type = \"bool\"}\n"
      "constraints = {forbid = [\"m > 150\"]}");
  EXPECT_EQ(run(9).code, ExitCode::usage);  // another search
  const std::vector<std::string> migrate = {"space", "migrate", "studies/s", "s.toml",    "--rename",
                                            "n=m",   "--drop",  "old",       "--default", "b=true"};
  const ProgramRun done = hone(migrate);
  ASSERT_EQ(done.code, ExitCode::ok) << done.err;
  EXPECT_EQ(done.out, "space     renamed n to m, removed old, widened m, added b\nkept      6 trials\n");
  const ProgramRun again = run(9);
  ASSERT_EQ(again.code, ExitCode::ok) << again.err;

  ExperimentSpec spec;
  ObjectiveSpec loss;
  loss.metric = "loss";
  spec.objectives = {loss};
  StudyMemory memory(spec);
  for (const Event& event : events()) memory.apply(event);
  ASSERT_EQ(memory.view().trials.size(), 9u);
  for (const HistoryTrial& trial : memory.view().trials) {
    EXPECT_TRUE(trial.teaches);
    EXPECT_TRUE(trial.value.has_value());
    ASSERT_EQ(trial.params.size(), 3u) << trial.id;
    if (trial.id < 6) {
      EXPECT_EQ(trial.params.at("b"), ParamValue(true));
    }
    EXPECT_LE(std::get<std::int64_t>(trial.params.at("m")), 150);
  }
}

TEST_F(ChangingSpace, LeavesOutsideWhatItCannotHold) {
  write_spec("");
  ASSERT_EQ(run(6).code, ExitCode::ok);
  std::string text = kSpec;
  text.replace(text.find("SPACE"), 5, "constraints = {require = [\"x < 0.5\"]}");
  write_file(folder_.path() / "s.toml", text, Durability::renamed);
  const ProgramRun planned = hone({"space", "migrate", "studies/s", "s.toml", "--dry-run", "--json"});
  ASSERT_EQ(planned.code, ExitCode::ok) << planned.err;
  const auto plan = nlohmann::json::parse(planned.out);
  EXPECT_EQ(plan.at("usable").get<std::int64_t>() + std::ssize(plan.at("outside")), 6);
  EXPECT_GT(std::ssize(plan.at("outside")), 0);
  const std::size_t before = events().size();
  ASSERT_EQ(hone({"space", "migrate", "studies/s", "s.toml"}).code, ExitCode::ok);
  EXPECT_EQ(events().size(), before + 3);  // spec_changed, space_migrated, open again
  ASSERT_EQ(run(12).code, ExitCode::ok);
  const StudyState state = fold(events());
  for (std::size_t i = 6; i < state.trials.size(); ++i) {
    EXPECT_LT(std::get<double>(state.trials[i].params.at("x")), 0.5);
  }
  for (const auto& id : plan.at("outside")) EXPECT_TRUE(state.ledgers[id.get<std::size_t>()].outside);
}

TEST_F(ChangingSpace, AsksWhatBecameOfAParameter) {
  write_spec("space.n = {type = \"int\", low = 1, high = 100}");
  ASSERT_EQ(run(2).code, ExitCode::ok);
  write_spec("space.b = {type = \"bool\"}");
  const auto error = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"space", "migrate", "studies/s", "s.toml"});
    const ProgramRun result = hone(arguments);
    EXPECT_EQ(result.code, ExitCode::usage);
    return result.err.substr(0, result.err.find('\n'));
  };
  EXPECT_EQ(error({}), "error[space::cannot-migrate]: `n` is gone: say --drop n, or --rename n=NEW");
  EXPECT_EQ(error({"--drop", "n"}),
            "error[space::cannot-migrate]: `b` is new: say --default b=VALUE, the value that the trials so far had");
  EXPECT_EQ(error({"--drop", "n", "--default", "b=maybe"}), "error[space::cannot-migrate]: `maybe` is no value of `b`");
}

// A command names its parameters, so that a renamed one changes it too.
TEST_F(ChangingSpace, MayRenameAParameterOfTheCommand) {
  write_spec("");
  ASSERT_EQ(run(2).code, ExitCode::ok);
  std::string text = kSpec;
  text.replace(text.find("SPACE"), 5, "");
  text.replace(text.find("space.x"), 7, "space.y");
  text.replace(text.find("{x}"), 3, "{y}");
  write_file(folder_.path() / "s.toml", text, Durability::renamed);
  const ProgramRun done = hone({"space", "migrate", "studies/s", "s.toml", "--rename", "x=y"});
  ASSERT_EQ(done.code, ExitCode::ok) << done.err;
  const ProgramRun again = run(4);
  ASSERT_EQ(again.code, ExitCode::ok) << again.err;
  for (const Trial& trial : fold(events()).trials) EXPECT_EQ(trial.params.count("y"), 1u);
}

// Two starts from tables, one from a study, one from a file.
TEST_F(ChangingSpace, BeginsWithStartPoints) {
  write_spec("");
  ASSERT_EQ(run(3).code, ExitCode::ok);
  write_file(folder_.path() / "p.csv", "param.x,other\n0.25,1\n", Durability::renamed);
  write_spec("sampler = {start = [{x = 0.75}, \"p.csv\", \"study:s\"]}", "t.toml");
  const ProgramRun result = hone({"run", "t.toml", "--trials", "6"});
  ASSERT_EQ(result.code, ExitCode::ok) << result.err;
  const StudyState old = fold(events());
  const StudyState state = fold(open_store_to_read(folder_.path() / "studies/t")->load());
  EXPECT_EQ(state.trials[0].params.at("x"), ParamValue(0.75));
  EXPECT_EQ(state.trials[1].params.at("x"), ParamValue(0.25));
  double best = 1;
  for (const Trial& trial : old.trials) best = std::min(best, std::get<double>(trial.params.at("x")));
  EXPECT_EQ(state.trials[2].params.at("x"), ParamValue(best));
  EXPECT_EQ(state.trials[4].origin, TrialOrigin::start);
  EXPECT_EQ(state.trials[5].origin, TrialOrigin::sampler);
  write_file(folder_.path() / "p.csv", "x\n0.25\n7\n", Durability::renamed);
  write_spec("sampler = {start = [\"p.csv\"]}", "u.toml");
  const ProgramRun wrong = hone({"run", "u.toml"});
  EXPECT_EQ(wrong.code, ExitCode::usage);
  EXPECT_NE(wrong.err.find("this line cannot be tried: `x` must be from 0 to 1 (is `7`)"), std::string::npos)
      << wrong.err;
  EXPECT_NE(wrong.err.find("p.csv:3"), std::string::npos) << wrong.err;
}

}  // namespace
}  // namespace hone
