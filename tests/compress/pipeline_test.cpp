#include "compress/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compress/plan/integer_model.h"
#include "compress/predictor.h"
#include "core/error.h"
#include "tests/compress/small_problem.h"

namespace hone {
namespace {

bool has_stage(const CompressionReport& report, const std::string& stage, bool kept) {
  return std::any_of(report.stages.begin(), report.stages.end(),
                     [&](const StageReport& s) { return s.stage == stage && s.kept == kept; });
}

TEST(Pipeline, PrunesDistilsQuantisesAndWritesAModelThatMeetsItsLimits) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  const CompressionReport report = compress_model(problem.input({"accuracy_drop <= 2pt", "size <= 40%"}));
  EXPECT_TRUE(report.met);
  EXPECT_EQ(report.metric, "accuracy");
  for (const char* stage : {"source", "fold", "prune", "finetune", "quantize"}) {
    EXPECT_TRUE(has_stage(report, stage, true)) << stage;
  }
  EXPECT_EQ(report.validation_rows, 200);
  EXPECT_EQ(report.test_rows, 200);
  EXPECT_GT(report.agreement, 0.9);
  ASSERT_EQ(report.limits.size(), 2U);
  EXPECT_EQ(report.limits[0].n, 200);
  EXPECT_LE(report.limits[0].low, report.limits[0].reached);
  EXPECT_GE(report.limits[0].high, report.limits[0].reached);
  ASSERT_EQ(report.latency.size(), 2U);
  EXPECT_EQ(report.latency[1].batch, 32);

  const ModelArtifact written = load_artifact(problem.folder.path() / "compressed");
  EXPECT_TRUE(is_quantized(written.model));
  EXPECT_LT(params(written.model), params(problem.mlp()));
  EXPECT_EQ(weights_bytes(problem.folder.path() / "compressed"), report.result_bytes);
  const nlohmann::json card = nlohmann::json::parse(written.card);
  EXPECT_TRUE(card.at("parent").at("files").contains("weights.h5"));
  EXPECT_EQ(card.at("compression").at("met"), true);
}

TEST(Pipeline, TheWrittenFolderAnswersAsReported) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  const CompressionReport report = compress_model(problem.input({"accuracy_drop <= 5pt"}));
  const std::unique_ptr<Predictor> predictor = make_predictor(problem.folder.path() / "compressed");
  std::vector<std::int64_t> classes(200);
  const at::Tensor raw = (problem.validation.inputs * 2.0 + 1.0).contiguous();
  predictor->classify({raw.const_data_ptr<float>(), 1600}, 200, classes);
  const auto* labels = problem.validation.targets.const_data_ptr<std::int64_t>();
  int right = 0;
  for (int i = 0; i < 200; ++i) right += classes[i] == labels[i] ? 1 : 0;
  // Raw values pass through one rounding fewer than encoded ones: a row on the edge may fall to the other side.
  EXPECT_NEAR(right / 200.0, report.result_validation, 0.01);
}

TEST(Pipeline, RollsBackAStageThatBreaksAQualityLimitAndSaysSo) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  // No smaller model can be half as good again: every stage is refused and the folded source is what stays.
  std::vector<std::string> notes;
  CompressionInput input = problem.input({"accuracy >= 1.5x"});
  input.options.budget.finetune_epochs = 0;
  input.note = [&](const std::string& text) { notes.push_back(text); };
  const CompressionReport report = compress_model(input);
  EXPECT_TRUE(has_stage(report, "prune", false));
  EXPECT_TRUE(has_stage(report, "quantize", false));
  const auto refused = std::find_if(report.stages.begin(), report.stages.end(), [](const auto& s) { return !s.kept; });
  EXPECT_NE(refused->note.find("rolled back: breaks `accuracy >= 1.5x` with "), std::string::npos) << refused->note;
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.starts_with("prune     rolled back: breaks `accuracy >= 1.5x` with ");
  }));
  EXPECT_FALSE(report.met);
  EXPECT_FALSE(is_quantized(load_artifact(input.out).model));
  EXPECT_EQ(report.result_validation, report.source_validation);
}

TEST(Pipeline, MissedSizeIsReportedWithWhatWasReached) {
  const SmallProblem problem;
  problem.train_model(problem.mlp(16));
  const CompressionReport report = compress_model(problem.input({"size <= 1%"}));
  EXPECT_FALSE(report.met);
  EXPECT_FALSE(report.limits[0].met);
  EXPECT_GT(report.limits[0].reached, 1);
  EXPECT_TRUE(std::filesystem::exists(problem.folder.path() / "compressed"));
}

TEST(Pipeline, ALinearModelHasNothingToPrune) {
  const SmallProblem problem;
  ModelSpec spec;
  spec.input = {8};
  spec.layers = {linear_of("out", "input", 3)};
  problem.train_model(spec);
  const CompressionReport report = compress_model(problem.input({"accuracy_drop <= 2pt"}));
  EXPECT_FALSE(has_stage(report, "prune", true));
  EXPECT_NE(report.stages[1].note.find("nothing to prune"), std::string::npos);
  EXPECT_TRUE(has_stage(report, "quantize", true));
}

TEST(Pipeline, RegressionIsJudgedInTheTargetsUnit) {
  const SmallProblem problem(/*classification=*/false);
  problem.train_model(problem.mlp(), 20);
  const CompressionReport report = compress_model(problem.input({"rmse_drop <= 20%rel", "size <= 60%"}));
  EXPECT_EQ(report.metric, "rmse");
  EXPECT_TRUE(report.met);
  EXPECT_LT(report.source_validation, 3.0);
  EXPECT_LT(report.result_test, 1.3 * report.source_test);
}

TEST(Pipeline, IsTheSameForTheSameSeed) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  CompressionInput input = problem.input({"accuracy_drop <= 2pt"});
  compress_model(input);
  const NamedArrays first = load_artifact(input.out).tensors;
  compress_model(input);
  const NamedArrays second = load_artifact(input.out).tensors;
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, array] : first) EXPECT_EQ(array.bytes, second.at(name).bytes) << name;
}

TEST(Pipeline, L1IsAnImportanceToo) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  CompressionInput input = problem.input({"accuracy_drop <= 3pt"});
  input.options.prune.importance = "l1";
  EXPECT_TRUE(has_stage(compress_model(input), "prune", true));
}

TEST(Pipeline, RefusesABadLimitBeforeAnyWork) {
  const SmallProblem problem;
  problem.train_model(problem.mlp());
  EXPECT_THROW(compress_model(problem.input({"size <= 25"})), Error);
}

}  // namespace
}  // namespace hone
