#include "search/simulate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "core/statistics.h"
#include "search/driver.h"
#include "search/executors/simulated_executor.h"
#include "search/goals.h"
#include "search/pool_sampler.h"
#include "search/registry.h"
#include "search/store/forgetful_store.h"
#include "search/study.h"

namespace hone {
namespace {

constexpr std::int64_t kFewest = 3;

/// Refuses what a single replayed metric cannot answer.
const ExperimentSpec& simulable(const ExperimentSpec& spec) {
  if (spec.objectives.size() != 1 || !spec.constraints.outcome.empty()) {
    throw Error("study::cannot-simulate", "a simulated search needs one objective and no outcome constraints");
  }
  return spec;
}

/// The best value seen so far at each improvement, minimised, with the time since the beginning.
class BestSoFar final : public DriverObserver {
 public:
  BestSoFar(const Goals& goals, std::string metric, std::int64_t start_us)
      : goals_(goals), metric_(std::move(metric)), start_us_(start_us) {}

  void on_event(const Study& study, const Event& event) override {
    if (event.kind != EventKind::reported || !event.trial) return;
    const Trial& trial = study.state().trials[static_cast<std::size_t>(*event.trial)];
    const auto found = trial.curve.back().metrics.find(metric_);
    if (found == trial.curve.back().metrics.end()) return;
    const double value = goals_.turned(0, found->second);
    if (!improvements_.empty() && value >= improvements_.back().second) return;
    improvements_.emplace_back(static_cast<double>(event.time_us - start_us_) * 1e-6, value);
  }
  void on_tick(const Study&, const Executor&) override {}

  double at(double seconds, double otherwise) const {
    double best = otherwise;
    for (const auto& [time, value] : improvements_) {
      if (time <= seconds) best = std::min(best, value);
    }
    return best;
  }

 private:
  const Goals& goals_;
  std::string metric_;
  std::int64_t start_us_;
  std::vector<std::pair<double, double>> improvements_;
};

/// The 0.975 quantile of Student's t (Abramowitz & Stegun 1964, 26.7.5); off by 3 % with two degrees of freedom.
double student_quantile(double freedom) {
  const double z = normal_quantile(0.975);
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  const double z7 = z5 * z * z;
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom);
}

SimulatedMean mean_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  SimulatedMean result;
  result.mean = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.half_width = student_quantile(n - 1) * std::sqrt(squares / (n - 1) / n);
  return result;
}

bool has_rungs(const std::string& scheduler) { return scheduler == "asha" || scheduler == "hyperband"; }

}  // namespace

Simulation::Simulation(const ExperimentSpec& spec, const std::vector<Trial>& recorded, std::int64_t trials)
    : spec_(simulable(spec)),
      space_(spec, Origins{}),
      pool_(space_, recorded, spec.objectives.front().metric, spec.fidelity.max.value_or(0)) {
  const Goals goals(spec_);
  std::vector<double> finals;
  double seconds = 0;
  best_ = std::numeric_limits<double>::infinity();
  for (const RecordedRun& run : pool_.runs()) {
    seconds += run.pace * (run.failed && !run.curve.empty() ? run.curve.back().first : pool_.whole());
    if (run.curve.empty()) continue;
    if (!run.failed) finals.push_back(goals.turned(0, run.curve.back().second));
    for (const auto& point : run.curve) best_ = std::min(best_, goals.turned(0, point.second));
  }
  if (std::ssize(finals) < kFewest) {
    throw Error("study::no-curves", "only " + std::to_string(finals.size()) + " of " + std::to_string(recorded.size()) +
                                        " trials are in the space and reported " + spec_.objectives.front().metric +
                                        "; a simulation needs at least 3");
  }
  median_ = hone::median(finals);
  const auto size = std::ssize(pool_.runs());
  trials_ = trials > 0 ? trials : std::clamp<std::int64_t>(size / 4, 1, 100);
  slot_seconds_ = static_cast<double>(trials_) * seconds / static_cast<double>(size);
}

