#pragma once

#include <optional>
#include <string_view>

#include "core/protocol.h"

namespace hone {

/// The `name=value` and `name: value` pairs of a line that an unchanged script prints, also `'name': value` of a
/// printed dictionary. A step comes from a pair or words: `epoch=3`, `Epoch 3/10`, `step: 40`, `(iter 7)`. Values end
/// at a blank or at one of `,;)]}|%`, so that `12ms` is none. Names of report lines' own members do not count. Nothing
/// when there is no pair; at most 64 pairs a line.
std::optional<ReportLine> read_pairs(std::string_view line);

/// A line that is one JSON object with numbers among its members, as many loggers print: members that are none are
/// passed over, and without `step` an `epoch`, `iteration`, `iter`, `round` or `global_step` is the step.
std::optional<ReportLine> read_json_line(std::string_view line);

}  // namespace hone
