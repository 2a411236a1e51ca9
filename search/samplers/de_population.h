#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "search/samplers/observations.h"
#include "search/trial/history.h"

namespace hone {

/// The population of a differential evolution, told from the history: trial i competes for place i mod size, and the
/// best of those that did holds it. So parents never have to be noted and any number of trials may run.
struct DePopulation {
  DePopulation(const History& history, std::size_t size);

  /// By place; nothing where no trial has a value yet.
  std::vector<std::optional<Observation>> holders;
  /// Trials that lost their place to a better one, the newest `size`.
  std::vector<const HistoryTrial*> archive;
  /// Means of F and CR that have led to better trials (JADE: Zhang, Sanderson 2009, equations 9 to 12, c = 0.1),
  /// taken once every `size` trials.
  double mean_weight = 0.5;
  double mean_crossover = 0.5;
};

/// F and CR of a proposal, in the notes of its trial.
struct DeRates {
  double weight = 0.5;
  double crossover = 0.5;
};
std::string de_notes(const DeRates& rates);
std::optional<DeRates> de_rates_in(const std::string& notes);

}  // namespace hone