double Simulation::best() const { return Goals(spec_).turned(0, best_); }
double Simulation::median() const { return Goals(spec_).turned(0, median_); }

void Simulation::check(const SimulationSetting& setting) const {
  if (!has_rungs(setting.scheduler)) return;
  if (!spec_.fidelity.max) {
    throw Error("study::cannot-simulate",
                "scheduler " + setting.scheduler + " needs [fidelity] with max: the rungs lie below it");
  }
  if (!pool_.has_curves()) {
    throw Error("study::no-curves",
                "scheduler " + setting.scheduler + " needs curves, and no trial reported more than once");
  }
}

ExperimentSpec Simulation::spec_of(const SimulationSetting& setting, std::int64_t repeat) const {
  ExperimentSpec spec = spec_;
  spec.study.seed += repeat;
  if (spec.sampler.kind != setting.sampler) spec.sampler.options = {};
  if (spec.scheduler.kind != setting.scheduler) spec.scheduler.options = {};
  spec.sampler.kind = setting.sampler;
  spec.sampler.start.clear();
  const bool is_auto_without_rungs = setting.scheduler == "auto" && (!spec_.fidelity.max || !pool_.has_curves());
  spec.scheduler.kind = is_auto_without_rungs ? "none" : setting.scheduler;
  // Runs without fidelity are replayed over all their steps.
  spec.fidelity.max = pool_.whole();
  spec.budget = {};
  // The first trial is taken from the pool too: PoolSampler knows of the defaults.
  for (ParameterSpec& parameter : spec.space) parameter.default_value.reset();
  return spec;
}

std::vector<double> Simulation::regrets(const SimulationSetting& setting, const std::vector<double>& shares,
                                        std::int64_t repeat) const {
  check(setting);
  const ExperimentSpec spec = spec_of(setting, repeat);
  const Goals goals(spec);
  SimulatedClock clock;
  ForgetfulStore store;
  const std::int64_t start_us = clock.now_us;
  Study study(
      store, spec, SearchSpace(spec, Origins{}),
      std::make_unique<PoolSampler>(make_sampler(spec), pool_, space_.default_params()), make_scheduler(spec),
      [&clock] { return clock.now_us; }, Runner::client);
  study.open(std::nullopt);

  SimulatedProblem problem;
  problem.metric = spec.objectives.front().metric;
  problem.value = [this](const Params& params, double units) { return pool_.value(pool_.run_of(params), units); };
  problem.pace = [this](const Params& params) { return pool_.run_of(params).pace; };
  problem.checkpoints = spec.trainer.kind != "command" || spec.trainer.checkpoints;
  SimulatedExecutor executor(problem, setting.slots, clock);

  const double end_seconds = slot_seconds_ / setting.slots;
  const std::int64_t end_us = start_us + static_cast<std::int64_t>(end_seconds * 1e6);
  BestSoFar best(goals, problem.metric, start_us);
  drive(study, executor, best, [&] { return clock.now_us > end_us ? Interrupt::hard : Interrupt::none; });

  std::vector<double> regrets;
  for (const double share : shares) regrets.push_back(best.at(share * end_seconds, median_) - best_);
  return regrets;
}

std::vector<SimulatedRegret> Simulation::run(const SimulationSetting& setting, const std::vector<double>& shares,
                                             std::int64_t repeats, const std::function<void()>& on_repeat) const {
  std::vector<std::vector<double>> by_share(shares.size());
  for (std::int64_t repeat = 0; repeat < repeats; ++repeat) {
    const std::vector<double> found = regrets(setting, shares, repeat);
    for (std::size_t i = 0; i < shares.size(); ++i) by_share[i].push_back(found[i]);
    if (on_repeat) on_repeat();
  }
  const double scale = median_ > best_ ? median_ - best_ : 1;
  std::vector<SimulatedRegret> results;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    SimulatedRegret result;
    result.share = shares[i];
    result.regret = mean_of(by_share[i]);
    result.normalised = {result.regret.mean / scale, result.regret.half_width / scale};
    results.push_back(result);
  }
  return results;
}

}  // namespace hone
