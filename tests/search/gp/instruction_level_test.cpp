#include "search/gp/instruction_level.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace hone {
namespace {

std::string_view level_of_the_machine() {
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) return "x86-64-v4";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "x86-64-v3";
#endif
#if defined(__x86_64__)
  return "x86-64";
#else
  return "plain";
#endif
}

TEST(InstructionLevel, IsTheHighestThatTheMachineHas) {
  if (std::getenv("GLIBC_TUNABLES") != nullptr) GTEST_SKIP() << "GLIBC_TUNABLES may hide instructions";
  EXPECT_EQ(instruction_level(), level_of_the_machine());
}

}  // namespace
}  // namespace hone
