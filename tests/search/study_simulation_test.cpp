// The real study, policies, store and driver on the simulated executor, with deaths, interrupts and faults that all
// follow from one seed (reliability.md §8). A failing seed is printed and replays.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "core/error.h"
#include "core/random.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

/// Thrown where the process would have died.
struct Death {};

/// A store under which the process dies at a given append: before it, or after it and before anybody knows.
class MortalStore final : public Store {
 public:
  MortalStore(std::unique_ptr<Store> store, std::int64_t appends_left, bool after)
      : store_(std::move(store)), appends_left_(appends_left), after_(after) {}
  std::vector<Event> load(std::int64_t after) override { return store_->load(after); }
  void append(std::span<const Event> events, Commit commit) override {
    const bool dies = --appends_left_ < 0;
    if (dies && !after_) throw Death{};
    store_->append(events, commit);
    if (dies) throw Death{};
  }
  std::optional<std::string> meta(const std::string& key) override { return store_->meta(key); }
  void set_meta(const std::string& key, const std::string& value) override { store_->set_meta(key, value); }
  double commit_seconds() const override { return store_->commit_seconds(); }

 private:
  std::unique_ptr<Store> store_;
  std::int64_t appends_left_;
  bool after_;
};

/// What must always be true of a study.
void check_state(const StudyState& state, const ExperimentSpec& spec, int slots) {
  ASSERT_LE(static_cast<std::int64_t>(state.trials.size()), *spec.budget.trials);
  std::int64_t running = 0;
  for (std::size_t id = 0; id < state.trials.size(); ++id) {
    const Trial& trial = state.trials[id];
    ASSERT_EQ(trial.id, static_cast<std::int64_t>(id));
    running += trial.state == TrialState::running ? 1 : 0;
    for (std::size_t i = 1; i < trial.curve.size(); ++i) ASSERT_LT(trial.curve[i - 1].step, trial.curve[i].step);
    for (std::size_t i = 1; i < trial.reached.size(); ++i) ASSERT_LT(trial.reached[i - 1], trial.reached[i]);
    ASSERT_EQ(trial.reached.size(), state.ledgers[id].reached.size());
    ASSERT_GE(trial.attempt, 1);
  }
  ASSERT_EQ(running, state.running);
  ASSERT_LE(running, slots);
  ASSERT_LE(state.units, spec.budget.units.value_or(1e9) + 1e-6);
}

/// A text in which two states are equal when everything that matters is.
std::string text_of(const StudyState& state) {
  std::string text = std::to_string(state.last_seq) + " " + std::to_string(state.units) + " " + state.closed_reason +
                     " " + std::to_string(state.search_seconds) + "\n";
  for (const Trial& trial : state.trials) {
    text += std::to_string(trial.id) + " " + std::to_string(trial.seed) + " " + std::string(name_of(trial.state)) +
            " " + std::string(name_of(trial.failure)) + " " + std::to_string(trial.attempt) + " " +
            std::to_string(trial.budget) + " " + trial.checkpoint + " " + std::to_string(trial.seconds);
    for (const auto& [name, value] : trial.params) text += " " + name + "=" + to_text(value);
    for (const TrialReport& report : trial.curve) {
      text += " " + to_text(report.step);
      for (const auto& [name, value] : report.metrics) text += ":" + to_text(value);
    }
    text += "\n";
  }
  return text;
}

bool is_final(TrialState state) {
  return state == TrialState::completed || state == TrialState::stopped || state == TrialState::failed;
}

