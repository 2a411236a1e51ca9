#include "tests/bench/search/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "core/version.h"

namespace hone {
namespace {

double score_after(const BenchmarkProblem& problem, const Run& run, std::size_t count) {
  if (problem.goals.size() > 1) {
    std::vector<std::array<double, 2>> points;
    for (std::size_t i = 0; i < count; ++i) points.push_back({run.trials[i].truth[0], run.trials[i].truth[1]});
    return hypervolume_share(problem, points);
  }
  double best = run.trials.front().truth.front();
  for (std::size_t i = 0; i < count; ++i) {
    const double value = run.trials[i].truth.front();
    if (is_better(problem.goals.front(), value, best)) best = value;
  }
  return regret(problem, best);
}

Record record_of(const Job& job, const std::string& host) {
  const BenchmarkProblem problem = open_problem(job.problem);
  const Run run = run_search(problem, job.options);
  Record record;
  record.opponent = job.opponent;
  record.version = fmt::format("hone {}", version());
  record.problem = job.problem;
  record.seed = job.options.seed;
  record.trials = job.options.trials;
  record.seconds = run.seconds;
  record.host = host;
  std::set<Params> different;
  for (const RunTrial& trial : run.trials) different.insert(trial.params);
  record.repeats = static_cast<std::int64_t>(run.trials.size() - different.size());
  for (const std::int64_t checkpoint : kCheckpoints) {
    if (checkpoint > job.options.trials || run.trials.empty()) continue;
    record.at[checkpoint] =
        score_after(problem, run, std::min(run.trials.size(), static_cast<std::size_t>(checkpoint)));
  }
  return record;
}

using Key = std::tuple<std::string, std::string, std::int64_t, std::int64_t>;

}  // namespace

void run_jobs(const std::vector<Job>& jobs, const std::filesystem::path& path, std::size_t threads) {
  std::set<Key> known;
  for (const Record& record : read_records(path)) {
    known.insert({record.opponent, record.problem, record.seed, record.trials});
  }
  std::vector<const Job*> left;
  for (const Job& job : jobs) {
    if (known.insert({job.opponent, job.problem, job.options.seed, job.options.trials}).second) left.push_back(&job);
  }
  const std::string host = host_class();
  std::mutex file;
  std::atomic<std::size_t> next = 0;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < left.size(); i = next++) {
      const Record record = record_of(*left[i], host);
      const std::lock_guard lock(file);
      append_record(path, record);
      fmt::print(stderr, "\r{} of {} searches ", ++done, left.size());
    }
  };
  std::vector<std::thread> pool;
  for (std::size_t t = 0; t < threads; ++t) pool.emplace_back(work);
  for (std::thread& thread : pool) thread.join();
  if (!left.empty()) fmt::print(stderr, "\n");
}

}  // namespace hone
