#include "cli/option_tables.h"

#include "search/registry.h"
#include "trainers/models/family.h"

namespace hone {

OptionTables option_tables() {
  OptionTables tables;
  tables.samplers = sampler_kinds();
  tables.schedulers = scheduler_kinds();
  tables.families = family_kinds();
  tables.trainer = option_infos(trainer_fields());
  return tables;
}

}  // namespace hone
