#include "tests/search/random_spaces.h"

#include <cmath>
#include <set>

#include "core/random.h"
#include "search/registry.h"

namespace hone {
namespace {

class SpaceMaker {
 public:
  explicit SpaceMaker(std::uint64_t seed) : random_(seed, 0, "space") {}

  ExperimentSpec make(std::uint64_t seed) {
    ExperimentSpec spec;
    spec.study.seed = static_cast<std::int64_t>(seed);
    ObjectiveSpec loss;
    loss.metric = "loss";
    spec.objectives = {loss};
    spec.budget.trials = 100;
    const std::int64_t count = 1 + random_.index(7);
    for (std::int64_t i = 0; i < count; ++i) spec.space.push_back(parameter("p" + std::to_string(i), spec.space));
    add_clauses(spec);
    return spec;
  }

 private:
  bool chance(double p) { return random_.uniform() < p; }

  ParameterSpec parameter(const std::string& name, const std::vector<ParameterSpec>& before) {
    ParameterSpec spec;
    spec.name = name;
    spec.type = static_cast<ParameterType>(random_.index(5));
    switch (spec.type) {
      case ParameterType::float_:
      case ParameterType::int_:
        spec.low = static_cast<double>(1 + random_.index(4));
        spec.high = *spec.low + static_cast<double>(1 + random_.index(60));
        spec.log = static_cast<LogScale>(random_.index(3));
        if (chance(0.3)) spec.step = spec.type == ParameterType::int_ ? 2 : 0.25;
        if (spec.step && *spec.step > *spec.high - *spec.low) spec.step.reset();
        break;
      case ParameterType::bool_:
        break;
      case ParameterType::categorical:
        spec.choices = {std::string("a"), std::string("b"), std::string("c")};
        break;
      case ParameterType::ordinal:
        spec.choices = {std::int64_t{1}, std::int64_t{2}, std::int64_t{8}, std::int64_t{32}};
        if (chance(0.5)) spec.log = LogScale::natural;
        break;
    }
    if (!before.empty() && chance(0.3)) {
      spec.when = condition(before[static_cast<std::size_t>(random_.index(std::ssize(before)))]);
    }
    return spec;
  }

  std::string condition(const ParameterSpec& parent) {
    if (parent.type == ParameterType::bool_) return parent.name;
    if (parent.type == ParameterType::categorical) return parent.name + " in ['a', 'b']";
    return parent.name + " >= 2";
  }

  static bool is_number(const ParameterSpec& spec) {
    return spec.type != ParameterType::bool_ && spec.type != ParameterType::categorical;
  }

  void add_clauses(ExperimentSpec& spec) {
    std::vector<std::string> numbers;
    for (const ParameterSpec& one : spec.space) {
      if (is_number(one)) numbers.push_back(one.name);
      if (one.type == ParameterType::categorical && chance(0.3)) {
        spec.constraints.forbid.push_back(one.name + " == 'c'");
      }
    }
    if (numbers.size() < 2 || chance(0.2)) return;
    const std::string a = numbers[0];
    const std::string b = numbers[1];
    spec.constraints.derive = {{"product", a + " * " + b}, {"half", "product / 2"}};
    switch (random_.index(4)) {
      case 0:
        spec.constraints.forbid.push_back("half > 40");
        break;
      case 1:
        spec.constraints.require.push_back(a + " <= " + b + " + 3");
        break;
      case 2:
        // Narrow: most draws are against it.
        spec.constraints.forbid.push_back("abs(" + a + " - " + b + ") > 1");
        break;
      default:
        spec.constraints.require.push_back("log2(product) < 9 or " + a + " < 3");
        break;
    }
  }

  RandomStream random_;
};

/// Something to minimise that hangs on every value.
double value_of(const SearchSpace& space, const Params& params) {
  double sum = 0;
  for (const auto& u : space.encode(params)) sum += u ? std::abs(*u - 0.3) : 0.1;
  return sum;
}

}  // namespace

ExperimentSpec random_space_spec(std::uint64_t seed) { return SpaceMaker(seed).make(seed); }

ProposalCounts count_proposals(const std::string& kind, std::uint64_t seed, int trials) {
  ExperimentSpec spec = random_space_spec(seed);
  spec.sampler.kind = kind;
  const SearchSpace space(spec, {});
  const auto sampler = make_sampler(spec);
  ProposalCounts counts;
  History history;
  std::set<std::string> seen;
  for (int i = 0; i < trials; ++i) {
    RandomStream random(seed, i, "suggest");
    const auto suggestion = sampler->suggest(space, history, i, random);
    if (!suggestion) break;
    ++counts.proposals;
    const auto complaint = space.complaint_about(suggestion->params);
    counts.invalid += complaint.has_value();
    const bool is_repeated = !seen.insert(space.key(suggestion->params)).second;
    counts.repeated += is_repeated;
    if (counts.example.empty() && (complaint || is_repeated)) {
      counts.example = kind + ", space " + std::to_string(seed) + ", trial " + std::to_string(i) + ": " +
                       complaint.value_or("repeated");
    }
    // What a space does not hold would break the next ask.
    if (complaint) break;
    HistoryTrial trial;
    trial.id = i;
    trial.params = suggestion->params;
    trial.notes = suggestion->notes;
    trial.state = i % 7 == 3 ? TrialState::running : i % 11 == 5 ? TrialState::failed : TrialState::completed;
    if (trial.state == TrialState::failed) trial.failure = FailureClass::out_of_memory;
    if (trial.state == TrialState::completed) {
      trial.value = value_of(space, trial.params);
      RungValue rung;
      rung.value = *trial.value;
      trial.rungs = {rung};
      trial.curve = {rung};
    }
    history.trials.push_back(std::move(trial));
  }
  return counts;
}

}  // namespace hone
