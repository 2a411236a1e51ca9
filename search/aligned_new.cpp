// Every block of memory begins at a multiple of 64 bytes in programs that search.
//
// Vectorised code treats the numbers before the first aligned one by themselves, so that sums and exponentials round
// differently with the place of a vector in memory: the same ask in another process, after a resume or in `verify` was
// off in the last bits, and after some trials by more. With one alignment for all blocks the place no longer matters.

//
// And what an ask has used stays with the program for the next: pages that the system gives anew it clears first, which
// took a fifth of an ask of a thousand trials.

#include <malloc.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

/// Bytes of the widest vector register (AVX-512).
constexpr std::size_t kAlignment = 64;

/// malloc's own blocks begin at multiples of 16, so at least that much lies before the aligned one: room for the
/// address that free wants.
void* allocate(std::size_t size) {
  void* const block = std::malloc(size + kAlignment);
  if (block == nullptr) return nullptr;
  auto address = reinterpret_cast<std::uintptr_t>(block);
  address = (address + kAlignment) / kAlignment * kAlignment;
  auto* const aligned = reinterpret_cast<void**>(address);
  aligned[-1] = block;
  return aligned;
}

/// Bytes at the end of the heap that are kept when free, and the size from which a block is none of the heap's (the
/// largest that malloc allows).
constexpr int kKept = 64 << 20;
constexpr int kOwnPages = 32 << 20;
[[maybe_unused]] const bool keeps_memory =
    mallopt(M_TRIM_THRESHOLD, kKept) != 0 && mallopt(M_MMAP_THRESHOLD, kOwnPages) != 0;

}  // namespace

// The other forms of new and delete end in these two.

void* operator new(std::size_t size) {
  for (;;) {
    if (void* const block = allocate(size)) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* block) noexcept {
  if (block != nullptr) std::free(static_cast<void**>(block)[-1]);
}

void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
