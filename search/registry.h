#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/samplers/sampler.h"
#include "search/schedulers/scheduler.h"

namespace hone {

/// The tables kSamplers and kSchedulers (search/registry.cpp) without their factories: for load_spec and explain.
std::vector<KindInfo> sampler_kinds();
std::vector<KindInfo> scheduler_kinds();

/// The sampler a spec asks for. The spec was checked by load_spec.
std::unique_ptr<Sampler> make_sampler(const ExperimentSpec& spec);
/// The scheduler a spec asks for; `auto` is ASHA when fidelity.max ≥ 4·fidelity.min, else none.
std::unique_ptr<Scheduler> make_scheduler(const ExperimentSpec& spec);

}  // namespace hone
