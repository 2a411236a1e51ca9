#pragma once

/// The only way to toml++, for .cpp files of configs. Some malformed texts (`a = [}]`) fail an assertion of toml++
/// 3.3.0, or are undefined behaviour where assertions are off: here each is a toml::parse_error, though without place.
namespace hone {
[[noreturn]] void throw_toml_assertion();
}

// toml++ replaces TOML_ASSERT where NDEBUG is defined.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::hone::throw_toml_assertion())
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
