#include "cli/ask_tell/ask_tell.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/ask_tell/line_reader.h"
#include "core/files.h"
#include "core/random.h"
#include "search/registry.h"
#include "search/samplers/random_sampler.h"
#include "search/store/store.h"

namespace hone {
namespace {

using nlohmann::json;

ExperimentSpec line_spec(std::optional<std::int64_t> trials) {
  ExperimentSpec spec;
  spec.study.name = "line";
  ParameterSpec x;
  x.name = "x";
  x.low = 0;
  x.high = 1;
  spec.space = {x};
  ObjectiveSpec loss;
  loss.metric = "loss";
  spec.objectives = {loss};
  spec.budget.trials = trials;
  return spec;
}

/// Stops every trial at its second report.
class StopAtTwo final : public Scheduler {
 public:
  std::vector<double> rungs() const override { return {9}; }
  double first_budget(const History&) const override { return 9; }
  Verdict judge(const History& history, std::int64_t trial) const override {
    return history.trials[static_cast<std::size_t>(trial)].curve.size() >= 2 ? Verdict::stop : Verdict::keep;
  }
  std::optional<Promotion> promote(const History&) const override { return std::nullopt; }
};

/// One process of ask-tell, spoken to line by line.
struct Session {
  Session(const std::filesystem::path& folder, const ExperimentSpec& spec)
      : Session(folder, spec, make_scheduler(spec)) {}
  Session(const std::filesystem::path& folder, const ExperimentSpec& spec, std::unique_ptr<Scheduler> scheduler)
      : store(open_store(folder)),
        study(*store, spec, SearchSpace(spec.space, Origins{}), std::make_unique<RandomSampler>(true),
              std::move(scheduler), make_wall_clock(), Runner::client),
        ask_tell(study, [] { return 0.0; }) {
    study.open(std::nullopt);
  }

  std::string say(const std::string& line) { return ask_tell.answer(line); }
  json ask(const std::string& line) { return json::parse(say(line)); }

