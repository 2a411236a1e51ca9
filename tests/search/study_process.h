#pragma once

#include <memory>
#include <string>
#include <vector>

#include "search/samplers/random_sampler.h"
#include "search/study.h"
#include "tests/search/simulation.h"

namespace hone {

/// Stops every trial at its second report; the full budget is 9.
class StoppingScheduler final : public Scheduler {
 public:
  std::vector<double> rungs() const override { return {9}; }
  double first_budget(const History&) const override { return 9; }
  Verdict judge(const History& history, std::int64_t trial) const override {
    return history.trials[static_cast<std::size_t>(trial)].curve.size() >= 2 ? Verdict::stop : Verdict::keep;
  }
  std::optional<Promotion> promote(const History&) const override { return std::nullopt; }
};

/// One process of a study, driven by hand.
struct Process {
  Process(const FastFolder& folder, const ExperimentSpec& spec) : store(open_store(folder.study())) {
    clock.advance(3600);
    study = make_study(*store, spec, clock);
    study->open(std::nullopt);
  }
  Process(const FastFolder& folder, const ExperimentSpec& spec, std::unique_ptr<Scheduler> scheduler)
      : store(open_store(folder.study())) {
    study =
        std::make_unique<Study>(*store, spec, SearchSpace(spec.space, Origins{}), std::make_unique<RandomSampler>(true),
                                std::move(scheduler), [this] { return clock.now_us; });
    study->open(std::nullopt);
  }

  Verdict report(const Launch& launch, double step, double loss, bool final = false) {
    LaunchReported reported;
    reported.trial = launch.trial;
    reported.attempt = launch.attempt;
    reported.step = step;
    reported.metrics["loss"] = loss;
    reported.final = final;
    return study->report(reported);
  }
  void exit(const Launch& launch, FailureClass failure = FailureClass::none, bool stopped = false,
            const std::string& message = "") {
    LaunchExited exited;
    exited.trial = launch.trial;
    exited.attempt = launch.attempt;
    exited.outcome = {failure, stopped, message, 1.5};
    study->finish(exited);
  }
  const Trial& trial(std::size_t id) const { return study->state().trials.at(id); }
  /// Bodies of the newest events with their kinds.
  std::vector<std::string> new_events() {
    std::vector<std::string> lines;
    for (const Event& event : study->take_new_events()) lines.push_back(std::string(name_of(event.kind)) + event.body);
    return lines;
  }

  SimulatedClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Study> study;
};

/// ASHA from 1 to `max` epochs.
inline ExperimentSpec asha_spec(std::int64_t trials, double max) {
  ExperimentSpec spec = plane_spec(trials);
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = max;
  return spec;
}

}  // namespace hone
