#include "tests/bench/problems/shapes.h"

#include <cmath>

namespace hone {

ParameterSpec float_axis(const std::string& name, double low, double high, LogScale log) {
  ParameterSpec axis;
  axis.name = name;
  axis.low = low;
  axis.high = high;
  axis.log = log;
  return axis;
}

std::vector<ParameterSpec> float_box(const std::string& prefix, int n, double low, double high) {
  std::vector<ParameterSpec> space;
  for (int i = 1; i <= n; ++i) space.push_back(float_axis(prefix + std::to_string(i), low, high));
  return space;
}

std::vector<double> point_of(const std::vector<ParameterSpec>& space, const Params& params) {
  std::vector<double> point;
  for (const ParameterSpec& axis : space) point.push_back(as_number(params.at(axis.name)));
  return point;
}

double place_off_centre(RandomStream& stream, double low, double high, double gap) {
  while (true) {
    const double place = stream.uniform(low, high);
    if (std::abs(place - 0.5) >= gap) return place;
  }
}

}  // namespace hone