  std::unique_ptr<Store> store;
  Study study;
  AskTell ask_tell;
};

constexpr const char* kFinish = R"({"op":"finish","trial":0,"state":"completed","metrics":{"loss":0.25}})";

class AskTellTest : public testing::Test {
 protected:
  std::filesystem::path folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST_F(AskTellTest, GreetsWithTheSpace) {
  Session session(folder(), line_spec(4));
  EXPECT_EQ(session.ask_tell.greeting(false),
            R"({"hone":1,"protocol":1,"study":"line","resumed":false,"trials":0,)"
            R"("space":{"x":{"type":"float","low":0,"high":1}},"objectives":[{"metric":"loss","goal":"minimize"}]})"
            "\n");
}

TEST_F(AskTellTest, AsksAreInTheStoreBeforeTheyAreAnswered) {
  Session session(folder(), line_spec(std::nullopt));
  const json answer = session.ask(R"({"id":"a","op":"ask","n":3})");
  EXPECT_EQ(answer["id"], "a");
  ASSERT_EQ(answer["trials"].size(), 3u);
  const StudyState stored = fold(open_store_to_read(folder())->load());
  ASSERT_EQ(stored.trials.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const json& trial = answer["trials"][i];
    EXPECT_EQ(trial["trial"], i);
    EXPECT_EQ(trial["attempt"], 1);
    EXPECT_EQ(trial["budget"], nullptr);
    EXPECT_EQ(trial["params"], to_json_object(stored.trials[i].params));
    EXPECT_EQ(trial["seed"], std::to_string(stored.trials[i].seed));
  }
}

TEST_F(AskTellTest, OneValueATrialIsEnough) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask"})");
  EXPECT_EQ(session.say(kFinish), "{\"id\":null,\"state\":\"completed\"}\n");
  const json best = session.ask(R"({"id":2,"op":"best"})")["best"];
  EXPECT_EQ(best["trial"], 0);
  EXPECT_EQ(best["value"], 0.25);
  EXPECT_EQ(session.say(R"({"id":3,"op":"status"})"), "{\"id\":3,\"trials\":1,\"states\":{\"completed\":1}}\n");
}

TEST_F(AskTellTest, EveryBadLineIsAnsweredAndChangesNothing) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask"})");
  const std::int64_t before = session.study.state().last_seq;
  const std::pair<const char*, const char*> rows[] = {
      {R"({"id":1,"op":"as)", R"({"id":null,"error":{"code":"ask::not-json","message":"the line is no JSON"}})"},
      {"[1]", R"({"id":null,"error":{"code":"ask::not-json","message":"the line is no JSON object"}})"},
      {R"({"id":2})", R"({"id":2,"error":{"code":"ask::bad-request","message":"`op` is missing"}})"},
      {R"({"id":3,"op":"finsh"})",
       R"({"id":3,"error":{"code":"ask::unknown-op","message":"there is no op `finsh`; did you mean `finish`?"}})"},
      {R"({"id":4,"op":"ask","n":0})",
       R"x({"id":4,"error":{"code":"ask::bad-request","message":"`n` must be a whole number from 1 to 10000 (is 0)"}})x"},
      {R"({"id":5,"op":"tell","trial":1,"step":1,"metrics":{"loss":1}})",
       R"({"id":5,"error":{"code":"ask::unknown-trial","message":"there is no trial 1; they run from 0 to 0"}})"},
      {R"({"id":6,"op":"tell","trial":"0","step":1,"metrics":{"loss":1}})",
       R"({"id":6,"error":{"code":"ask::bad-request","message":"`trial` must be a whole number"}})"},
      {R"({"id":7,"op":"tell","trial":0,"step":1,"metrics":{"loss":NaN}})",
       R"({"id":7,"error":{"code":"ask::non-finite","message":"metric `loss` is no finite number; a trial without a value is finished as failed with class non_finite"}})"},
      {R"({"id":8,"op":"finish","trial":0,"state":"completed","metrics":{"loss":null}})",
       R"({"id":8,"error":{"code":"ask::non-finite","message":"metric `loss` is no finite number; a trial without a value is finished as failed with class non_finite"}})"},
      {R"({"id":9,"op":"finish","trial":0,"state":"completed","metrics":{"los":1}})",
       R"({"id":9,"error":{"code":"ask::missing-metric","message":"trial 0 cannot be completed without `loss`: send it in `metrics`, or tell it before"}})"},
      {R"({"id":10,"op":"finish","trial":0,"state":"failed","class":"oom"})",
       R"({"id":10,"error":{"code":"ask::unknown-class","message":"there is no class of failures `oom`"}})"},
      {R"({"id":11,"op":"finish","trial":0,"state":"done"})",
       R"x({"id":11,"error":{"code":"ask::unknown-state","message":"`state` must be completed or failed (is `done`)"}})x"},
      {R"({"id":12,"op":"finish","trial":0,"attempt":2,"state":"completed","metrics":{"loss":1}})",
       R"({"id":12,"error":{"code":"ask::stale-attempt","message":"trial 0 is at attempt 1, not 2"}})"},
      {R"({"id":13,"op":"tell","trial":0,"step":-1,"metrics":{"loss":1}})",
       R"({"id":13,"error":{"code":"ask::bad-request","message":"`step` must be a number from 0 on"}})"},
      {R"({"id":14,"op":"tell","trial":0,"step":1})",
       R"({"id":14,"error":{"code":"ask::bad-request","message":"`metrics` is missing"}})"},
  };
  for (const auto& [line, answer] : rows) EXPECT_EQ(session.say(line), std::string(answer) + "\n") << line;
  EXPECT_EQ(session.study.state().last_seq, before);
  EXPECT_EQ(AskTell::answer_too_long(10),
            "{\"id\":null,\"error\":{\"code\":\"ask::too-long\",\"message\":\"the line is longer than 10 bytes\"}}\n");
  EXPECT_EQ(session.ask(kFinish)["state"], "completed");
}

