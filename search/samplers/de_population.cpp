#include "search/samplers/de_population.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hone {
namespace {

using nlohmann::json;

constexpr double kLearning = 0.1;

/// What was successful within one generation.
struct Successes {
  double weights = 0;
  double squared_weights = 0;
  double crossovers = 0;
  int count = 0;
};

void learn(DePopulation& population, const Successes& successes) {
  if (successes.count == 0) return;
  // Lehmer's mean favours large weights, which succeed less often and carry farther.
  const double weight = successes.squared_weights / successes.weights;
  population.mean_weight += kLearning * (weight - population.mean_weight);
  population.mean_crossover += kLearning * (successes.crossovers / successes.count - population.mean_crossover);
}

}  // namespace

DePopulation::DePopulation(const History& history, std::size_t size) : holders(size) {
  Successes successes;
  std::size_t generation = 0;
  for (const Observation& observation : observations(history)) {
    const auto id = static_cast<std::size_t>(observation.trial->id);
    if (id / size != generation) {
      learn(*this, successes);
      successes = {};
      generation = id / size;
    }
    std::optional<Observation>& holder = holders[id % size];
    if (holder && !is_better(observation, *holder)) continue;
    if (holder) {
      archive.push_back(holder->trial);
      if (const auto rates = de_rates_in(observation.trial->notes)) {
        successes.weights += rates->weight;
        successes.squared_weights += rates->weight * rates->weight;
        successes.crossovers += rates->crossover;
        ++successes.count;
      }
    }
    holder = observation;
  }
  const std::size_t surplus = archive.size() - std::min(archive.size(), size);
  archive.erase(archive.begin(), archive.begin() + static_cast<std::ptrdiff_t>(surplus));
}

std::string de_notes(const DeRates& rates) {
  return json{{"arm", "de"}, {"de", {{"F", rates.weight}, {"CR", rates.crossover}}}}.dump();
}

std::optional<DeRates> de_rates_in(const std::string& notes) {
  if (notes.find("\"de\":{") == std::string::npos) return std::nullopt;
  const json all = json::parse(notes, nullptr, /*allow_exceptions=*/false);
  if (!all.is_object() || !all.contains("de")) return std::nullopt;
  DeRates rates;
  rates.weight = all.at("de").at("F").get<double>();
  rates.crossover = all.at("de").at("CR").get<double>();
  return rates;
}

}  // namespace hone
