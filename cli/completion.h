#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/option_catalog.h"

namespace hone {

/// A word that may stand at the cursor.
struct CompletionWord {
  std::string word;
  std::string sentence;
};

/// What the shell adds to the candidates, or how it takes them.
enum class ShellPart {
  none,
  files,    ///< names of files and folders
  folders,  ///< names of folders
  keys,     ///< every candidate ends with `=`: no blank behind it
};

struct Completion {
  std::vector<CompletionWord> candidates;
  ShellPart shell = ShellPart::none;
};

/// What may stand in place of the last of `words` (the program's name left out; empty: nothing was typed of it yet).
/// Looks for studies below `folder`, or below that of a -C among the words.
Completion complete(const OptionCatalog& catalog, const std::vector<std::string>& words,
                    const std::filesystem::path& folder);

}  // namespace hone
