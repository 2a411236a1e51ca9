#include "configs/spec_document.h"

#include <algorithm>

#include "core/files.h"

namespace hone {
namespace {

constexpr std::size_t kDeepest = 16;

/// One entry of `include`.
struct Include {
  std::string file;
  bool optional = false;
  Place place;
};

std::optional<Include> read_include(const TomlNode& node, Diagnostics& diagnostics) {
  Include include;
  include.place = node.place;
  if (const std::string* file = text_of(node)) {
    include.file = *file;
    return include;
  }
  const TomlEntry* file = find_entry(node, "file");
  const TomlEntry* optional = find_entry(node, "optional");
  const std::size_t known = (file != nullptr ? 1 : 0) + (optional != nullptr ? 1 : 0);
  const bool good = file != nullptr && text_of(file->value) != nullptr && node.entries.size() == known &&
                    (optional == nullptr || optional->value.kind == TomlKind::boolean);
  if (!good) {
    if (node.kind != TomlKind::refused) {
      diagnostics.error("spec::bad-include", "an include must be a file name or {file = \"…\", optional = true}",
                        node.place);
    }
    return std::nullopt;
  }
  include.file = *text_of(file->value);
  include.optional = optional != nullptr && std::get<bool>(optional->value.scalar);
  return include;
}

/// Loads one file and what it includes; `chain` holds the files that are being loaded.
class Loader {
 public:
  Loader(SpecDocument& document, Diagnostics& diagnostics) : document_(document), diagnostics_(diagnostics) {}

  std::optional<TomlNode> load(const std::string& text, const std::string& file_name,
                               const std::filesystem::path& folder) {
    document_.folders[file_name] = folder;
    auto root = parse_toml(text, file_name, diagnostics_);
    if (!root) return std::nullopt;
    expand_environment(*root, diagnostics_);
    const TomlEntry* entry = find_entry(*root, "include");
    if (entry == nullptr) return root;
    const TomlNode includes = entry->value;
    erase_entry(*root, "include");
    chain_.push_back(file_name);
    TomlNode merged;
    merged.place = root->place;
    if (includes.kind == TomlKind::array) {
      for (const TomlNode& item : includes.items) merge_include(item, file_name, folder, merged);
    } else {
      merge_include(includes, file_name, folder, merged);
    }
    chain_.pop_back();
    merge_tables(merged, std::move(*root));
    return merged;
  }

 private:
  void merge_include(const TomlNode& item, const std::string& from, const std::filesystem::path& folder,
                     TomlNode& merged) {
    const auto include = read_include(item, diagnostics_);
    if (!include) return;
    const std::filesystem::path base = item.from_environment ? std::filesystem::current_path() : folder;
    const std::filesystem::path path = (base / include->file).lexically_normal();
    const std::string shown =
        item.from_environment ? include->file
                              : (std::filesystem::path(from).parent_path() / include->file).lexically_normal().string();
    if (!may_include(shown, include->place)) return;
    std::optional<std::string> text;
    try {
      text = read_file_if_there(path);
    } catch (const Error& problem) {
      diagnostics_.error("spec::include-missing", problem.diagnostics().front().message, include->place);
      return;
    }
    if (!text) {
      if (include->optional) return;
      diagnostics_.error("spec::include-missing", "included file `" + include->file + "` does not exist",
                         include->place, "looked for " + path.string());
      return;
    }
    document_.included_from.emplace(shown, include->place);
    if (auto loaded = load(*text, shown, path.parent_path())) merge_tables(merged, std::move(*loaded));
  }

  bool may_include(const std::string& shown, const Place& place) {
    const auto seen = std::find(chain_.begin(), chain_.end(), shown);
    if (seen != chain_.end()) {
      std::string circle;
      for (auto file = seen; file != chain_.end(); ++file) circle += *file + " -> ";
      diagnostics_.error("spec::include-cycle", "files include each other: " + circle + shown, place);
      return false;
    }
    if (chain_.size() >= kDeepest) {
      diagnostics_.error("spec::include-deep", "files may include each other at most 16 deep", place);
      return false;
    }
    return true;
  }

  SpecDocument& document_;
  Diagnostics& diagnostics_;
  std::vector<std::string> chain_;
};

}  // namespace

void merge_tables(TomlNode& base, TomlNode&& over) {
  for (TomlEntry& entry : over.entries) {
    TomlEntry* below = find_entry(base, entry.name);
    if (below == nullptr) {
      base.entries.push_back(std::move(entry));
    } else if (below->value.kind == TomlKind::table && entry.value.kind == TomlKind::table) {
      below->key = entry.key;
      below->value.place = entry.value.place;
      merge_tables(below->value, std::move(entry.value));
    } else {
      *below = std::move(entry);
    }
  }
}

SpecDocument load_document(const std::string& text, const std::string& file_name, const std::filesystem::path& folder,
                           Diagnostics& diagnostics) {
  SpecDocument document;
  if (auto root = Loader(document, diagnostics).load(text, file_name, folder)) document.root = std::move(*root);
  return document;
}

void lay_file(SpecDocument& document, const std::string& file, Diagnostics& diagnostics) {
  const std::filesystem::path folder = std::filesystem::absolute(file).lexically_normal().parent_path();
  if (auto root = Loader(document, diagnostics).load(read_file(file), file, folder)) {
    merge_tables(document.root, std::move(*root));
  }
}

}  // namespace hone
