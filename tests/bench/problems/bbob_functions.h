#pragma once

#include <functional>
#include <memory>
#include <span>

#include "tests/bench/problems/bbob_transforms.h"

namespace hone::bbob {

/// What an instance of a function is made of: its optimum x° and two rotations.
struct Instance {
  std::size_t n;
  std::uint64_t seed;
  Vector optimum;
  Rotation r;
  Rotation q;
};

/// Draws them; functions with a prescribed optimum (4, 5, 8, 9, 20, 22, 24) get theirs.
Instance make_instance(int function, std::size_t n, std::uint64_t seed);

using Function = std::function<double(std::span<const double>)>;

/// Each makes the functions of one group of the BBOB report; the error at x, 0 at instance.optimum.
Function separable(int function, const Instance& instance);       // 1 … 5
Function moderate(int function, const Instance& instance);        // 6 … 9
Function conditioned(int function, const Instance& instance);     // 10 … 14
Function multimodal(int function, const Instance& instance);      // 15 … 19
Function weak_structure(int function, const Instance& instance);  // 20, 23, 24
Function gallagher(int function, const Instance& instance);       // 21, 22

/// 10(n − Σ cos 2πz_i).
double cosine_waves(std::span<const double> z);
/// The terms 100(z_i² − z_{i+1})² + (z_i − 1)² of Rosenbrock's function, [n − 1].
Vector rosenbrock_terms(std::span<const double> z);
/// max(1, √n/8).
double rosenbrock_scale(std::size_t n);

}  // namespace hone::bbob
