#include "tests/bench/search/run.h"

#include <time.h>

#include <cmath>
#include <queue>

#include "core/hash.h"
#include "core/random.h"
#include "search/registry.h"
#include "search/store/forgetful_store.h"
#include "search/study.h"

namespace hone {
namespace {

std::string metric_name(std::size_t objective) {
  return objective == 0 ? "value" : "value" + std::to_string(objective);
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A launch on its way: when it ends and, of those that end together, in which order they began.
struct Flight {
  double end = 0;
  Launch launch;
};
struct EndsLater {
  bool operator()(const Flight& a, const Flight& b) const {
    return a.end != b.end ? a.end > b.end : a.launch.trial > b.launch.trial;
  }
};

/// The same configuration takes equally long in every search with this seed.
double duration_of(const SearchSpace& space, const Params& params, std::int64_t seed) {
  RandomStream stream(static_cast<std::uint64_t>(seed), 0, space.key(params));
  return std::exp(stream.normal());
}

}  // namespace

ExperimentSpec spec_of(const BenchmarkProblem& problem, const RunOptions& options) {
  ExperimentSpec spec;
  spec.study.name = "bench";
  spec.study.seed = options.seed;
  spec.space = problem.space;
  for (std::size_t i = 0; i < problem.goals.size(); ++i) {
    ObjectiveSpec objective;
    objective.metric = metric_name(i);
    objective.goal = problem.goals[i];
    spec.objectives.push_back(objective);
  }
  spec.sampler.kind = options.sampler;
  spec.sampler.options = options.options;
  spec.scheduler.kind = "none";
  spec.budget.trials = options.trials;
  return spec;
}

Run run_search(const BenchmarkProblem& problem, const RunOptions& options) {
  const double began = thread_seconds();
  const ExperimentSpec spec = spec_of(problem, options);
  ForgetfulStore store;
  Study study(store, spec, SearchSpace(spec.space, Origins{}), make_sampler(spec), make_scheduler(spec),
              [] { return 0; });
  study.open(std::nullopt);
  Run run;
  std::priority_queue<Flight, std::vector<Flight>, EndsLater> flights;
  double now = 0;
  for (;;) {
    while (flights.size() < options.workers) {
      const std::optional<Launch> launch = study.next();
      if (!launch) break;
      const bool is_timed = options.workers > 1;
      flights.push({is_timed ? now + duration_of(study.space(), launch->params, options.seed) : now, *launch});
    }
    if (flights.empty()) break;
    const Flight flight = flights.top();
    flights.pop();
    now = flight.end;
    RunTrial trial;
    trial.id = flight.launch.trial;
    trial.params = flight.launch.params;
    trial.truth = problem.evaluate(trial.params);
    RandomStream noise(static_cast<std::uint64_t>(options.seed), trial.id, "noise");
    trial.told = problem.observe(trial.params, noise);
    LaunchReported report;
    report.trial = trial.id;
    report.attempt = flight.launch.attempt;
    report.final = true;
    for (std::size_t i = 0; i < trial.told.size(); ++i) report.metrics[metric_name(i)] = trial.told[i];
    study.report(report);
    LaunchExited exited;
    exited.trial = trial.id;
    exited.attempt = flight.launch.attempt;
    study.finish(exited);
    run.trials.push_back(std::move(trial));
  }
  run.seconds = thread_seconds() - began;
  return run;
}

}  // namespace hone
