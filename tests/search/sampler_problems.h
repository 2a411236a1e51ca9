#pragma once

#include <functional>
#include <string>
#include <vector>

#include "search/samplers/sampler.h"

namespace hone {

ParameterSpec float_parameter(const std::string& name, double low, double high, LogScale log = LogScale::none);
ParameterSpec int_parameter(const std::string& name, double low, double high, LogScale log = LogScale::none);
ParameterSpec bool_parameter(const std::string& name);
ParameterSpec categorical_parameter(const std::string& name, std::vector<ParamValue> choices);
ParameterSpec ordinal_parameter(const std::string& name, std::vector<ParamValue> choices);
ParameterSpec when(ParameterSpec parameter, const std::string& condition);
SearchSpace space_of(const std::vector<ParameterSpec>& parameters);

/// A function to minimise over a space.
struct Problem {
  std::string name;
  SearchSpace space;
  std::function<double(const Params&)> value;
};
/// Three of them, none with its optimum at the centre: shifted Branin, an ill-conditioned bowl in four dimensions, and
/// one with log, int, categorical and conditional parameters.
std::vector<Problem> problems();

/// A trial that ended with a value.
HistoryTrial completed_trial(std::int64_t id, const Params& params, double value);

/// Asks and tells in turn; the history afterwards. Ends early when the sampler has nothing left.
History run_trials(const Sampler& sampler, const Problem& problem, int trials, std::uint64_t seed);
/// Median over the seeds 1 … `seeds` of the best value.
double median_best(const std::function<std::unique_ptr<Sampler>(std::uint64_t seed)>& make, const Problem& problem,
                   int trials, int seeds);

/// What every sampler must do: on spaces of all kinds of parameters stay in bounds, leave inactive parameters out,
/// repeat nothing, answer the same when asked the same, and end when a finite space is used up.
void expect_sound(const std::function<std::unique_ptr<Sampler>(std::uint64_t seed)>& make);

}  // namespace hone