TEST_F(AskTellTest, ATrialIsFinishedOnce) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask"})");
  session.say(kFinish);
  const std::int64_t before = session.study.state().last_seq;
  const std::string ended = R"({"id":null,"error":{"code":"ask::not-open","message":"trial 0 has ended: completed"}})";
  EXPECT_EQ(session.say(kFinish), ended + "\n");
  EXPECT_EQ(session.say(R"({"op":"tell","trial":0,"step":1,"metrics":{"loss":1}})"), ended + "\n");
  EXPECT_EQ(session.study.state().last_seq, before);
}

TEST_F(AskTellTest, AStepIsToldOnceInAnAttempt) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask"})");
  const std::string tell = R"({"id":1,"op":"tell","trial":0,"step":5,"metrics":{"loss":1}})";
  EXPECT_EQ(session.say(tell), "{\"id\":1,\"verdict\":\"keep\"}\n");
  EXPECT_EQ(
      session.say(tell),
      R"({"id":1,"error":{"code":"ask::repeated-step","message":"trial 0 was told of step 5 before; steps must rise"}})"
      "\n");
}

TEST_F(AskTellTest, TheSchedulersVerdictIsAnsweredAndTheTrialIsStopped) {
  Session session(folder(), line_spec(4), std::make_unique<StopAtTwo>());
  EXPECT_EQ(session.ask(R"({"op":"ask"})")["trials"][0]["budget"], 9);
  EXPECT_EQ(session.ask(R"({"op":"tell","trial":0,"step":1,"metrics":{"loss":1}})")["verdict"], "keep");
  EXPECT_EQ(session.ask(R"({"op":"tell","trial":0,"step":2,"metrics":{"loss":1}})")["verdict"], "stop");
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":0,"state":"completed"})")["state"], "stopped");
}

TEST_F(AskTellTest, RungsArriveAsBudgets) {
  ExperimentSpec spec = line_spec(3);
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = 3;
  Session session(folder(), spec);
  for (int trial = 0; trial < 3; ++trial) {
    const json asked = session.ask(R"({"op":"ask"})")["trials"][0];
    EXPECT_EQ(asked["trial"], trial);
    EXPECT_EQ(asked["budget"], 1);
    if (trial == 2) {
      EXPECT_EQ(session.say(R"({"op":"ask"})"), "{\"id\":null,\"trials\":[],\"open\":1}\n");
    }
    const std::string number = std::to_string(trial);
    EXPECT_EQ(session.ask(R"({"op":"finish","trial":)" + number + R"(,"state":"completed","metrics":{"loss":)" +
                          number + "}}")["state"],
              "rested");
  }
  const json promoted = session.ask(R"({"op":"ask","n":9})")["trials"];
  ASSERT_EQ(promoted.size(), 1u);
  EXPECT_EQ(promoted[0]["trial"], 0);
  EXPECT_EQ(promoted[0]["attempt"], 2);
  EXPECT_EQ(promoted[0]["budget"], 3);
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":0,"attempt":1,"state":"failed"})")["error"]["code"],
            "ask::stale-attempt");
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":0,"attempt":2,"state":"completed","metrics":{"loss":0}})")["state"],
            "completed");
  EXPECT_EQ(session.say(R"({"op":"ask"})"),
            "{\"id\":null,\"trials\":[],\"done\":\"budget\",\"reason\":\"3 trials\"}\n");
  EXPECT_TRUE(session.study.state().closed);
}

TEST_F(AskTellTest, SaysWhenTheSpaceIsExhausted) {
  ExperimentSpec spec = line_spec(std::nullopt);
  spec.space[0].type = ParameterType::int_;
  Session session(folder(), spec);
  EXPECT_EQ(session.ask(R"({"op":"ask","n":5})")["trials"].size(), 2u);
  EXPECT_EQ(session.ask(R"({"op":"ask"})")["done"], "space exhausted");
}

