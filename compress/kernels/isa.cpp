#include "compress/kernels/isa.h"

#include <fstream>

namespace hone {
namespace {

bool is_here(Isa isa) {
  __builtin_cpu_init();
  if (isa == Isa::scalar) return true;
  if (isa == Isa::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = is_here(Isa::avx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  return isa == Isa::avx512 ? avx512 : avx512 && __builtin_cpu_supports("avx512vnni");
}

}  // namespace

std::string_view name_of(Isa isa) {
  constexpr std::string_view kNames[] = {"scalar", "avx2", "avx512", "avx512-vnni"};
  return kNames[static_cast<std::size_t>(isa)];
}

std::vector<Isa> isas_here() {
  std::vector<Isa> here;
  for (const Isa isa : {Isa::avx512_vnni, Isa::avx512, Isa::avx2, Isa::scalar}) {
    if (is_here(isa)) here.push_back(isa);
  }
  return here;
}

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const std::size_t value = line.find(": ");
    if (line.starts_with("model name") && value != std::string::npos) return line.substr(value + 2);
  }
  return "unknown";
}

}  // namespace hone