/// One study from its first process to its end, with everything drawn from a seed.
class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed, -1, "life") {
    spec_ = plane_spec(2 + random_.index(9));
    spec_.study.seed = static_cast<std::int64_t>(seed);
    slots_ = 1 + static_cast<int>(random_.index(4));
    const char* const samplers[] = {"random", "sobol", "auto"};
    spec_.sampler.kind = samplers[random_.index(3)];
    problem_ = bowl();
    problem_.seed = seed;
    problem_.slowness = random_.uniform(1, 3);
    problem_.checkpoints = random_.uniform() < 0.7;
    if (random_.uniform() < 0.6) {
      spec_.scheduler.kind = "asha";
      spec_.fidelity.min = 1;
      spec_.fidelity.max = 9;
      if (random_.uniform() < 0.3) spec_.budget.units = 20;
    }
    if (random_.uniform() < 0.3) {
      problem_.faults = {.crash = 0.15, .preempted = 0.1, .out_of_memory = 0.05, .no_result = 0.05};
    }
    if (random_.uniform() < 0.4) {
      problem_.faults.lost_message = 0.1;
      problem_.faults.doubled_message = 0.2;
    }
    if (random_.uniform() < 0.3) {
      spec_.objectives.front().goal = Goal::maximize;
      problem_.value = [minimised = problem_.value](const Params& params, double budget) {
        return -minimised(params, budget);
      };
    }
  }

  void live() {
    for (int process = 0; process < 100 && !testing::Test::HasFatalFailure(); ++process) {
      if (process_ends_study()) return check_end();
    }
    if (!testing::Test::HasFatalFailure()) FAIL() << "the study did not end in 100 processes";
  }

 private:
  /// One process of the study; whether it brought the search to its end.
  bool process_ends_study() {
    clock_.advance(3600);
    const bool dies = random_.uniform() < 0.7;
    MortalStore store(open_store(folder_.study()), dies ? random_.index(40) : 1'000'000, random_.uniform() < 0.5);
    const std::int64_t patience = random_.uniform() < 0.2 ? random_.index(60) : 1'000'000;
    const Interrupt kind = random_.uniform() < 0.5 ? Interrupt::soft : Interrupt::hard;
    std::int64_t asked = 0;
    try {
      check_acknowledged(store.load(0));
      const std::unique_ptr<Study> study = make_study(store, spec_, clock_);
      note(*study);
      study->open(std::nullopt);
      SimulatedExecutor executor(problem_, slots_, clock_);
      EventWatch watch([&](const Study& now, const Event& event) { check_event(now, event); });
      const DriverEnd end = drive(*study, executor, watch, [&] { return asked++ < patience ? Interrupt::none : kind; });
      EXPECT_EQ(text_of(study->state()), text_of(fold(store.load(0))));
      EXPECT_EQ(study->state().running, 0);
      return end == DriverEnd::finished;
    } catch (const Death&) {
      return false;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::breaker) << error.what();
      return false;
    }
  }

  /// Everything that an earlier process was told is there.
  void check_acknowledged(const std::vector<Event>& events) {
    ASSERT_GE(events.size(), acknowledged_.size());
    for (std::size_t i = 0; i < acknowledged_.size(); ++i) ASSERT_EQ(events[i].body, acknowledged_[i]);
    acknowledged_.clear();
    for (const Event& event : events) acknowledged_.push_back(event.body);
  }

  /// What a study wrote before anybody listened.
  void note(Study& study) {
    for (const Event& event : study.take_new_events()) acknowledged_.push_back(event.body);
  }

  void check_event(const Study& study, const Event& event) {
    ASSERT_EQ(event.seq, static_cast<std::int64_t>(acknowledged_.size()) + 1);
    acknowledged_.push_back(event.body);
    check_state(study.state(), spec_, slots_);
    const double sign = spec_.objectives.front().goal == Goal::maximize ? -1 : 1;
    for (const Trial& trial : study.state().trials) {
      const auto known = final_states_.emplace(trial.id, trial.state).first;
      ASSERT_TRUE(!is_final(known->second) || trial.state == known->second) << "trial " << trial.id << " left its end";
      known->second = trial.state;
      const HistoryTrial& view = study.history().trials.at(static_cast<std::size_t>(trial.id));
      ASSERT_EQ(view.state, trial.state);
      const auto value = objective_of(trial, spec_.objectives.front());
      ASSERT_TRUE(!view.value || *view.value == sign * value.value());
      ASSERT_EQ(view.value.has_value(), value.has_value() && trial.state != TrialState::failed);
    }
  }

  void check_end() {
    const StudyState state = fold(open_store_to_read(folder_.study())->load());
    ASSERT_TRUE(state.closed);
    ASSERT_TRUE(static_cast<std::int64_t>(state.trials.size()) == *spec_.budget.trials ||
                state.closed_reason == "20 epochs")
        << state.closed_reason;
    std::optional<double> best;
    const double sign = spec_.objectives.front().goal == Goal::maximize ? -1 : 1;
    std::set<std::string> configurations;
    for (const Trial& trial : state.trials) {
      ASSERT_TRUE(is_final(trial.state) || trial.state == TrialState::rested);
      std::string key;
      for (const auto& [name, value] : trial.params) key += name + to_text(value) + " ";
      ASSERT_TRUE(configurations.insert(key).second) << "trial " << trial.id << " repeats an earlier one";
      if (trial.state != TrialState::completed) continue;
      const double value = sign * objective_of(trial, spec_.objectives.front()).value();
      if (!best || value < *best) best = value;
    }
    if (!best) return;
    const auto named = best_trial(state, spec_);
    ASSERT_TRUE(named);
    const Trial& trial = state.trials[static_cast<std::size_t>(*named)];
    ASSERT_EQ(sign * objective_of(trial, spec_.objectives.front()).value(), *best);
  }

  RandomStream random_;
  FastFolder folder_;
  SimulatedClock clock_;
  ExperimentSpec spec_;
  SimulatedProblem problem_;
  int slots_ = 1;
  /// A model outside the store: bodies of all events that were announced.
  std::vector<std::string> acknowledged_;
  std::map<std::int64_t, TrialState> final_states_;
};