TEST_F(AskTellTest, FailuresOfTheTrialAreFinalOthersAreAskedAgain) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask","n":2})");
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":0,"state":"failed","class":"out_of_memory"})")["state"], "failed");
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":1,"state":"failed","class":"preempted"})")["state"], "waiting");
  EXPECT_EQ(session.ask(R"({"op":"finish","trial":1,"state":"failed"})")["error"]["message"],
            "trial 1 waits to be asked again");
  const json again = session.ask(R"({"op":"ask"})")["trials"][0];
  EXPECT_EQ(again["trial"], 1);
  EXPECT_EQ(again["attempt"], 2);
  EXPECT_EQ(session.ask(R"({"op":"status"})")["failures"], (json{{"out_of_memory", 1}}));
}

TEST_F(AskTellTest, WhatIsOpenAtTheEndIsAskedAgain) {
  json first;
  {
    Session session(folder(), line_spec(std::nullopt));
    first = session.ask(R"({"op":"ask","n":2})")["trials"];
    session.say(kFinish);
    EXPECT_EQ(session.say(R"({"id":7,"op":"close"})"), "{\"id\":7,\"closed\":true}\n");
    EXPECT_TRUE(session.ask_tell.is_closed());
  }
  Session session(folder(), line_spec(std::nullopt));
  const json again = session.ask(R"({"op":"ask","n":2})")["trials"];
  first[1]["attempt"] = 2;
  EXPECT_EQ(again[0], first[1]);
  EXPECT_EQ(again[1]["trial"], 2);
  const Trial& trial = session.study.state().trials[1];
  EXPECT_EQ(trial.state, TrialState::running);
}

TEST_F(AskTellTest, AFailedTrialMaySendWhatItLastSaw) {
  Session session(folder(), line_spec(4));
  session.say(R"({"op":"ask"})");
  EXPECT_EQ(session.say(R"({"op":"finish","trial":0,"state":"failed","class":"non_finite","metrics":{"loss":NaN}})"),
            "{\"id\":null,\"state\":\"failed\"}\n");
}

TEST_F(AskTellTest, TheBestIsAFeasibleOne) {
  ExperimentSpec spec = line_spec(4);
  spec.constraints.outcome = {"latency_ms <= 5", "acc >= 0.9 * baseline"};
  spec.constraints.baseline = {{"acc", 0.5}};
  Session session(folder(), spec);
  session.say(R"({"op":"ask","n":3})");
  EXPECT_EQ(
      session.ask(R"({"op":"finish","trial":0,"state":"completed","metrics":{"loss":1,"acc":1}})")["error"]["code"],
      "ask::missing-metric");
  session.say(R"({"op":"finish","trial":0,"state":"completed","metrics":{"loss":1,"acc":1,"latency_ms":9}})");
  EXPECT_EQ(session.ask(R"({"op":"best"})")["best"]["feasible"], false);
  session.say(R"({"op":"finish","trial":1,"state":"completed","metrics":{"loss":2,"acc":0.45,"latency_ms":5}})");
  session.say(R"({"op":"finish","trial":2,"state":"completed","metrics":{"loss":1.5,"acc":0.44,"latency_ms":5}})");
  const json best = session.ask(R"({"op":"best"})")["best"];
  EXPECT_EQ(best["trial"], 1);
  EXPECT_EQ(best["feasible"], true);
  EXPECT_EQ(session.study.history().trials[0].violations, (std::vector<double>{4, 0.45 - 1}));
}

