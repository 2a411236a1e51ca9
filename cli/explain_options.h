#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/format.h"
#include "configs/load_spec.h"

namespace hone {

/// `hone explain` for what can be written: sections, samplers, schedulers, families, the built-in trainer, all read
/// from the option tables.

/// `samplers schedulers models trainer`, every kind and every section.
std::vector<std::string> topic_names();
/// What there is to ask about.
std::string topics_text(int columns);
/// The text of a topic, or nothing when it is none.
std::optional<std::string> topic_text(const std::string& topic, int columns);

/// Options of a spec's sections that were not written, with their defaults.
TextTable defaults_table(const LoadedSpec& loaded);

}  // namespace hone
