#pragma once

#include <string>
#include <string_view>

#include "cli/console.h"
#include "cli/report/results.h"

namespace hone {

/// Texts that several verbs print; no line is wider than `columns`. All end with a newline.

/// `text` behind a bold label, as all these texts are.
std::string labelled(const Console& console, std::string_view label, std::string_view text, int columns);

/// "40 trials: 31 completed, 5 rested, 2 stopped, 2 failed (1 crash, 1 out_of_memory)".
std::string counts_text(const Results& results);
/// "28 of 40 trials, 02:13 of 30:00" over the limits that [budget] has.
std::string budget_text(const Results& results);
/// What compression did: size, quality, speed with interval, and the verdict per limit.
/// "accuracy 99.16 %, … on 359 rows that nothing was chosen by".
std::string test_text(const TestResults& test);
/// The same as a labelled line; empty when it was not tested.
std::string test_lines(const Results& results, const Console& console, int columns);
std::string compression_lines(const Results& results, const Console& console, int columns);
/// Best trial, compression, where model and report are, and what to type next: the last words of `run`.
std::string final_block(const Results& results, const std::string& report, const Console& console, int columns);

}  // namespace hone
