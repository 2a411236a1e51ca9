#pragma once

#include <string>

#include "cli/console.h"

namespace CLI {
class App;
}

namespace hone {

/// The flags that stand before or behind any verb.
struct GlobalOptions {
  ConsoleOptions console;
  /// Work in this folder; empty: where the program was started.
  std::string folder;
  bool help = false;
  bool version = false;
};

/// Declares them on the program; `globals` must outlive it.
void declare_globals(CLI::App& app, GlobalOptions& globals);

}  // namespace hone
