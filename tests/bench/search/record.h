#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hone {

/// One search of one problem, by hone or by an opponent: a line of the CSVs under tests/bench/opponents/results
/// (columns of run_opponents.py there).
struct Record {
  std::string opponent;
  std::string version;
  std::string problem;
  std::int64_t seed = 0;
  std::int64_t trials = 0;
  /// Score after so many trials: normalised regret of the best trial, with two objectives the share of the hypervolume.
  std::map<std::int64_t, double> at;
  std::int64_t repeats = 0;
  double seconds = 0;
  std::string host;
};

/// After how many trials a search is scored.
inline constexpr std::int64_t kCheckpoints[] = {10, 25, 40, 50, 100, 200, 300};

/// The searches in a file, none when it is not there. Throws Error("bench::results") naming a line that is none.
std::vector<Record> read_records(const std::filesystem::path& path);
/// Appends a line with the scores after these numbers of trials, in a new file after the header.
void append_record(const std::filesystem::path& path, const Record& record,
                   std::span<const std::int64_t> checkpoints = kCheckpoints);

/// Processor and number of cores of this machine, never its name.
std::string host_class();

/// `bbob:f3:d5:i7+noise` without its instance: `bbob:f3:d5+noise`.
std::string without_instance(const std::string& problem);

/// Scores of one opponent after so many trials, by problem without its instance.
using ScoresByProblem = std::map<std::string, std::vector<double>>;
ScoresByProblem scores_of(const std::vector<Record>& records, const std::string& opponent, std::int64_t trials);

}  // namespace hone