TEST_F(AskTellTest, SeveralObjectivesAreAnsweredByTheirFront) {
  ExperimentSpec spec = line_spec(9);
  ObjectiveSpec accuracy;
  accuracy.metric = "acc";
  accuracy.goal = Goal::maximize;
  spec.objectives.push_back(accuracy);
  const std::pair<double, double> results[] = {{3, 0.9}, {1, 0.5}, {3, 0.8}, {2, 0.6}, {2, 0.6}};
  const auto tell_all = [&](Session& session) {
    session.say(R"({"op":"ask","n":5})");
    for (int i = 0; i < 5; ++i) {
      const json metrics = {{"loss", results[i].first}, {"acc", results[i].second}};
      session.say(json{{"op", "finish"}, {"trial", i}, {"state", "completed"}, {"metrics", metrics}}.dump());
    }
    return session.ask(R"({"op":"best"})");
  };
  Session session(folder() / "front", spec);
  const json answer = tell_all(session);
  EXPECT_EQ(answer["best"]["trial"], 1);
  ASSERT_EQ(answer["front"].size(), 3u);
  EXPECT_EQ(answer["front"][0]["trial"], 1);
  EXPECT_EQ(answer["front"][1]["trial"], 3);
  EXPECT_EQ(answer["front"][2]["trial"], 0);
  EXPECT_EQ(answer["front"][2]["values"], (json{3, 0.9}));

  spec.objectives.front().tolerance = 1;
  Session in_turn(folder() / "in_turn", spec);
  const json best = tell_all(in_turn);
  EXPECT_EQ(best["best"]["trial"], 3);  // twice the best loss may be lost for the accuracy
  EXPECT_FALSE(best.contains("front"));
}

TEST_F(AskTellTest, OrderStrictWaitsForTheTrialThatComesFirst) {
  ExperimentSpec spec = line_spec(9);
  spec.study.order = "strict";
  spec.study.lookahead = 2;
  Session session(folder(), spec);
  EXPECT_EQ(session.ask(R"({"op":"ask","n":5})")["trials"].size(), 2u);
  EXPECT_EQ(session.say(R"({"op":"ask"})"), "{\"id\":null,\"trials\":[],\"open\":2}\n");
  session.say(R"({"op":"finish","trial":1,"state":"completed","metrics":{"loss":1}})");
  EXPECT_EQ(session.say(R"({"op":"ask"})"), "{\"id\":null,\"trials\":[],\"open\":1}\n");
  session.say(kFinish);
  EXPECT_EQ(session.ask(R"({"op":"ask"})")["trials"][0]["trial"], 2);
}

TEST_F(AskTellTest, NoLineEndsIt) {
  Session session(folder(), line_spec(std::nullopt));
  RandomStream random(5, -1, "lines");
  const std::string pieces[] = {"{",
                                "}",
                                "\"op\":",
                                "\"ask\"",
                                "\"tell\"",
                                "\"finish\"",
                                ",",
                                "\"n\":",
                                "\"trial\":",
                                "0",
                                "-1",
                                "1e999",
                                "NaN",
                                "null",
                                "\"step\":",
                                "\"metrics\":",
                                "{\"loss\":1}",
                                "\"state\":",
                                "\"failed\"",
                                "\xff",
                                "\"class\":",
                                "\"attempt\":",
                                "9223372036854775808",
                                "[]",
                                "true",
                                "\"id\":",
                                "\"best\"",
                                "\"completed\""};
  for (int line = 0; line < 3000; ++line) {
    std::string text;
    // Half of them begin as a request does.
    if (line % 2 == 0) text = R"({"op":)" + pieces[3 + random.index(3)] + R"(,"trial":0,)";
    for (std::int64_t left = 1 + random.index(8); left > 0; --left) text += pieces[random.index(std::size(pieces))];
    if (line % 2 == 0) text += "}";
    const std::string answer = session.say(text);
    ASSERT_EQ(answer.find('\n'), answer.size() - 1) << text;
    ASSERT_TRUE(json::parse(answer).is_object()) << text;
  }
}

TEST(LineReader, ReadsWholeTornAndTooLongLines) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string text = "one\n\n" + std::string(20, 'x') + "\ntorn";
  ASSERT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(ends[1]);
  LineReader reader(ends[0], 10, [] { return false; });
  EXPECT_EQ(reader.next()->text, "one");
  EXPECT_EQ(reader.next()->text, "");
  EXPECT_TRUE(reader.next()->too_long);
  EXPECT_EQ(reader.next()->text, "torn");
  EXPECT_FALSE(reader.next());
  close(ends[0]);
}

}  // namespace
}  // namespace hone
