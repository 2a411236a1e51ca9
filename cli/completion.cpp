#include "cli/completion.h"

#include <algorithm>

#include "cli/explain_options.h"
#include "cli/study_files.h"
#include "configs/codes.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

bool starts_with(const std::string& text, const std::string& head) { return text.rfind(head, 0) == 0; }

/// What was typed before the cursor.
struct TypedWords {
  const VerbEntry* verb = nullptr;
  /// Positionals behind the verb.
  std::size_t positionals = 0;
  /// The option whose word stands at the cursor.
  const OptionEntry* waiting = nullptr;
  /// Behind `--` nothing is an option.
  bool only_positionals = false;
  fs::path folder;
};

const OptionEntry* find_option(const OptionCatalog& catalog, const VerbEntry* verb, const std::string& name) {
  const auto search = [&](const std::vector<OptionEntry>& options) -> const OptionEntry* {
    for (const OptionEntry& option : options) {
      if (std::find(option.names.begin(), option.names.end(), name) != option.names.end()) return &option;
    }
    return nullptr;
  };
  if (verb != nullptr) {
    if (const OptionEntry* option = search(verb->options)) return option;
  }
  return search(catalog.globals);
}

TypedWords read_words(const OptionCatalog& catalog, const std::vector<std::string>& words, const fs::path& folder) {
  TypedWords typed;
  typed.folder = folder;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    if (typed.waiting != nullptr) {
      if (typed.waiting->names.front() == "-C") typed.folder = folder / word;
      typed.waiting = nullptr;
    } else if (!typed.only_positionals && word == "--") {
      typed.only_positionals = true;
    } else if (!typed.only_positionals && word.size() > 1 && word.front() == '-') {
      const OptionEntry* option = find_option(catalog, typed.verb, word);
      if (option != nullptr && option->takes_word) typed.waiting = option;
    } else if (typed.verb == nullptr) {
      typed.verb = find_verb(catalog, word);
    } else {
      ++typed.positionals;
    }
  }
  return typed;
}

std::vector<CompletionWord> study_candidates(const fs::path& folder) {
  std::vector<CompletionWord> found;
  for (const fs::path& study : studies_in(folder / "studies")) {
    found.push_back({study.lexically_relative(folder).string(), "study"});
  }
  return found;
}

std::vector<CompletionWord> key_candidates() {
  std::vector<CompletionWord> found;
  for (const SectionInfo& section : section_infos()) {
    if (section.name == "space") continue;
    for (const OptionInfo& option : section.options) {
      found.push_back({section.name + "." + option.name + "=", option.meaning});
    }
  }
  return found;
}

std::vector<CompletionWord> topic_candidates() {
  std::vector<CompletionWord> found;
  for (const std::string& topic : topic_names()) found.push_back({topic, "topic"});
  for (const std::string& code : code_names()) found.push_back({code, "error code"});
  return found;
}

std::vector<CompletionWord> verb_candidates(const OptionCatalog& catalog) {
  std::vector<CompletionWord> found;
  for (const VerbEntry& verb : catalog.verbs) found.push_back({verb.name, verb.sentence});
  return found;
}

/// What an option or a positional takes, by its choices or the name of its value.
Completion value_completion(const OptionCatalog& catalog, const OptionEntry& entry, const std::string& value,
                            const fs::path& folder) {
  Completion completion;
  for (const std::string& choice : entry.choices) completion.candidates.push_back({choice, ""});
  if (!completion.candidates.empty()) return completion;
  if (value == "KEY=VALUE") return {key_candidates(), ShellPart::keys};
  if (value == "STUDY" || value == "OLD") return {study_candidates(folder), ShellPart::files};
  if (value == "TRIAL") return {{{"best", "the best trial"}, {"latest", "the newest trial"}}, ShellPart::none};
  if (value == "WHAT") return {topic_candidates(), ShellPart::files};
  if (value == "VERB") return {verb_candidates(catalog), ShellPart::none};
  if (value == "DIR" || value == "FOLDER") return {{}, ShellPart::folders};
  if (value == "N" || value == "NAME" || value == "EXPR") return {};
  return {{}, ShellPart::files};
}

std::vector<CompletionWord> option_candidates(const OptionCatalog& catalog, const VerbEntry* verb) {
  std::vector<CompletionWord> found;
  const auto add = [&](const std::vector<OptionEntry>& options) {
    for (const OptionEntry& option : options) {
      for (const std::string& name : option.names) found.push_back({name, option.sentence});
    }
  };
  if (verb != nullptr) add(verb->options);
  add(catalog.globals);
  return found;
}

Completion all_for(const OptionCatalog& catalog, const TypedWords& typed, const std::string& current) {
  if (typed.waiting != nullptr) return value_completion(catalog, *typed.waiting, typed.waiting->value, typed.folder);
  if (!typed.only_positionals && starts_with(current, "-")) {
    const std::size_t equals = current.find('=');
    if (equals == std::string::npos) return {option_candidates(catalog, typed.verb), ShellPart::none};
    const std::string name = current.substr(0, equals);
    const OptionEntry* option = find_option(catalog, typed.verb, name);
    if (option == nullptr) return {};
    Completion completion = value_completion(catalog, *option, option->value, typed.folder);
    for (CompletionWord& candidate : completion.candidates) candidate.word = name + "=" + candidate.word;
    return completion;
  }
  if (typed.verb == nullptr) return {verb_candidates(catalog), ShellPart::none};
  const std::vector<OptionEntry>& positionals = typed.verb->positionals;
  if (positionals.empty()) return {};
  const bool beyond = typed.positionals >= positionals.size();
  if (beyond && !positionals.back().repeated) return {};
  const OptionEntry& positional = beyond ? positionals.back() : positionals[typed.positionals];
  return value_completion(catalog, positional, positional.names.front(), typed.folder);
}

}  // namespace

Completion complete(const OptionCatalog& catalog, const std::vector<std::string>& words, const fs::path& folder) {
  const std::string current = words.empty() ? "" : words.back();
  Completion completion = all_for(catalog, read_words(catalog, words, folder), current);
  std::erase_if(completion.candidates, [&](const CompletionWord& one) { return !starts_with(one.word, current); });
  return completion;
}

}  // namespace hone
