#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "search/samplers/cmaes_coordinates.h"
#include "search/samplers/cmaes_learning_rates.h"
#include "search/samplers/cmaes_notes.h"
#include "search/samplers/cmaes_restarts.h"
#include "search/samplers/observations.h"
#include "search/trial/history.h"

namespace hone {

/// How the strategy of a study is set.
struct CmaesSettings {
  CmaesRun first;
  CmaesRestarts restarts = CmaesRestarts::bipop;
  bool separable = false;
  bool adapt_rates = false;
  /// Start from earlier trials.
  bool warm = true;
  /// Rank failed trials last, where their parameters may be to blame; else take no notice of them.
  bool learn_failures = true;
  std::uint64_t study_seed = 0;
};

/// What the next trial is drawn from, and what it must say besides its draw.
struct CmaesStand {
  CmaesNote note;
  CmaesDistribution distribution;
};

/// Point `draw` of a trial; from the hundredth on moved into the box.
std::vector<double> drawn_point(const CmaesCoordinates& coordinates, const CmaesDistribution& distribution,
                                std::uint64_t study_seed, std::int64_t trial, std::int64_t draw);
constexpr std::int64_t kCmaesRedraws = 100;

/// Works the stand of the strategy out from the trials that it proposed, by replaying the newest run: their notes say
/// which trials made each generation, in which order; their points are drawn again. So neither a value that changes
/// later nor a result that comes too late can change what has been.
///
/// Keeps the newest distribution it has seen, with the trials that made it, so that a replay that goes on from there is
/// short; the answer is the same without. Not for several threads at once.
class CmaesReplay {
 public:
  explicit CmaesReplay(const CmaesSettings& settings) : settings_(settings) {}

  CmaesStand stand(const CmaesCoordinates& coordinates, const History& history);
  /// The beginning of the run after the newest.
  CmaesStand next_start(const CmaesCoordinates& coordinates, const History& history);

 private:
  /// A trial with the note that was read from this text.
  struct Known {
    std::int64_t id = 0;
    std::string text;
    std::optional<CmaesNote> note;
  };
  struct Generation {
    std::vector<std::int64_t> parents;
    std::vector<std::int64_t> members;
  };
  /// What the notes say of the newest run.
  struct Newest {
    std::int64_t run = 0;
    CmaesRun start;
    std::map<std::int64_t, Generation> generations;
  };
  /// A trial by id and number of its draw.
  using Draw = std::pair<std::int64_t, std::int64_t>;
  /// A distribution and all that went into it.
  struct Chain {
    std::int64_t run = -1;
    std::vector<std::int64_t> start;
    std::vector<std::vector<Draw>> generations;
    std::optional<CmaesDistribution> distribution;
    std::optional<CmaesLearningRates> rates;
  };

  void read_notes(const History& history);
  const CmaesNote* note_of(std::int64_t id) const;
  Newest newest_run() const;
  std::vector<FinishedCmaesRun> all_runs() const;
  /// The distribution of a run's first generation.
  CmaesDistribution begin(const CmaesCoordinates& coordinates, const History& history, const CmaesRun& run,
                          std::int64_t number, const std::vector<std::int64_t>& trials) const;
  /// Brings the chain up to the newest generation.
  void replay(const CmaesCoordinates& coordinates, const History& history, const Newest& newest);
  void advance(Chain& chain, const CmaesCoordinates& coordinates, std::int64_t population,
               const std::vector<Draw>& parents) const;
  std::vector<Draw> draws_of(const std::vector<std::int64_t>& trials) const;
  bool is_over(const Newest& newest, const Chain& chain, const std::vector<Observation>& observed) const;

  CmaesSettings settings_;
  std::vector<Known> known_;
  Chain chain_;
};

}  // namespace hone
