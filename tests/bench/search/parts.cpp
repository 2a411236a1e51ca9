#include "tests/bench/search/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/problems/problem.h"

namespace hone {
namespace {

const std::vector<std::string> kForms = {"branin", "hartmann3", "hartmann6", "rastrigin4"};
const std::vector<std::string> kTwoObjectives = {"zdt1", "zdt2", "zdt3", "dtlz2"};
const std::vector<std::string> kNoisy = {"branin+noise", "hartmann6+noise", "table:naval+noise",
                                         "table:australian+noise"};
constexpr int kFunctions = 24;
constexpr int kDimensions[] = {2, 5, 10};

std::vector<std::string> tables() {
  std::vector<std::string> problems;
  for (const std::string& name : shared_table_names()) problems.push_back("table:" + name);
  return problems;
}

/// The 24 functions in a dimension; `instance` is a suffix such as ":i{seed}".
std::vector<std::string> bbob(int dimension, const std::string& instance) {
  std::vector<std::string> problems;
  for (int f = 1; f <= kFunctions; ++f) problems.push_back(fmt::format("bbob:f{}:d{}{}", f, dimension, instance));
  return problems;
}

/// Instance `{seed}` of every problem but the tables, which have none.
std::vector<std::string> instances(const std::vector<std::string>& problems) {
  std::vector<std::string> names;
  for (const std::string& problem : problems) {
    const std::size_t noise = std::min(problem.find('+'), problem.size());
    const bool is_table = problem.starts_with("table:");
    names.push_back(is_table ? problem : problem.substr(0, noise) + ":i{seed}" + problem.substr(noise));
  }
  return names;
}

std::vector<Job> bbob_jobs(const PartOptions& options) {
  std::vector<Job> jobs;
  for (const int dimension : kDimensions) {
    const std::int64_t trials = std::max(100, 20 * dimension);
    const std::vector<Job> more = jobs_of(options, {"auto"}, bbob(dimension, ":i{seed}"), 1, 10, trials);
    jobs.insert(jobs.end(), more.begin(), more.end());
  }
  return jobs;
}

std::string bbob_text(const std::vector<Record>& records) {
  const std::vector<std::string> field = {opponent_name("auto"), "optuna-gp", "optuna-tpe", "optuna-cmaes", "random"};
  std::string text;
  for (const int dimension : kDimensions) {
    const std::vector<std::string> problems = bbob(dimension, "");
    const std::vector<Record> kept = only(records, problems);
    text += fmt::format("BBOB, d = {}\n", dimension);
    for (const std::int64_t trials : {std::int64_t{100}, std::int64_t{20} * dimension}) {
      text += "  " + mean_ranks(kept, problems, field, trials);
    }
  }
  return text;
}

/// Searches with 4 and 16 trials at once beside those one after the other.
std::vector<Job> parallel_jobs(const PartOptions& options) {
  std::vector<Job> jobs;
  for (const std::size_t workers : {1, 4, 16}) {
    for (Job job : jobs_of(options, {"auto"}, tables(), 0, 30, 100)) {
      job.options.workers = workers;
      if (workers > 1) job.opponent += fmt::format(", {} workers", workers);
      jobs.push_back(std::move(job));
    }
  }
  // Seed by seed, so that an interrupted run compares.
  std::stable_sort(jobs.begin(), jobs.end(),
                   [](const Job& a, const Job& b) { return a.options.seed < b.options.seed; });
  return jobs;
}

std::vector<Job> high_jobs(const PartOptions& options) {
  return jobs_of(options, {"auto", "tpe", "cmaes", "random", "gp"}, bbob(100, ":i{seed}"), 1, 5, 300);
}

std::string high_text(const std::vector<Record>& records) {
  std::vector<std::string> field;
  for (const char* sampler : {"auto", "tpe", "cmaes", "random", "gp"}) field.push_back(opponent_name(sampler));
  return "BBOB, d = 100\n  " + mean_ranks(records, bbob(100, ""), field, 300);
}

}  // namespace

std::string opponent_name(const std::string& sampler) { return "hone " + sampler; }

std::vector<Job> jobs_of(const PartOptions& options, const std::vector<std::string>& samplers,
                         const std::vector<std::string>& problems, std::int64_t first, std::int64_t seeds,
                         std::int64_t trials) {
  std::vector<Job> jobs;
  // Seed by seed, so that an interrupted run has all problems.
  for (std::int64_t seed = first; seed < first + options.seeds.value_or(seeds); ++seed) {
    for (const std::string& problem : problems) {
      for (const std::string& sampler : options.samplers.empty() ? samplers : options.samplers) {
        Job job;
        job.opponent = opponent_name(sampler);
        job.problem = problem;
        const std::size_t at = problem.find("{seed}");
        if (at != std::string::npos) job.problem.replace(at, 6, std::to_string(seed));
        job.options.sampler = sampler;
        job.options.trials = trials;
        job.options.seed = seed;
        jobs.push_back(std::move(job));
      }
    }
  }
  return jobs;
}

const std::vector<Part>& parts() {
  static const std::vector<Part> list = {
      {"tables", "seven shared tables, 100 trials, 30 seeds: regrets and significance",
       [](const PartOptions& options) { return jobs_of(options, {"auto"}, tables(), 0, 30, 100); }, tables_text},
      {"forms", "closed forms, 100 trials, 30 instances: median errors",
       [](const PartOptions& options) { return jobs_of(options, {"auto"}, instances(kForms), 1, 30, 100); },
       [](const std::vector<Record>& records) { return median_table(records, kForms, 100); }},
      {"bbob", "24 functions in 2, 5 and 10 dimensions, 10 instances: mean ranks", bbob_jobs, bbob_text},
      {"two-objectives", "ZDT1-3 and DTLZ2, 100 trials, 10 instances: share of the hypervolume",
       [](const PartOptions& options) { return jobs_of(options, {"auto"}, instances(kTwoObjectives), 1, 10, 100); },
       [](const std::vector<Record>& records) { return median_table(records, kTwoObjectives, 100); }},
      {"conditional", "three functions behind one choice, 100 trials, 30 instances",
       [](const PartOptions& options) { return jobs_of(options, {"auto"}, instances({"conditional"}), 1, 30, 100); },
       [](const std::vector<Record>& records) { return median_table(records, {"conditional"}, 100); }},
      {"noisy", "told values with noise, scored by the true ones, 100 trials, 30 seeds",
       [](const PartOptions& options) { return jobs_of(options, {"auto"}, instances(kNoisy), 1, 30, 100); },
       [](const std::vector<Record>& records) { return median_table(records, kNoisy, 100); }},
      {"parallel", "seven tables with 1, 4 and 16 workers on a simulated clock, 30 seeds", parallel_jobs, tables_text},
      {"d100", "24 functions in 100 dimensions, 300 trials, 5 instances: mean ranks of hone's own", high_jobs,
       high_text},
  };
  return list;
}

}  // namespace hone