TEST(StudySimulation, SurvivesDeathsInterruptsAndFaults) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Life(seed).live();
    if (HasFatalFailure()) return;
  }
}

/// Parameters and states at the end, and how each trial went on its way.
std::vector<std::string> outcome_of(const StudyState& state) {
  std::vector<std::string> lines;
  for (const Trial& trial : state.trials) {
    std::string line = std::to_string(trial.seed) + " " + std::string(name_of(trial.state));
    for (const auto& [name, value] : trial.params) line += " " + name + "=" + to_text(value);
    for (const double budget : trial.reached) line += " " + to_text(budget);
    lines.push_back(line);
  }
  return lines;
}

/// One death at a given append, then on to the end.
StudyState run_with_death(const ExperimentSpec& spec, std::int64_t appends, bool after, bool& died) {
  const FastFolder folder;
  died = false;
  try {
    SimulatedClock clock;
    MortalStore store(open_store(folder.study()), appends, after);
    const std::unique_ptr<Study> study = make_study(store, spec, clock);
    study->open(std::nullopt);
    SimulatedExecutor executor(bowl(), 1, clock);
    EventWatch watch;
    drive(*study, executor, watch, never);
    return study->state();
  } catch (const Death&) {
    died = true;
  }
  return run_to_end(folder.study(), spec, bowl());
}

class ResumedStudy : public testing::TestWithParam<const char*> {};

TEST_P(ResumedStudy, AsksWhatAnUninterruptedOneAsks) {
  ExperimentSpec spec = plane_spec(14);
  spec.sampler.kind = GetParam();
  spec.scheduler.kind = "asha";
  spec.fidelity.min = 1;
  spec.fidelity.max = 3;
  const FastFolder folder;
  const std::vector<std::string> expected = outcome_of(run_to_end(folder.study(), spec, bowl()));
  bool died = true;
  std::int64_t deaths = 0;
  for (std::int64_t appends = 0; died; ++appends) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE(std::to_string(appends) + (after ? " after" : " before"));
      ASSERT_EQ(outcome_of(run_with_death(spec, appends, after, died)), expected);
      deaths += died ? 1 : 0;
    }
  }
  EXPECT_GT(deaths, 100);
}

INSTANTIATE_TEST_SUITE_P(Samplers, ResumedStudy, testing::Values("random", "sobol", "auto"));

}  // namespace
}  // namespace hone
