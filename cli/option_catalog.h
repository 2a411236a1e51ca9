#pragma once

#include <string>
#include <vector>

namespace hone {

/// An option, a flag or a positional of the command line.
struct OptionEntry {
  /// `-o --output`; a positional has the one name that usage lines show.
  std::vector<std::string> names;
  /// What stands behind it, `FILE`; empty for flags, `[=FILE]` where it may be left out.
  std::string value;
  /// All words it takes, where they are few.
  std::vector<std::string> choices;
  std::string sentence;
  bool required = false;
  /// May stand there several times.
  bool repeated = false;
  /// The next argument belongs to it.
  bool takes_word = false;
};

struct VerbEntry {
  std::string name;
  std::string group;
  std::string sentence;
  std::vector<OptionEntry> options;
  std::vector<OptionEntry> positionals;
  /// A paragraph below the options; may be empty.
  std::string footer;
};

/// All that can be typed, read from the declarations of the verbs: the one source of help, man pages and completion.
struct OptionCatalog {
  std::vector<OptionEntry> globals;
  std::vector<VerbEntry> verbs;
};
OptionCatalog option_catalog();

/// Null when there is no such verb.
const VerbEntry* find_verb(const OptionCatalog& catalog, const std::string& name);

/// `-o, --output FILE`, `--events[=FILE]`.
std::string option_usage(const OptionEntry& option);
/// `[STUDY]`, `diff|migrate`, `FILE…`.
std::string positional_usage(const OptionEntry& positional);
/// `hone space [flags] diff|migrate OLD NEW`.
std::string verb_usage(const VerbEntry& verb);

}  // namespace hone
