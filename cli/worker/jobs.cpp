#include "cli/worker/job.h"

namespace hone {

namespace {

constexpr Job kJobs[] = {
    {"import", run_import},     {"split", run_split},     {"train", run_train}, {"evaluate", run_evaluate},
    {"compress", run_compress}, {"predict", run_predict}, {"about", run_about}, {"inspect", run_inspect},
};

}  // namespace

std::span<const Job> jobs() { return kJobs; }

}  // namespace hone
