#include "search/samplers/cmaes_replay.h"

#include <algorithm>
#include <cmath>

#include "search/samplers/cmaes_start.h"

namespace hone {
namespace {

/// Ends of a run (search.md §9): steps and values too small to tell apart, a covariance that rounding rules, steps that
/// grow without end.
constexpr double kLeastStep = 1e-12;
constexpr double kLeastRange = 1e-12;
constexpr double kMostCondition = 1e14;
constexpr double kMostGrowth = 1e4;

template <class Item, class Id>
auto at_or_after(const std::vector<Item>& items, std::int64_t id, Id id_of) {
  return std::lower_bound(items.begin(), items.end(), id,
                          [&](const Item& item, std::int64_t wanted) { return id_of(item) < wanted; });
}

const Observation* observation_of(const std::vector<Observation>& observed, std::int64_t id) {
  const auto found = at_or_after(observed, id, [](const Observation& o) { return o.trial->id; });
  return found != observed.end() && found->trial->id == id ? &*found : nullptr;
}

const HistoryTrial* trial_of(const History& history, std::int64_t id) {
  const auto found = at_or_after(history.trials, id, [](const HistoryTrial& trial) { return trial.id; });
  return found != history.trials.end() && found->id == id ? &*found : nullptr;
}

/// Of the members that have an outcome the first `population`, best first, failed ones last; nothing when they are
/// fewer.
std::vector<std::int64_t> ranked(const std::vector<std::int64_t>& members, const std::vector<Observation>& observed,
                                 const std::vector<const HistoryTrial*>& discouraging, std::int64_t population) {
  std::vector<Observation> good;
  std::vector<std::int64_t> failed;
  for (const std::int64_t id : members) {
    if (static_cast<std::int64_t>(good.size() + failed.size()) == population) break;
    if (const Observation* observation = observation_of(observed, id)) {
      good.push_back(*observation);
    } else if (std::any_of(discouraging.begin(), discouraging.end(), [&](const HistoryTrial* trial) {
                 return trial->id == id && trial->state == TrialState::failed;
               })) {
      failed.push_back(id);
    }
  }
  if (static_cast<std::int64_t>(good.size() + failed.size()) < population) return {};
  std::sort(good.begin(), good.end(), is_better);
  std::vector<std::int64_t> ids;
  for (const Observation& observation : good) ids.push_back(observation.trial->id);
  ids.insert(ids.end(), failed.begin(), failed.end());
  return ids;
}

}  // namespace

std::vector<double> drawn_point(const CmaesCoordinates& coordinates, const CmaesDistribution& distribution,
                                std::uint64_t study_seed, std::int64_t trial, std::int64_t draw) {
  RandomStream random(study_seed, trial, "cmaes " + std::to_string(draw));
  std::vector<double> point = distribution.draw(random);
  if (draw >= kCmaesRedraws) coordinates.clip(point);
  return point;
}

CmaesStand CmaesReplay::stand(const CmaesCoordinates& coordinates, const History& history) {
  read_notes(history);
  const std::vector<Observation> observed = observations(history);
  const bool is_new = std::none_of(known_.begin(), known_.end(), [](const Known& known) { return known.note; });
  if (is_new) {
    CmaesNote note;
    note.start = settings_.first;
    note.parents = settings_.warm ? starting_trials(observed) : std::vector<std::int64_t>();
    return {note, begin(coordinates, history, settings_.first, 0, *note.parents)};
  }
  const Newest newest = newest_run();
  replay(coordinates, history, newest);
  CmaesNote note;
  note.run = newest.run;
  note.generation = static_cast<std::int64_t>(chain_.generations.size());
  const std::vector<std::int64_t> best =
      ranked(newest.generations.at(note.generation).members, observed, discouraging(history, settings_.learn_failures),
             newest.start.population);
  if (best.empty()) return {note, *chain_.distribution};
  Chain next = chain_;
  advance(next, coordinates, newest.start.population, draws_of(best));
  if (is_over(newest, next, observed)) return next_start(coordinates, history);
  ++note.generation;
  note.parents = best;
  return {note, *next.distribution};
}

CmaesStand CmaesReplay::next_start(const CmaesCoordinates& coordinates, const History& history) {
  read_notes(history);
  const std::vector<FinishedCmaesRun> finished = all_runs();
  CmaesNote note;
  note.run = static_cast<std::int64_t>(finished.size());
  RandomStream random(settings_.study_seed, note.run, "cmaes restart");
  note.start = finished.empty() ? settings_.first : next_run(settings_.restarts, finished, random);
  note.parents.emplace();
  return {note, begin(coordinates, history, *note.start, note.run, {})};
}

void CmaesReplay::read_notes(const History& history) {
  known_.resize(history.trials.size());
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const HistoryTrial& trial = history.trials[i];
    if (known_[i].id == trial.id && known_[i].text == trial.notes) continue;
    known_[i].id = trial.id;
    known_[i].text = trial.notes;
    known_[i].note = cmaes_note_in(trial.notes);
  }
}

const CmaesNote* CmaesReplay::note_of(std::int64_t id) const {
  const auto found = at_or_after(known_, id, [](const Known& known) { return known.id; });
  return found != known_.end() && found->id == id && found->note ? &*found->note : nullptr;
}

CmaesReplay::Newest CmaesReplay::newest_run() const {
  Newest newest;
  for (const Known& known : known_) {
    if (!known.note || known.note->run < newest.run) continue;
    const CmaesNote& note = *known.note;
    if (note.run > newest.run) newest.generations.clear();
    newest.run = note.run;
    if (note.start) newest.start = *note.start;
    auto generation = newest.generations.find(note.generation);
    if (generation == newest.generations.end()) {
      // The trial that says the parents was not seen by those after it: they belong to none.
      if (!note.parents) continue;
      generation = newest.generations.emplace(note.generation, Generation{*note.parents, {}}).first;
    }
    if (!note.parents || *note.parents == generation->second.parents) generation->second.members.push_back(known.id);
  }
  return newest;
}

