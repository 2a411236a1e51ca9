#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hone {

/// The page `hone explain CODE` shows for a diagnostic.
struct CodePage {
  std::string_view code;
  /// Two to four sentences: what the code says, why it is an error, what to do.
  std::string_view explanation;
  /// An example that gives the diagnostic, and the same put right; empty where no few lines of a spec are the cause.
  std::string_view wrong = {};
  std::string_view right = {};
};

/// Pages of every code that loading a spec can give.
std::span<const CodePage> code_pages();
/// Pages of the codes that come later: from data, studies, commands, workers and models.
std::span<const CodePage> running_code_pages();
/// Pages of the codes of the command line, and of mistakes between or inside the programs.
std::span<const CodePage> program_code_pages();
/// Of all; null when there is none.
const CodePage* find_code_page(std::string_view code);
/// All codes, for did-you-mean.
std::vector<std::string> code_names();

}  // namespace hone
