#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/console.h"
#include "configs/data_facts.h"

namespace hone {

/// What a worker's `inspect` found, for people: source, rows by part, task, hash, a line a column, what is wrong.
std::string data_text(const nlohmann::json& inspection, int columns);

/// A warning for every column that an import left out by itself, with its reason.
void warn_of_dropped(const DataFacts& facts, Console& console);

}  // namespace hone
