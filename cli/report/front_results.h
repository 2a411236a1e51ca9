#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/study_state.h"

namespace hone {

/// An objective and up to where it counts for the hypervolume.
struct FrontObjective {
  std::string metric;
  bool maximize = false;
  double reference = 0;
  /// The spec gave the reference; else it is the worst value and a tenth of the range more.
  bool given = false;
  /// As a goal in turn: what share of its best value the trials may differ by that go on to the next goal.
  double tolerance = 0;
};

/// A trial of the front with its objectives.
struct FrontTrial {
  std::int64_t trial = 0;
  std::vector<double> values;
};

/// The Pareto front of a study, all values in the user's direction.
struct FrontResults {
  std::vector<FrontObjective> objectives;
  /// Best first objective first; empty while no finished trial is feasible, and what follows then means nothing.
  std::vector<FrontTrial> trials;
  double hypervolume = 0;
  /// Index into `trials`.
  std::size_t knee = 0;
  /// The objectives are goals in turn: the answer of the study is the lexicographic best, not the knee.
  bool in_turn = false;

  /// There is a front, and its knee is the study's answer.
  bool is_answer() const { return !in_turn && !trials.empty(); }
  const FrontTrial* knee_trial() const { return trials.empty() ? nullptr : &trials[knee]; }
};

/// The front of the finished feasible trials; nothing for fewer than two objectives.
std::optional<FrontResults> front_results(const ExperimentSpec& spec, const StudyState& state);

/// {"objectives":[…],"trials":[{"trial","values"}],"hypervolume","knee"}: knee is a trial's number, or null.
nlohmann::json front_json(const FrontResults& front);
/// "0.42 up to latency = 12 (given), loss = 3.1 (the worst and a tenth of the range more)".
std::string hypervolume_text(const FrontResults& front);

}  // namespace hone
