#pragma once

#include "configs/fields.h"

namespace hone {

/// The option tables of samplers, schedulers, model families and the built-in trainer, for load_spec and explain.
OptionTables option_tables();

}  // namespace hone
