#include <cmath>
#include <numbers>
#include <string>

#include "tests/bench/problems/bbob_functions.h"

namespace hone::bbob {
namespace {

/// Where Schwefel's function has its optimum, halved as BBOB has it.
constexpr double kSchwefelPlace = 4.2096874637 / 2;
constexpr double kLunacekPlace = 1.25;

double sign_of(RandomStream& stream) { return stream.uniform() < 0.5 ? -1.0 : 1.0; }

/// Uniform in ±reach; as in BBOB no coordinate is the centre exactly.
Vector uniform_place(RandomStream& stream, std::size_t n, double reach) {
  Vector place(n);
  for (double& value : place) value = stream.uniform(-reach, reach);
  return place;
}

Vector corner(RandomStream& stream, std::size_t n, double distance) {
  Vector place(n);
  for (double& value : place) value = sign_of(stream) * distance;
  return place;
}

}  // namespace

Instance make_instance(int function, std::size_t n, std::uint64_t seed) {
  const std::string name = "bbob " + std::to_string(function);
  RandomStream stream(seed, static_cast<std::int64_t>(n), name + " optimum");
  Instance instance{n, seed, {}, Rotation(n, seed, name + " R"), Rotation(n, seed, name + " Q")};
  Vector& place = instance.optimum;
  if (function == 5) {
    place = corner(stream, n, 5);
  } else if (function == 8) {
    place = uniform_place(stream, n, 3);
  } else if (function == 9 || function == 19) {
    // z = kRx + ½ is all ones there.
    place = instance.r.apply_transposed(Vector(n, 0.5 / rosenbrock_scale(n)));
  } else if (function == 20) {
    place = corner(stream, n, kSchwefelPlace);
  } else if (function == 22) {
    place = uniform_place(stream, n, 3.92);
  } else if (function == 24) {
    place = corner(stream, n, kLunacekPlace);
  } else {
    place = uniform_place(stream, n, 4);
  }
  if (function == 4) {
    for (std::size_t i = 0; i < n; i += 2) place[i] = std::abs(place[i]);
  }
  return instance;
}

double cosine_waves(std::span<const double> z) {
  double sum = 0;
  for (double value : z) sum += 1 - std::cos(2 * std::numbers::pi * value);
  return 10 * sum;
}

Vector rosenbrock_terms(std::span<const double> z) {
  Vector terms;
  for (std::size_t i = 0; i + 1 < z.size(); ++i) {
    const double valley = z[i] * z[i] - z[i + 1];
    terms.push_back(100 * valley * valley + (z[i] - 1) * (z[i] - 1));
  }
  return terms;
}

double rosenbrock_scale(std::size_t n) { return std::max(1.0, std::sqrt(static_cast<double>(n)) / 8); }

}  // namespace hone::bbob
