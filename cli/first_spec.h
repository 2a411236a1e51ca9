#pragma once

#include <optional>
#include <string>
#include <vector>

#include "configs/data_facts.h"

namespace hone {

/// Texts of commented specs that run as they are: what `hone init` writes.

/// What is judged; nothing where the user did not say.
struct FirstObjective {
  std::string metric;
  bool maximize = false;
};

/// A built-in trainer on a table or on images. `source` and `target` as they shall stand in `file`.
std::string spec_for_data(const std::string& file, const std::string& source, const std::string& target,
                          const DataFacts& facts, const std::optional<FirstObjective>& objective);

/// A command, searched in the {name}s of its arguments; without one, in a rate that the command finds in its
/// environment.
std::string spec_for_command(const std::string& file, const std::vector<std::string>& argv,
                             const std::optional<FirstObjective>& objective);

/// A study of a few seconds that needs nothing but a shell, to be changed into one's own.
std::string spec_to_begin_with(const std::string& file);

/// The text as lines of comment.
std::string as_comment(const std::string& text);
/// A spec's canonical text with a comment on each section.
std::string with_section_comments(const std::string& canonical);

/// The words of a command line: separated by blanks, quotes of both kinds keep words together, a backslash the next
/// character, braces a declaration such as {lr: 1e-5..1e-1 log}. Nothing when a quote is not closed.
std::optional<std::vector<std::string>> split_command_line(const std::string& line);

}  // namespace hone
