#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/files.h"
#include "search/driver.h"
#include "search/executors/simulated_executor.h"
#include "search/store/store.h"
#include "search/study.h"

namespace hone {

/// A study's folder in memory where the machine has such a place: fsync costs nothing there.
class FastFolder {
 public:
  FastFolder();
  ~FastFolder();
  FastFolder(const FastFolder&) = delete;
  FastFolder& operator=(const FastFolder&) = delete;
  std::filesystem::path study() const { return path_ / "study"; }

 private:
  std::filesystem::path path_;
};

/// Two floats x, y in [-1, 1], metric `loss` minimised, random sampler, no fidelity.
ExperimentSpec plane_spec(std::int64_t trials);
/// (x − 0.3)² + (y + 0.2)² + 1/budget: the optimum at full budget is known, and more budget is better.
SimulatedProblem bowl();

/// A study with the real policies of its spec (search/registry).
std::unique_ptr<Study> make_study(Store& store, const ExperimentSpec& spec, const SimulatedClock& clock);

/// Calls a function at every event.
class EventWatch final : public DriverObserver {
 public:
  explicit EventWatch(std::function<void(const Study&, const Event&)> on_event = {}) : on_event_(std::move(on_event)) {}
  void on_event(const Study& study, const Event& event) override {
    if (on_event_) on_event_(study, event);
  }
  void on_tick(const Study&, const Executor&) override { ++ticks; }
  int ticks = 0;

 private:
  std::function<void(const Study&, const Event&)> on_event_;
};

Interrupt never();

/// Drives a study of `spec` on the bowl from where its folder stands to its end; returns the state.
StudyState run_to_end(const std::filesystem::path& folder, const ExperimentSpec& spec, const SimulatedProblem& problem,
                      int slots = 1);

/// The kinds of the events with their trials, "asked 0", "launched 0", …, for exact traces.
std::vector<std::string> trace_of(const std::vector<Event>& events);

}  // namespace hone