std::vector<FinishedCmaesRun> CmaesReplay::all_runs() const {
  std::vector<FinishedCmaesRun> runs;
  for (const Known& known : known_) {
    if (!known.note) continue;
    const auto run = static_cast<std::size_t>(known.note->run);
    if (run >= runs.size()) runs.resize(run + 1);
    ++runs[run].trials;
    if (known.note->start) runs[run].run = *known.note->start;
  }
  return runs;
}

CmaesDistribution CmaesReplay::begin(const CmaesCoordinates& coordinates, const History& history, const CmaesRun& run,
                                     std::int64_t number, const std::vector<std::int64_t>& trials) const {
  std::vector<double> centre(coordinates.size(), 0.5);
  RandomStream random(settings_.study_seed, number, "cmaes start");
  if (number > 0) {
    for (double& x : centre) x = random.uniform();
  }
  std::vector<std::vector<double>> points;
  for (const std::int64_t id : trials) {
    if (const HistoryTrial* trial = trial_of(history, id)) points.push_back(coordinates.point_of(trial->params));
  }
  CmaesDistribution distribution = starting_distribution(points, std::move(centre), run, settings_.separable);
  coordinates.keep_margins(distribution, static_cast<std::size_t>(run.population));
  return distribution;
}

void CmaesReplay::replay(const CmaesCoordinates& coordinates, const History& history, const Newest& newest) {
  std::vector<std::vector<Draw>> generations;
  for (std::int64_t number = 1; newest.generations.count(number) > 0; ++number) {
    generations.push_back(draws_of(newest.generations.at(number).parents));
  }
  const std::vector<std::int64_t>& start = newest.generations.at(0).parents;
  const bool goes_on = chain_.run == newest.run && chain_.start == start &&
                       chain_.generations.size() <= generations.size() &&
                       std::equal(chain_.generations.begin(), chain_.generations.end(), generations.begin());
  if (!goes_on) {
    chain_ = {};
    chain_.run = newest.run;
    chain_.start = start;
    chain_.distribution = begin(coordinates, history, newest.start, newest.run, start);
    if (settings_.adapt_rates) chain_.rates.emplace(coordinates.size(), settings_.separable);
  }
  for (std::size_t i = chain_.generations.size(); i < generations.size(); ++i) {
    advance(chain_, coordinates, newest.start.population, generations[i]);
  }
}

void CmaesReplay::advance(Chain& chain, const CmaesCoordinates& coordinates, std::int64_t population,
                          const std::vector<Draw>& parents) const {
  const CmaesDistribution& before = *chain.distribution;
  std::vector<std::vector<double>> points;
  for (const auto& [trial, draw] : parents) {
    points.push_back(drawn_point(coordinates, before, settings_.study_seed, trial, draw));
  }
  const CmaesConstants constants(coordinates.size(), static_cast<std::size_t>(population), settings_.separable);
  CmaesDistribution after = updated(constants, before, points);
  if (chain.rates) after = chain.rates->adapted(before, std::move(after));
  coordinates.keep_margins(after, static_cast<std::size_t>(population));
  chain.distribution = std::move(after);
  chain.generations.push_back(parents);
}

std::vector<CmaesReplay::Draw> CmaesReplay::draws_of(const std::vector<std::int64_t>& trials) const {
  std::vector<Draw> draws;
  for (const std::int64_t id : trials) {
    if (const CmaesNote* note = note_of(id)) draws.emplace_back(id, note->draw);
  }
  return draws;
}

bool CmaesReplay::is_over(const Newest& newest, const Chain& chain, const std::vector<Observation>& observed) const {
  if (settings_.restarts == CmaesRestarts::none) return false;
  std::int64_t trials = 0;
  for (const auto& [number, generation] : newest.generations) {
    trials += static_cast<std::int64_t>(generation.members.size());
  }
  if (newest.start.limit && trials >= *newest.start.limit) return true;

  const CmaesDistribution& distribution = *chain.distribution;
  const std::size_t n = distribution.mean.size();
  bool moves = false;
  for (std::size_t i = 0; i < n; ++i) {
    const double path = distribution.sigma * std::abs(distribution.covariance_path[i]);
    moves = moves || std::max(distribution.deviation(i), path) > kLeastStep * newest.start.sigma;
  }
  const double widest = distribution.sigma * std::sqrt(distribution.covariance.largest());
  if (!moves || distribution.covariance.condition() > kMostCondition || widest > kMostGrowth * newest.start.sigma) {
    return true;
  }
  // Best and worst values of the last 10 + ⌈30n/λ⌉ generations.
  const std::size_t generations = 10 + (30 * n + static_cast<std::size_t>(newest.start.population) - 1) /
                                           static_cast<std::size_t>(newest.start.population);
  if (chain.generations.size() < generations) return false;
  double least = INFINITY;
  double most = -INFINITY;
  for (auto parents = chain.generations.end() - static_cast<std::ptrdiff_t>(generations);
       parents != chain.generations.end(); ++parents) {
    for (const auto& [trial, draw] : *parents) {
      const Observation* observation = observation_of(observed, trial);
      if (observation == nullptr) continue;
      least = std::min(least, observation->value);
      most = std::max(most, observation->value);
    }
  }
  return most - least < kLeastRange;
}

}  // namespace hone
