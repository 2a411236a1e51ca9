#include "tests/search/simulation.h"

#include <stdlib.h>

#include "search/registry.h"

namespace hone {

namespace fs = std::filesystem;

FastFolder::FastFolder() {
  const fs::path memory = "/dev/shm";
  std::error_code ignored;
  const fs::path base = fs::is_directory(memory, ignored) ? memory : fs::temp_directory_path();
  std::string name = (base / "hone-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder below " + base.string());
  path_ = name;
}

FastFolder::~FastFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

ExperimentSpec plane_spec(std::int64_t trials) {
  ExperimentSpec spec;
  spec.study.name = "plane";
  spec.study.seed = 7;
  for (const char* name : {"x", "y"}) {
    ParameterSpec parameter;
    parameter.name = name;
    parameter.low = -1;
    parameter.high = 1;
    spec.space.push_back(parameter);
  }
  ObjectiveSpec objective;
  objective.metric = "loss";
  spec.objectives = {objective};
  spec.sampler.kind = "random";
  spec.scheduler.kind = "none";
  spec.budget.trials = trials;
  return spec;
}

SimulatedProblem bowl() {
  SimulatedProblem problem;
  problem.value = [](const Params& params, double budget) {
    const double x = params.contains("x") ? as_number(params.at("x")) - 0.3 : 0;
    const double y = params.contains("y") ? as_number(params.at("y")) + 0.2 : 0;
    return x * x + y * y + 1 / budget;
  };
  return problem;
}

std::unique_ptr<Study> make_study(Store& store, const ExperimentSpec& spec, const SimulatedClock& clock) {
  return std::make_unique<Study>(store, spec, SearchSpace(spec.space, Origins{}), make_sampler(spec),
                                 make_scheduler(spec), [&clock] { return clock.now_us; });
}

Interrupt never() { return Interrupt::none; }

StudyState run_to_end(const fs::path& folder, const ExperimentSpec& spec, const SimulatedProblem& problem, int slots) {
  SimulatedClock clock;
  const std::unique_ptr<Store> store = open_store(folder);
  const std::unique_ptr<Study> study = make_study(*store, spec, clock);
  study->open(std::nullopt);
  SimulatedExecutor executor(problem, slots, clock);
  EventWatch watch;
  drive(*study, executor, watch, never);
  return study->state();
}

std::vector<std::string> trace_of(const std::vector<Event>& events) {
  std::vector<std::string> trace;
  for (const Event& event : events) {
    std::string line(name_of(event.kind));
    if (event.trial) line += " " + std::to_string(*event.trial);
    trace.push_back(std::move(line));
  }
  return trace;
}

}  // namespace hone
