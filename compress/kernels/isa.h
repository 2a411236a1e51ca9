#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// Instruction sets our kernels are written for, each including those before it.
enum class Isa { scalar, avx2, avx512, avx512_vnni };

std::string_view name_of(Isa isa);
/// Those of this processor, best first; scalar is always the last.
std::vector<Isa> isas_here();
/// "Intel(R) Xeon(R) Processor", from /proc/cpuinfo; "unknown" where it does not say.
std::string cpu_model();

}  // namespace hone
