// Every block of memory begins at a multiple of 64 bytes in programs that search.
//
// Vectorised code treats the numbers before the first aligned one by themselves, so that sums and exponentials round
// differently with the place of a vector in memory: the same ask in another process, after a resume or in `verify` was
// off in the last bits, and after some trials by more. With one alignment for all blocks the place no longer matters.

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
