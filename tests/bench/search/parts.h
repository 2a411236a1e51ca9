#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/search/jobs.h"

namespace hone {

/// What the command line leaves open.
struct PartOptions {
  /// Kinds of samplers of hone; empty = those of the part.
  std::vector<std::string> samplers;
  std::optional<std::int64_t> seeds;
};

/// One measurement: which searches it takes and what it prints of their records and those of opponents.
struct Part {
  std::string name;
  std::string sentence;
  std::function<std::vector<Job>(const PartOptions& options)> jobs;
  std::function<std::string(const std::vector<Record>& records)> text;
};

const std::vector<Part>& parts();

/// "hone auto".
std::string opponent_name(const std::string& sampler);
/// One search for every sampler, problem and seed; `{seed}` in a problem's name is replaced. Seeds count from `first`.
std::vector<Job> jobs_of(const PartOptions& options, const std::vector<std::string>& samplers,
                         const std::vector<std::string>& problems, std::int64_t first, std::int64_t seeds,
                         std::int64_t trials);

/// Opponents in the order of their names, hone's own first.
std::vector<std::string> opponents_in(const std::vector<Record>& records);
/// Records whose problem is, without its instance, one of these.
std::vector<Record> only(const std::vector<Record>& records, const std::vector<std::string>& problems);
/// Rows: opponents; columns: problems; cells: the median of the scores after so many trials, and the seconds a search.
std::string median_table(const std::vector<Record>& records, const std::vector<std::string>& problems,
                         std::int64_t trials);
/// Mean over the problems of the rank of the median score, ties within 1e-8, among the opponents that have searched all
/// problems.
std::string mean_ranks(const std::vector<Record>& records, const std::vector<std::string>& problems,
                       const std::vector<std::string>& opponents, std::int64_t trials);

/// The seven shared tables, with significance (part "tables").
std::string tables_text(const std::vector<Record>& records);

}  // namespace hone
