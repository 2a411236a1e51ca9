#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/statistics.h"
#include "tests/bench/search/parts.h"
#include "tests/bench/search/rank_tests.h"

namespace hone {
namespace {

constexpr double kTie = 1e-8;

bool is_ours(const std::string& opponent) { return opponent.starts_with("hone "); }

double mean_seconds(const std::vector<Record>& records, const std::string& opponent) {
  std::vector<double> seconds;
  for (const Record& record : records) {
    if (record.opponent == opponent) seconds.push_back(record.seconds);
  }
  return mean(seconds);
}

}  // namespace

std::vector<std::string> opponents_in(const std::vector<Record>& records) {
  std::set<std::pair<bool, std::string>> names;
  for (const Record& record : records) names.insert({!is_ours(record.opponent), record.opponent});
  std::vector<std::string> list;
  for (const auto& [foreign, name] : names) list.push_back(name);
  return list;
}

std::vector<Record> only(const std::vector<Record>& records, const std::vector<std::string>& problems) {
  std::vector<Record> kept;
  for (const Record& record : records) {
    const std::string name = without_instance(record.problem);
    if (std::find(problems.begin(), problems.end(), name) != problems.end()) kept.push_back(record);
  }
  return kept;
}

std::string median_table(const std::vector<Record>& records, const std::vector<std::string>& problems,
                         std::int64_t trials) {
  std::string text = fmt::format("median after {} trials\n{:<24}", trials, "");
  for (const std::string& problem : problems) text += fmt::format("{:>22}", problem);
  text += fmt::format("{:>8}{:>10}\n", "seeds", "s/search");
  const std::vector<Record> kept = only(records, problems);
  for (const std::string& opponent : opponents_in(kept)) {
    const ScoresByProblem scores = scores_of(kept, opponent, trials);
    if (scores.empty()) continue;
    text += fmt::format("{:<24}", opponent);
    std::size_t seeds = 0;
    for (const std::string& problem : problems) {
      const auto found = scores.find(problem);
      text += found == scores.end() ? fmt::format("{:>22}", "-") : fmt::format("{:>22.3g}", median(found->second));
      if (found != scores.end()) seeds = std::max(seeds, found->second.size());
    }
    text += fmt::format("{:>8}{:>10.2f}\n", seeds, mean_seconds(kept, opponent));
  }
  return text;
}

std::string mean_ranks(const std::vector<Record>& records, const std::vector<std::string>& problems,
                       const std::vector<std::string>& opponents, std::int64_t trials) {
  std::vector<std::pair<std::string, ScoresByProblem>> entrants;
  for (const std::string& opponent : opponents) {
    ScoresByProblem scores = scores_of(records, opponent, trials);
    const bool complete = std::all_of(problems.begin(), problems.end(),
                                      [&](const std::string& problem) { return scores.count(problem) > 0; });
    if (complete) entrants.emplace_back(opponent, std::move(scores));
  }
  std::vector<double> sums(entrants.size(), 0.0);
  for (const std::string& problem : problems) {
    std::vector<double> medians;
    for (const auto& [name, scores] : entrants) medians.push_back(median(scores.at(problem)));
    const std::vector<double> ranks = ranks_of(medians, kTie);
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += ranks[i];
  }
  std::string text = fmt::format("mean rank after {:>3} trials:", trials);
  for (std::size_t i = 0; i < entrants.size(); ++i) {
    text += fmt::format("  {} {:.2f} ({} seeds)", entrants[i].first, sums[i] / static_cast<double>(problems.size()),
                        entrants[i].second.begin()->second.size());
  }
  return text + "\n";
}

}  // namespace hone
