#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/study_view.h"
#include "core/files.h"
#include "search/objective.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

/// The loss depends on the seed as much as on x.
constexpr const char* kSpec = R"toml(objective = {metric = "loss", goal = "minimize"}
budget = {trials = 4}
space.x = {type = "int", low = 0, high = 100}
sampler = {kind = "random"}
resources = {slots = 2}
confirm = {top = 2, seeds = 3}

[trainer]
kind = "command"
command = ["sh", "-c", "s={seed}; echo loss=$(( {x} + ${s#${s%?}} ))"]
metrics = {from = "stdout", regex = '(?P<metric>loss)=(?P<value>\S+)'}
)toml";

class Confirming : public testing::Test {
 protected:
  Confirming() { write_file(folder_.path() / "x.toml", kSpec, Durability::renamed); }
  ProgramRun hone(const std::vector<std::string>& arguments) const { return run_in(folder_.path(), arguments); }
  StudyView study() const { return open_study((folder_.path() / "studies/x").string()); }

  TemporaryFolder folder_;
};

TEST_F(Confirming, RunsTheBestAgainOnFreshSeedsAndLeavesTheSearchClosed) {
  ASSERT_EQ(hone({"run", "x.toml"}).code, ExitCode::ok);
  EXPECT_NE(hone({"best", "studies/x"}).out.find("unconfirmed"), std::string::npos);
  const ProgramRun result = hone({"confirm", "studies/x", "--json"});
  ASSERT_EQ(result.code, ExitCode::ok) << result.err;
  const auto answer = nlohmann::json::parse(result.out);
  ASSERT_EQ(answer.at("items").size(), 2U);
  for (const auto& item : answer.at("items")) EXPECT_EQ(item.at("repeats"), 3);

  const StudyView after = study();
  EXPECT_TRUE(after.state.closed);
  EXPECT_EQ(after.state.trials.size(), 10U);
  EXPECT_EQ(count_repeats(after.state), 6);
  EXPECT_EQ(nlohmann::json::parse(hone({"best", "studies/x", "--json"}).out).at("items").at(0).at("trial"),
            answer.at("chosen"));
  EXPECT_NE(hone({"best", "studies/x"}).out.find("3 fresh seeds"), std::string::npos);
  EXPECT_EQ(hone({"verify", "studies/x"}).code, ExitCode::ok);
  for (const char* verb : {"status", "ls", "report"}) EXPECT_EQ(hone({verb, "studies/x"}).code, ExitCode::ok) << verb;
}

TEST_F(Confirming, RunsOnlyWhatIsMissing) {
  hone({"run", "x.toml"});
  hone({"confirm", "studies/x"});
  const std::int64_t before = study().state.last_seq;
  EXPECT_EQ(hone({"confirm", "studies/x"}).code, ExitCode::ok);
  EXPECT_EQ(study().state.last_seq, before);
  hone({"confirm", "studies/x", "--seeds", "4"});
  EXPECT_EQ(count_repeats(study().state), 8);
}

TEST_F(Confirming, DoesNotSpendTheBudgetOfTheSearch) {
  hone({"run", "x.toml"});
  hone({"confirm", "studies/x"});
  EXPECT_EQ(hone({"run", "x.toml", "--trials", "5"}).code, ExitCode::ok);
  const StudyView after = study();
  EXPECT_EQ(after.state.trials.size() - static_cast<std::size_t>(count_repeats(after.state)), 5U);
  EXPECT_EQ(hone({"verify", "studies/x"}).code, ExitCode::ok);
}

