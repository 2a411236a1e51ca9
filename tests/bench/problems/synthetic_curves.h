#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/bench/problems/curves.h"

namespace hone {

/// Learning curves of our own making, for choices that must not be made on recorded ones: 1000 configurations of eight
/// unit parameters whose loss falls from `start` to an asymptote by a power law, (loss − asymptote) ∝ (1 + speed·step)^
/// −rate. A few parameters decide nearly everything; where the optimum lies and which they are follows from the
/// instance.
///   power      short runs and long ones agree
///   crossing   what starts fast ends badly: the place of the fastest start is not that of the lowest asymptote
///   noisy      every loss is off by 5 % (standard deviation)
///   diverging  crossing; beyond an edge of the first parameter a run explodes and then ends as NaN
enum class CurveFamily { power, crossing, noisy, diverging };

LearningCurves make_curves(CurveFamily family, std::uint64_t instance);

/// `synthetic:crossing:7`; nothing for any other text.
std::optional<LearningCurves> synthetic_curves_named(std::string_view name);

}  // namespace hone
