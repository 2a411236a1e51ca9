#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/run_table.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

class Export : public testing::Test {
 protected:
  Export() { write_study(study(), make_study_sample()); }
  std::filesystem::path study() const { return folder_.path() / "studies/sample"; }
  ProgramRun run(const std::vector<std::string>& arguments) const { return run_in(folder_.path(), arguments); }

  TemporaryFolder folder_;
};

TEST_F(Export, WritesTheColumnsThatNotebooksRead) {
  const std::string text = run({"export", "--to", "csv"}).out;
  EXPECT_EQ(text.substr(0, text.find("\r\n")),
            "trial,step,state,origin,failure,budget,seconds,seed,param.learning_rate,param.optimizer,param.momentum,"
            "val_accuracy,val_loss");
}

TEST_F(Export, ReadsBackEqual) {
  const StudyView view = open_study(study().string());
  const std::vector<Trial> trials = read_run_table(run_table_csv(view), "runs.csv");
  ASSERT_EQ(trials.size(), view.state.trials.size());
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const Trial& wanted = view.state.trials[i];
    EXPECT_EQ(trials[i].id, wanted.id);
    EXPECT_EQ(trials[i].params, wanted.params);
    EXPECT_EQ(trials[i].seed, wanted.seed);
    EXPECT_EQ(trials[i].state, wanted.state);
    EXPECT_EQ(trials[i].origin, wanted.origin);
    EXPECT_EQ(trials[i].budget, wanted.budget);
    EXPECT_EQ(trials[i].seconds, wanted.seconds);
    EXPECT_EQ(trials[i].final_metrics, wanted.final_metrics);
    ASSERT_EQ(trials[i].curve.size(), wanted.curve.size());
    for (std::size_t k = 0; k < wanted.curve.size(); ++k) {
      EXPECT_EQ(trials[i].curve[k].step, wanted.curve[k].step);
      EXPECT_EQ(trials[i].curve[k].metrics, wanted.curve[k].metrics);
    }
  }
}

TEST_F(Export, WritesJsonIntoAFileAndSaysWhere) {
  const std::string file = (folder_.path() / "runs.json").string();
  EXPECT_EQ(run({"export", "--to", "json", "-o", file}).out, file + "\n");
  const auto document = nlohmann::json::parse(read_file_if_there(file).value());
  EXPECT_EQ(document.at("kind"), "runs");
  EXPECT_EQ(document.at("items").front().at("trial"), 0);
  EXPECT_EQ(document.at("items").front().at("param.learning_rate"), 0.001);
}

TEST_F(Export, QuotesTextsThatASpreadsheetWouldCalculate) {
  StudyView view = open_study(study().string());
  view.state.trials[0].params["optimizer"] = std::string("=1+1,\"x\"");
  const std::string text = run_table_csv(view);
  EXPECT_NE(text.find("\"=1+1,\"\"x\"\"\""), std::string::npos);
  EXPECT_EQ(read_run_table(text, "runs.csv")[0].params.at("optimizer"), ParamValue(std::string("=1+1,\"x\"")));
}

TEST_F(Export, KeepsAMetricApartFromAColumnOfItsName) {
  StudyView view = open_study(study().string());
  view.state.trials[0].curve[0].metrics["budget"] = 7;
  const std::string text = run_table_csv(view);
  EXPECT_NE(text.find(",metric.budget"), std::string::npos);
  EXPECT_EQ(read_run_table(text, "runs.csv")[0].curve[0].metrics.at("budget"), 7);
}

TEST(RunTable, SaysWhereALineIsWrong) {
  try {
    read_run_table("trial,step,state,loss\n0,1,rested,0.5\n0,2,rested,high\n", "runs.csv");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().message, "`high` of column loss is not a number");
    EXPECT_EQ(error.diagnostics().front().place.line, 3);
  }
}

}  // namespace
}  // namespace hone
