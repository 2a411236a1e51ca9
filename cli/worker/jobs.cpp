#include "cli/worker/job.h"

namespace hone {

namespace {

constexpr Job kJobs[] = {
    {"import", run_import},
    {"split", run_split},
    {"train", run_train},
    {"evaluate", run_evaluate},
};

}  // namespace

std::span<const Job> jobs() { return kJobs; }

}  // namespace hone
