#include "search/gp/instruction_level.h"

namespace hone {

std::string_view instruction_level() {
#if defined(__AVX512VL__)
  return "x86-64-v4";
#elif defined(__AVX2__)
  return "x86-64-v3";
#elif defined(__x86_64__)
  return "x86-64";
#else
  return "plain";
#endif
}

}  // namespace hone
