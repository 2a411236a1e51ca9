#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/samplers/sampler.h"
#include "search/schedulers/scheduler.h"
#include "search/trial/event.h"
#include "search/trial/search_space.h"

namespace hone {

/// What decides in a study.
struct Policies {
  ExperimentSpec spec;
  SearchSpace space;
  std::unique_ptr<Sampler> sampler;
  std::unique_ptr<Scheduler> scheduler;
};

/// Where the log says something else than what its own events lead to.
struct LogDifference {
  std::int64_t seq = 0;
  std::int64_t trial = 0;
  /// "params", "notes", "seed", "budget", "promotion", "copy", "verdict", "origin", "seen".
  std::string what;
  std::string logged;
  std::string derived;
};

struct Verification {
  std::int64_t trials = 0;
  std::int64_t suggestions = 0;
  std::int64_t promotions = 0;
  std::int64_t copies = 0;
  std::int64_t stops = 0;
  /// The first one; nothing when all was derived again, bit for bit.
  std::optional<LogDifference> difference;
};

/// Takes every decision of a study again, from the events that it saw (search.md §17): the parameters, notes and seed
/// of each trial, its first budget, every copy, every promotion and every verdict that stopped a trial. Facts that
/// earlier proposals kept are taken as they were logged, so that each decision is judged by itself.
///
/// `make` gives the policies of a resolved spec; `resolved` is the one the study has now, earlier ones stand in its
/// `spec_changed` events.
Verification verify_study(const std::vector<Event>& events, const std::string& resolved,
                          const std::function<Policies(const std::string& resolved)>& make);

}  // namespace hone
