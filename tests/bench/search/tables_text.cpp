#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "tests/bench/problems/problem.h"
#include "tests/bench/search/parts.h"
#include "tests/bench/search/rank_tests.h"

namespace hone {
namespace {

constexpr std::int64_t kTrials[] = {25, 50, 100};
/// Regrets are floored before their logarithms are averaged (search.md §18).
constexpr double kFloor = 1e-6;
const std::vector<std::string> kRivals = {"optuna-tpe", "optuna-gp"};

std::vector<std::string> table_problems() {
  std::vector<std::string> problems;
  for (const std::string& name : shared_table_names()) problems.push_back("table:" + name);
  return problems;
}

/// Over tables the mean of the mean regrets, and of their geometric means.
std::string summary_line(const std::vector<Record>& records, const std::string& opponent) {
  std::string line = fmt::format("{:<24}", opponent);
  std::size_t seeds = 0;
  for (const std::int64_t trials : kTrials) {
    std::vector<double> means;
    std::vector<double> logs;
    for (const auto& [problem, scores] : scores_of(records, opponent, trials)) {
      means.push_back(mean(scores));
      std::vector<double> floored;
      for (const double score : scores) floored.push_back(std::log(std::max(score, kFloor)));
      logs.push_back(mean(floored));
      seeds = std::max(seeds, scores.size());
    }
    line += means.empty() ? fmt::format("{:>20}", "-")
                          : fmt::format("{:>12.4f} /{:.4f}", mean(means), std::exp(mean(logs)));
  }
  return line + fmt::format("{:>8}\n", seeds);
}

/// How `ours` compares with both rivals on every table: mean regrets and corrected p-values.
std::string comparison(const std::vector<Record>& records, const std::string& ours) {
  std::string text = fmt::format("\n{} after 100 trials: mean regret; p of the rank-sum test, Holm over 14\n", ours);
  const ScoresByProblem mine = scores_of(records, ours, 100);
  std::vector<double> p_values;
  std::vector<std::string> lines;
  for (const auto& [problem, scores] : mine) {
    for (const std::string& rival : kRivals) {
      const ScoresByProblem theirs = scores_of(records, rival, 100);
      const auto other = theirs.find(problem);
      if (other == theirs.end()) continue;
      p_values.push_back(rank_sum_p(scores, other->second));
      lines.push_back(fmt::format("  {:<20} {:.5f}   {:<12} {:.5f} ({} seeds)", problem, mean(scores), rival,
                                  mean(other->second), other->second.size()));
    }
  }
  const std::vector<double> corrected = holm(p_values);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += fmt::format("{}   p {:.2g}, corrected {:.2g}\n", lines[i], p_values[i], corrected[i]);
  }
  return text;
}

}  // namespace

std::string tables_text(const std::vector<Record>& records) {
  const std::vector<Record> kept = only(records, table_problems());
  std::string text = fmt::format("mean / geometric mean regret\n{:<24}", "");
  for (const std::int64_t trials : kTrials) text += fmt::format("{:>20}", fmt::format("@{}", trials));
  text += fmt::format("{:>8}\n", "seeds");
  for (const std::string& opponent : opponents_in(kept)) text += summary_line(kept, opponent);
  text += fmt::format("\n{:<24}", "mean regret after 100");
  for (const std::string& name : shared_table_names()) text += fmt::format("{:>13}", name);
  text += "\n";
  for (const std::string& opponent : opponents_in(kept)) {
    text += fmt::format("{:<24}", opponent);
    const ScoresByProblem scores = scores_of(kept, opponent, 100);
    for (const std::string& problem : table_problems()) {
      const auto found = scores.find(problem);
      text += found == scores.end() ? fmt::format("{:>13}", "-") : fmt::format("{:>13.5f}", mean(found->second));
    }
    text += "\n";
  }
  return text + comparison(kept, opponent_name("auto"));
}

}  // namespace hone
