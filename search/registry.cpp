#include "search/registry.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

#include "search/samplers/auto_sampler.h"
#include "search/samplers/cmaes_sampler.h"
#include "search/samplers/de_sampler.h"
#include "search/samplers/evolution_sampler.h"
#include "search/samplers/gp_sampler.h"
#include "search/samplers/grid_sampler.h"
#ifdef HONE_LIMBO
#include "search/samplers/limbo_sampler.h"
#endif
#include "search/samplers/nsga_sampler.h"
#include "search/samplers/random_sampler.h"
#include "search/samplers/sobol_sampler.h"
#include "search/samplers/tpe_sampler.h"
#include "search/schedulers/asha_scheduler.h"
#include "search/schedulers/median_scheduler.h"
#include "search/schedulers/none_scheduler.h"
#include "search/schedulers/patience_scheduler.h"
#include "search/schedulers/pb2_scheduler.h"
#include "search/schedulers/pbt_scheduler.h"
#include "search/schedulers/threshold_scheduler.h"
#include "search/schedulers/wilcoxon_scheduler.h"

namespace hone {
namespace {

template <class Policy>
struct Row {
  std::string_view name;
  std::string_view sentence;
  std::vector<OptionInfo> (*options)();
  std::unique_ptr<Policy> (*make)(const ExperimentSpec& spec);
};

std::vector<OptionInfo> no_options() { return {}; }

std::uint64_t seed_of(const ExperimentSpec& spec) { return static_cast<std::uint64_t>(spec.study.seed); }

std::unique_ptr<Sampler> make_auto(const ExperimentSpec& spec) { return std::make_unique<AutoSampler>(spec); }

std::unique_ptr<Sampler> make_random(const ExperimentSpec& spec) {
  return std::make_unique<RandomSampler>(spec.sampler.dedupe);
}

std::unique_ptr<Sampler> make_sobol(const ExperimentSpec& spec) {
  return std::make_unique<SobolSampler>(seed_of(spec), spec.sampler.dedupe);
}

std::unique_ptr<Sampler> make_tpe(const ExperimentSpec& spec) {
  const auto options = from_options(tpe_fields(), spec.sampler.options);
  return std::make_unique<TpeSampler>(options, spec.sampler, seed_of(spec));
}

std::unique_ptr<Sampler> make_gp(const ExperimentSpec& spec) {
  return std::make_unique<GpSampler>(from_options(gp_fields(), spec.sampler.options), spec);
}

std::unique_ptr<Sampler> make_cmaes(const ExperimentSpec& spec) {
  return std::make_unique<CmaesSampler>(from_options(cmaes_fields(), spec.sampler.options), spec);
}

std::unique_ptr<Sampler> make_de(const ExperimentSpec& spec) {
  return std::make_unique<DeSampler>(from_options(de_fields(), spec.sampler.options), spec.sampler, seed_of(spec));
}

std::unique_ptr<Sampler> make_grid(const ExperimentSpec& spec) {
  return std::make_unique<GridSampler>(from_options(grid_fields(), spec.sampler.options), spec.sampler, seed_of(spec));
}

std::unique_ptr<Sampler> make_evolution(const ExperimentSpec& spec) {
  const auto options = from_options(evolution_fields(), spec.sampler.options);
  return std::make_unique<EvolutionSampler>(options, spec.sampler, seed_of(spec));
}

std::unique_ptr<Sampler> make_nsga2(const ExperimentSpec& spec) {
  return std::make_unique<NsgaSampler>(NsgaRule::crowding, from_options(nsga_fields(), spec.sampler.options), spec);
}

std::unique_ptr<Sampler> make_nsga3(const ExperimentSpec& spec) {
  return std::make_unique<NsgaSampler>(NsgaRule::niches, from_options(nsga_fields(), spec.sampler.options), spec);
}

#ifdef HONE_LIMBO
std::unique_ptr<Sampler> make_limbo(const ExperimentSpec& spec) { return std::make_unique<LimboSampler>(spec); }
#endif

std::vector<OptionInfo> tpe_options() { return option_infos(tpe_fields()); }
std::vector<OptionInfo> gp_options() { return option_infos(gp_fields()); }
std::vector<OptionInfo> cmaes_options() { return option_infos(cmaes_fields()); }
std::vector<OptionInfo> de_options() { return option_infos(de_fields()); }
std::vector<OptionInfo> grid_options() { return option_infos(grid_fields()); }
std::vector<OptionInfo> nsga_options() { return option_infos(nsga_fields()); }
std::vector<OptionInfo> evolution_options() { return option_infos(evolution_fields()); }

constexpr Row<Sampler> kSamplers[] = {
    {"auto", "chooses and mixes samplers by the space, the budget and what has been seen", no_options, make_auto},
    {"random", "draws every parameter uniformly on its scale", no_options, make_random},
    {"sobol", "scrambled Sobol points: even coverage of the whole space, learns nothing", no_options, make_sobol},
    {"grid", "every combination of values once, in a shuffled order: any first part of it is spread", grid_options,
     make_grid},
    {"tpe", "models good and bad trials and proposes where good is likelier; handles every kind of parameter",
     tpe_options, make_tpe},
    {"gp", "Gaussian process and expected improvement: most from few dear trials, up to some twenty parameters",
     gp_options, make_gp},
    {"cmaes",
     "CMA-ES: a normal distribution learns the directions in which values fall; for hundreds of trials of numbers",
     cmaes_options, make_cmaes},
    {"evolution", "mutates the best of a few of the youngest trials, for long studies of cheap trials",
     evolution_options, make_evolution},
    {"de", "differential evolution, JADE or classic: for ten thousand and more cheap trials", de_options, make_de},
    {"nsga2", "NSGA-II: a population spreads over the front of two or three objectives, for hundreds of cheap trials",
     nsga_options, make_nsga2},
    {"nsga3", "NSGA-III: the same with reference points in place of crowding, for four objectives and more",
     nsga_options, make_nsga3},
#ifdef HONE_LIMBO
    {"limbo", "limbo's Gaussian process at its defaults: a baseline to compare with, for numbers", no_options,
     make_limbo},
#endif
};

/// Smallest budget worth a look where the spec names none: max/81 is four rungs below max at eta 3.
double min_budget(const FidelitySpec& fidelity) {
  const double max = *fidelity.max;
  return fidelity.min.value_or(std::min(max, std::max(1.0, std::floor(max / 81))));
}

/// What a trial gets at once where a scheduler has no rungs; 0 = it runs whole.
double full_budget(const ExperimentSpec& spec) { return spec.fidelity.max.value_or(0); }

/// One an objective where they are goals in turn, else nothing.
std::vector<double> tolerances_of(const ExperimentSpec& spec) {
  std::vector<double> tolerances;
  bool in_turn = false;
  for (const ObjectiveSpec& objective : spec.objectives) {
    tolerances.push_back(objective.tolerance.value_or(0));
    in_turn = in_turn || objective.tolerance.has_value();
  }
  return in_turn ? tolerances : std::vector<double>{};
}

std::unique_ptr<Scheduler> make_none(const ExperimentSpec& spec) {
  return std::make_unique<NoneScheduler>(full_budget(spec));
}

std::unique_ptr<Scheduler> make_asha(const ExperimentSpec& spec) {
  if (!spec.fidelity.max) return make_none(spec);
  const auto options = from_options(asha_fields(), spec.scheduler.options);
  return std::make_unique<AshaScheduler>(options, min_budget(spec.fidelity), *spec.fidelity.max, tolerances_of(spec));
}

std::unique_ptr<Scheduler> make_hyperband(const ExperimentSpec& spec) {
  if (!spec.fidelity.max) return make_none(spec);
  const auto options = from_options(hyperband_fields(), spec.scheduler.options);
  return std::make_unique<AshaScheduler>(
      AshaScheduler::hyperband(options, min_budget(spec.fidelity), *spec.fidelity.max, tolerances_of(spec)));
}

std::unique_ptr<Scheduler> make_median(const ExperimentSpec& spec) {
  return std::make_unique<MedianScheduler>(from_options(median_fields(), spec.scheduler.options), full_budget(spec));
}

std::unique_ptr<Scheduler> make_patience(const ExperimentSpec& spec) {
  return std::make_unique<PatienceScheduler>(from_options(patience_fields(), spec.scheduler.options),
                                             full_budget(spec));
}

std::unique_ptr<Scheduler> make_threshold(const ExperimentSpec& spec) {
  const Goal goal = spec.objectives.empty() ? Goal::minimize : spec.objectives.front().goal;
  return std::make_unique<ThresholdScheduler>(from_options(threshold_fields(), spec.scheduler.options), goal,
                                              full_budget(spec));
}

std::unique_ptr<Scheduler> make_wilcoxon(const ExperimentSpec& spec) {
  return std::make_unique<WilcoxonScheduler>(from_options(wilcoxon_fields(), spec.scheduler.options),
                                             full_budget(spec));
}

/// Of a population whose options were read; `spec` has [fidelity] max.
template <class Options>
PopulationRules population_rules(const ExperimentSpec& spec, const Options& options) {
  PopulationRules rules;
  rules.size = static_cast<std::size_t>(options.population);
  rules.quantile = options.quantile;
  rules.rungs = population_rungs(options.interval, spec.fidelity.min, *spec.fidelity.max);
  rules.tolerances = tolerances_of(spec);
  return rules;
}

std::unique_ptr<Scheduler> make_pbt(const ExperimentSpec& spec) {
  if (!spec.fidelity.max) return make_none(spec);
  const auto options = from_options(pbt_fields(), spec.scheduler.options);
  return std::make_unique<PbtScheduler>(population_rules(spec, options), options.resample);
}

std::unique_ptr<Scheduler> make_pb2(const ExperimentSpec& spec) {
  if (!spec.fidelity.max) return make_none(spec);
  return std::make_unique<Pb2Scheduler>(population_rules(spec, from_options(pb2_fields(), spec.scheduler.options)));
}

std::unique_ptr<Scheduler> make_auto_scheduler(const ExperimentSpec& spec) {
  const bool has_room = spec.fidelity.max && *spec.fidelity.max >= 4 * min_budget(spec.fidelity);
  return has_room ? make_asha(spec) : make_none(spec);
}

std::vector<OptionInfo> asha_options() { return option_infos(asha_fields()); }
std::vector<OptionInfo> hyperband_options() { return option_infos(hyperband_fields()); }
std::vector<OptionInfo> median_options() { return option_infos(median_fields()); }
std::vector<OptionInfo> patience_options() { return option_infos(patience_fields()); }
std::vector<OptionInfo> threshold_options() { return option_infos(threshold_fields()); }
std::vector<OptionInfo> pbt_options() { return option_infos(pbt_fields()); }
std::vector<OptionInfo> pb2_options() { return option_infos(pb2_fields()); }
std::vector<OptionInfo> wilcoxon_options() { return option_infos(wilcoxon_fields()); }

constexpr Row<Scheduler> kSchedulers[] = {
    {"auto", "asha when [fidelity] max is at least 4 times min, else none", asha_options, make_auto_scheduler},
    {"none", "every trial gets the full budget at once", no_options, make_none},
    {"asha", "starts every trial small and goes on with the best 1/eta of each rung", asha_options, make_asha},
    {"hyperband", "asha whose trials start at every rung, fewer the higher: for curves that cross", hyperband_options,
     make_hyperband},
    {"median", "stops a trial whose best value is worse than the median of the others' means so far", median_options,
     make_median},
    {"patience", "stops a trial that has not become better for a number of reports", patience_options, make_patience},
    {"threshold", "stops a trial whose objective leaves a range", threshold_options, make_threshold},
    {"wilcoxon", "stops a trial that is worse than the best over the folds or seeds both have, by a signed-rank test",
     wilcoxon_options, make_wilcoxon},
    {"pbt", "trains a population whose worst go on from the checkpoints of the best, with parameters near theirs",
     pbt_options, make_pbt},
    {"pb2", "pbt whose copies take the numbers that a model of past improvements holds most of", pb2_options, make_pb2},
};

template <class Policy, std::size_t n>
std::vector<KindInfo> kinds(const Row<Policy> (&rows)[n]) {
  std::vector<KindInfo> infos;
  for (const Row<Policy>& row : rows) {
    KindInfo info;
    info.name = row.name;
    info.sentence = row.sentence;
    info.options = row.options();
    infos.push_back(std::move(info));
  }
  return infos;
}

template <class Policy, std::size_t n>
const Row<Policy>& row_named(const Row<Policy> (&rows)[n], std::string_view name) {
  const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const auto& r) { return r.name == name; });
  assert(row != std::end(rows) && "load_spec refuses unknown kinds");
  return *row;
}

}  // namespace

std::vector<KindInfo> sampler_kinds() { return kinds(kSamplers); }
std::vector<KindInfo> scheduler_kinds() { return kinds(kSchedulers); }

std::unique_ptr<Sampler> make_sampler(const ExperimentSpec& spec) {
  return row_named(kSamplers, spec.sampler.kind).make(spec);
}

std::unique_ptr<Scheduler> make_scheduler(const ExperimentSpec& spec) {
  return row_named(kSchedulers, spec.scheduler.kind).make(spec);
}

}  // namespace hone