TEST_F(Confirming, EveryVerbAnswersWithTheConfirmedTrialFromThenOn) {
  hone({"run", "x.toml"});
  EXPECT_EQ(hone({"status", "studies/x"}).out.find("confirmed"), std::string::npos);
  const auto confirmed = nlohmann::json::parse(hone({"confirm", "studies/x", "--json"}).out).at("chosen");
  ASSERT_TRUE(confirmed.is_number());
  EXPECT_NE(hone({"status", "studies/x"}).out.find("confirmed    loss"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(hone({"show", "best", "studies/x", "--json"}).out)["items"][0]["trial"], confirmed);
  for (const char* verb : {"status", "best", "report", "ls"}) {
    const auto document = nlohmann::json::parse(hone({verb, "studies/x", "--json"}).out);
    EXPECT_EQ(document["study"]["best"], confirmed) << verb;
    EXPECT_EQ(document["confirmed"]["trial"], confirmed) << verb;
  }
}

// The search goes on after the confirmation and finds what looks better: only fresh seeds replace what they chose.
TEST_F(Confirming, ALongerSearchDoesNotReplaceTheConfirmedModel) {
  std::string spec = kSpec;
  spec.replace(spec.find("echo loss="), 10,
               "mkdir -p $HONE_FOLDER/model; echo $HONE_TRIAL > "
               "$HONE_FOLDER/model/model.toml; echo loss=");
  write_file(folder_.path() / "x.toml", spec, Durability::renamed);
  ASSERT_EQ(hone({"run", "x.toml"}).code, ExitCode::ok);
  const auto confirmed = nlohmann::json::parse(hone({"confirm", "studies/x", "--json"}).out).at("chosen");
  const auto kept = [&] { return read_file(folder_.path() / "studies/x/best/model.toml"); };
  EXPECT_EQ(kept(), confirmed.dump() + "\n");
  EXPECT_EQ(hone({"run", "x.toml"}).code, ExitCode::ok);
  EXPECT_EQ(kept(), confirmed.dump() + "\n");
  EXPECT_EQ(hone({"run", "x.toml", "--trials", "12"}).code, ExitCode::ok);
  EXPECT_EQ(kept(), confirmed.dump() + "\n");
}

TEST_F(Confirming, OfAFrontTheKneeAndItsNeighboursRunAgain) {
  std::string spec = kSpec;
  spec.replace(0, spec.find('\n'),
               "objective = [{metric = \"loss\", goal = \"minimize\"}, {metric = \"gain\", goal = \"maximize\"}]");
  spec.replace(spec.find("; echo loss="), 7, "; echo gain={x}; echo ");
  spec.replace(spec.find("(?P<metric>loss)"), 16, "(?P<metric>loss|gain)");
  write_file(folder_.path() / "x.toml", spec, Durability::renamed);
  const ProgramRun ran = hone({"run", "x.toml"});
  ASSERT_EQ(ran.code, ExitCode::ok) << ran.err;
  EXPECT_NE(ran.out.find("front        "), std::string::npos) << ran.out;
  const auto knee = nlohmann::json::parse(hone({"best", "studies/x", "--json"}).out)["front"]["knee"];
  const ProgramRun result = hone({"confirm", "studies/x", "--json"});
  ASSERT_EQ(result.code, ExitCode::ok) << result.err;
  const auto answer = nlohmann::json::parse(result.out);
  ASSERT_LE(answer["items"].size(), 2u);
  bool has_knee = false;
  for (const auto& item : answer["items"]) {
    has_knee = has_knee || item["trial"] == knee;
    EXPECT_EQ(item["objectives"].size(), 2u);
    EXPECT_EQ(item["objectives"][1]["metric"], "gain");
  }
  EXPECT_TRUE(has_knee);
  EXPECT_NE(hone({"confirm", "studies/x"}).out.find("is confirmed by the knee"), std::string::npos);
}

/// Seeds that end in an odd digit fail.
std::string failing_spec(const std::string& seeds) {
  std::string spec = kSpec;
  spec.replace(spec.find("s={seed};"), 9, "s={seed}; case $s in *[" + seeds + "]) exit 65;; esac;");
  spec.replace(spec.find("trials = 4"), 10, "trials = 12");
  return spec;
}

TEST_F(Confirming, ASeedThatFailsCountsAsRunAndTheOthersConfirm) {
  write_file(folder_.path() / "x.toml", failing_spec("13579"), Durability::renamed);
  ASSERT_EQ(hone({"run", "x.toml"}).code, ExitCode::ok);
  const ProgramRun result = hone({"confirm", "studies/x", "--seeds", "8", "--json"});
  ASSERT_EQ(result.code, ExitCode::ok) << result.err;
  EXPECT_EQ(count_repeats(study().state), 16);
  const auto answer = nlohmann::json::parse(result.out);
  std::int64_t repeats = 0;
  for (const auto& item : answer["items"]) repeats += item["repeats"].get<std::int64_t>();
  EXPECT_GT(repeats, 0);
  EXPECT_LT(repeats, 16);
  const std::int64_t before = study().state.last_seq;
  hone({"confirm", "studies/x", "--seeds", "8"});
  EXPECT_EQ(study().state.last_seq, before) << "what failed is not tried without end";
}

TEST_F(Confirming, AnInterruptedConfirmationConfirmsNothingYet) {
  hone({"run", "x.toml"});
  hone({"confirm", "studies/x"});
  {
    const auto store = open_store(folder_.path() / "studies/x");
    std::vector<Event> events = store->load();
    Event asked;
    for (const Event& event : events) {
      if (event.kind == EventKind::asked) asked = event;
    }
    asked.seq = events.back().seq + 1;
    asked.trial = *asked.trial + 1;
    store->append({&asked, 1}, Commit::full);
  }
  EXPECT_NE(hone({"best", "studies/x"}).out.find("unconfirmed"), std::string::npos);
  EXPECT_EQ(hone({"confirm", "studies/x"}).code, ExitCode::ok);
  EXPECT_EQ(hone({"best", "studies/x"}).out.find("unconfirmed"), std::string::npos);
}

TEST_F(Confirming, LeavesAStudyInStrictOrderAbleToGoOn) {
  write_file(folder_.path() / "x.toml", std::string("study = {order = \"strict\"}\n") + kSpec, Durability::renamed);
  hone({"run", "x.toml"});
  EXPECT_EQ(hone({"confirm", "studies/x"}).code, ExitCode::ok);
  EXPECT_EQ(hone({"run", "x.toml", "--trials", "6"}).code, ExitCode::ok);
  EXPECT_EQ(count_repeats(study().state), 6);
  EXPECT_EQ(study().state.trials.size(), 12U);
  EXPECT_EQ(hone({"verify", "studies/x"}).code, ExitCode::ok);
}

}  // namespace
}  // namespace hone
