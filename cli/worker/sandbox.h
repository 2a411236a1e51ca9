#pragma once

#include <cstdint>

namespace hone {

/// What a process that opens files from outside may still do (reliability.md §10): it takes at most `more_bytes` of
/// address space beyond what it has now and an hour of computing, opens no sockets and starts no programs. For the rest
/// of the process: only fresh workers enter it. Where the kernel offers no filter only the limits hold.
void enter_sandbox(std::int64_t more_bytes);

/// What a job that opens a data file may take.
inline constexpr std::int64_t kSandboxBytes = std::int64_t{32} << 30;

}  // namespace hone
