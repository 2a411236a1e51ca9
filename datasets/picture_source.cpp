#include "datasets/picture_source.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "datasets/formats/archive.h"
#include "datasets/formats/image.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostFileBytes = 64 << 20;

std::optional<Part> part_named(std::string_view name) {
  const std::string word = to_lower(name);
  if (word == "train" || word == "training") return Part::train;
  if (word == "val" || word == "valid" || word == "validation") return Part::validation;
  if (word == "test" || word == "testing") return Part::test;
  return std::nullopt;
}

bool is_wanted(const std::string& path) {
  for (const std::string& part : split(path, '/')) {
    if (part.starts_with('.')) return false;
  }
  return is_picture_name(path);
}

PictureEntry entry_of(const std::string& file, const std::string& path, Part part) {
  PictureEntry entry;
  entry.file = file;
  entry.path = path;
  entry.part = part;
  const std::vector<std::string> names = split(path, '/');
  if (names.size() > 1) entry.label = names[names.size() - 2];
  for (std::size_t i = 0; i + 2 < names.size(); ++i) entry.part = part_named(names[i]).value_or(entry.part);
  return entry;
}

void list_archive(const SourceFile& source, std::vector<PictureEntry>& entries) {
  const std::string file = source.path.string();
  walk_archive(file, [&](const ArchiveEntry& found, const auto&) {
    if (!is_wanted(found.path)) return;
    entries.push_back(entry_of(file, found.path, source.part));
    entries.back().number = found.number;
  });
}

/// Pictures below a folder, by path. Links to folders are not followed.
std::vector<fs::path> pictures_below(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if (entry.is_regular_file() && is_wanted(path)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Archives that lie in a folder, by name.
std::vector<SourceFile> archives_in(const fs::path& folder) {
  std::vector<SourceFile> archives;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!is_archive_name(name)) continue;
    archives.push_back({entry.path(), part_named(name.substr(0, name.find('.'))).value_or(Part::train)});
  }
  std::sort(archives.begin(), archives.end(), [](const SourceFile& a, const SourceFile& b) {
    return std::tie(a.part, a.path) < std::tie(b.part, b.path);
  });
  return archives;
}

[[noreturn]] void throw_no_label(const PictureEntry& entry) {
  throw Error("data::no-pictures",
              "picture `" + entry.path + "` of `" + entry.file +
                  "` lies in no folder that names its class: CLASS/picture.png, or train/CLASS/picture.png, is wanted",
              Place{entry.file});
}

}  // namespace

std::vector<SourceFile> picture_files(const DatasetSpec& spec) {
  std::vector<SourceFile> files;
  for (const SourceFile& named : named_files(spec)) {
    if (!fs::is_directory(named.path)) {
      files.push_back(named);
      continue;
    }
    std::vector<SourceFile> archives = archives_in(named.path);
    if (!archives.empty()) {
      files.insert(files.end(), archives.begin(), archives.end());
      continue;
    }
    for (const fs::path& path : pictures_below(named.path)) {
      files.push_back({path, named.part, path.lexically_relative(named.path).string()});
    }
  }
  return files;
}

std::vector<PictureEntry> list_pictures(const DatasetSpec& spec) {
  std::vector<PictureEntry> entries;
  for (const SourceFile& file : picture_files(spec)) {
    if (is_archive_name(file.path.string())) {
      list_archive(file, entries);
    } else if (!file.role.empty()) {
      entries.push_back(entry_of(file.path.string(), file.role, file.part));
    } else {
      throw Error("data::unsupported",
                  "`" + file.path.string() + "` is neither a folder nor an archive (.tar, .tar.gz, .tar.xz, .zip)");
    }
  }
  const std::string where = named_files(spec).front().path.string();
  if (entries.empty()) {
    throw Error("data::no-pictures", "`" + where +
                                         "` holds no PNG or JPEG files, no archives with them, and no IDX or NumPy "
                                         "files");
  }
  for (const PictureEntry& entry : entries) {
    if (entry.label.empty()) throw_no_label(entry);
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const PictureEntry& a, const PictureEntry& b) { return a.part < b.part; });
  return entries;
}

void read_pictures(const std::vector<PictureEntry>& entries,
                   const std::function<void(const PictureEntry&, const std::string& bytes)>& take) {
  for (std::size_t first = 0; first < entries.size();) {
    const PictureEntry& entry = entries[first];
    if (entry.number == 0) {
      if (fs::file_size(entry.file) > kMostFileBytes) {
        throw Error("data::bad-image", "`" + entry.file + "` is larger than 64 MiB", Place{entry.file});
      }
      take(entry, read_file(entry.file));
      ++first;
      continue;
    }
    // One pass over the archive serves all entries of it that follow: their numbers ascend.
    std::size_t next = first;
    walk_archive(entry.file, [&](const ArchiveEntry& found, const std::function<std::string()>& content) {
      const bool wanted =
          next < entries.size() && entries[next].file == entries[first].file && entries[next].number == found.number;
      if (wanted) take(entries[next++], content());
    });
    if (next == first) throw Error("data::bad-archive", "archive `" + entry.file + "` changed while it was read");
    first = next;
  }
}

}  // namespace hone
