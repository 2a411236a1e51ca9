#include "compress/kernels/dot_kernels.h"

namespace hone {

DotU8 dot_u8_kernel(Isa isa) {
  if (isa == Isa::avx512_vnni) return dot_u8_vnni;
  return isa == Isa::scalar ? dot_u8_scalar : dot_u8_avx2;
}

DotF32 dot_f32_kernel(Isa isa) {
  if (isa == Isa::avx512_vnni || isa == Isa::avx512) return dot_f32_avx512;
  return isa == Isa::scalar ? dot_f32_scalar : dot_f32_avx2;
}

const char* dot_u8_name(Isa isa) {
  if (isa == Isa::avx512_vnni) return "own-vnni-int8";
  return isa == Isa::scalar ? "own-scalar-int8" : "own-avx2-int8";
}

const char* dot_f32_name(Isa isa) {
  if (isa == Isa::avx512_vnni || isa == Isa::avx512) return "own-avx512-fp32";
  return isa == Isa::scalar ? "own-scalar-fp32" : "own-avx2-fp32";
}

}  // namespace hone
