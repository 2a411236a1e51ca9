#pragma once

#include <optional>
#include <vector>

#include "core/random.h"
#include "search/trial/history.h"
#include "search/trial/search_space.h"

namespace hone {

enum class Verdict { keep, stop };

struct Promotion {
  std::int64_t trial = 0;
  /// Absolute budget, larger than the one it rests at.
  double budget = 0;
};

/// A new trial that goes on from the checkpoint of another one, with parameters of its own.
struct Copy {
  CopyOf of;
  Params params;
  /// Absolute budget, larger than the one the parent rests at.
  double budget = 0;
};

/// Decides budgets and stops. A pure function of the history.
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  /// Absolute budgets at which a trial may rest, ascending; the last is the full one. {0} without fidelity.
  virtual std::vector<double> rungs() const = 0;
  /// Budget of a new trial.
  virtual double first_budget(const History& history) const = 0;
  /// After a report of a running trial.
  virtual Verdict judge(const History& history, std::int64_t trial) const = 0;
  /// A resting trial that deserves more; asked before every new trial.
  virtual std::optional<Promotion> promote(const History& history) const = 0;
  /// A resting trial that should still go on when no new trial may start and promote() has no answer: a study too short
  /// for its rungs ends with a trial of full budget all the same. Nothing while a trial waits or runs.
  virtual std::optional<Promotion> promote_at_end(const History&) const { return std::nullopt; }
  /// A copy to be made; asked before every promotion, so that a parent's checkpoint is taken before it goes on.
  /// `random` is the new trial's stream.
  virtual std::optional<Copy> copy(const SearchSpace&, const History&, RandomStream&) const { return std::nullopt; }
  /// Whether the sampler may be asked for another trial.
  virtual bool wants_new(const History&) const { return true; }
};

}  // namespace hone
