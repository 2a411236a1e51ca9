#pragma once

#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "core/param_value.h"
#include "core/random.h"

namespace hone {

/// Floats `<prefix>1 … <prefix>n` with the same bounds.
std::vector<ParameterSpec> float_box(const std::string& prefix, int n, double low, double high);
ParameterSpec float_axis(const std::string& name, double low, double high, LogScale log = LogScale::none);

/// Their values in the order of the space. Throws std::out_of_range when one is missing.
std::vector<double> point_of(const std::vector<ParameterSpec>& space, const Params& params);

/// Uniform in [low, high] of a unit interval, `gap` or more away from its centre.
double place_off_centre(RandomStream& stream, double low, double high, double gap);

}  // namespace hone
