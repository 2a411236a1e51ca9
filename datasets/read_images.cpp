#include <algorithm>
#include <map>
#include <utility>

#include "core/error.h"
#include "datasets/data_format.h"
#include "datasets/formats/image.h"
#include "datasets/labels.h"
#include "datasets/picture_source.h"

namespace hone {
namespace {

/// At most `limit` entries of each part, evenly spaced, so that pictures sorted by class keep every class.
std::vector<PictureEntry> limited(std::vector<PictureEntry> entries, std::int64_t limit) {
  std::vector<PictureEntry> kept;
  for (std::size_t first = 0; first < entries.size();) {
    std::size_t end = first;
    while (end < entries.size() && entries[end].part == entries[first].part) ++end;
    const auto count = static_cast<std::int64_t>(end - first);
    for (std::int64_t i = 0; i < count; ++i) {
      const bool next_share = i == 0 || i * limit / count != (i - 1) * limit / count;
      if (limit >= count || next_share) kept.push_back(entries[first + static_cast<std::size_t>(i)]);
    }
    first = end;
  }
  return kept;
}

std::string name_of(const PictureEntry& entry) {
  return entry.number == 0 ? entry.file : entry.path + "` in `" + entry.file;
}

std::string size_text(const Picture& picture) {
  return std::to_string(picture.height) + " x " + std::to_string(picture.width);
}

/// Pictures of one size, as they come; grey until the first coloured one.
class PictureCollector {
 public:
  explicit PictureCollector(const DatasetSpec& spec) : size_(spec.image_size) {}

  void take(const PictureEntry& entry, const std::string& bytes) {
    Picture picture = decode_picture(bytes, name_of(entry));
    if (size_.empty()) {
      size_ = {picture.height, picture.width};
      first_ = name_of(entry);
    }
    if (first_.empty()) picture = resized(picture, size_[0], size_[1]);
    if (picture.height != size_[0] || picture.width != size_[1]) {
      throw Error("data::bad-image",
                  "`" + name_of(entry) + "` is " + size_text(picture) + " pixels, `" + first_ + "` is " +
                      std::to_string(size_[0]) + " x " + std::to_string(size_[1]) +
                      ": say image_size = [height, width], which all are brought to",
                  Place{entry.file});
    }
    if (picture.channels > channels_) make_coloured();
    append_planes(with_channels(picture, channels_), pixels_);
    ++rows_;
  }

  void give(ImportedData& data) {
    data.facts.rows = rows_;
    data.facts.shape = {channels_, size_[0], size_[1]};
    data.arrays["image"] = make_array<std::uint8_t>({rows_, channels_, size_[0], size_[1]}, pixels_);
  }

 private:
  void make_coloured() {
    std::vector<std::uint8_t> coloured;
    const auto plane = static_cast<std::ptrdiff_t>(size_[0] * size_[1]);
    for (auto at = pixels_.begin(); at != pixels_.end(); at += plane) {
      for (int channel = 0; channel < 3; ++channel) coloured.insert(coloured.end(), at, at + plane);
    }
    pixels_ = std::move(coloured);
    channels_ = 3;
  }

  std::vector<std::int64_t> size_;
  /// The picture that gave the size; empty when the spec did.
  std::string first_;
  std::int64_t channels_ = 1;
  std::int64_t rows_ = 0;
  std::vector<std::uint8_t> pixels_;
};

ImportedData read_images(const DatasetSpec& spec) {
  std::vector<PictureEntry> entries = list_pictures(spec);
  if (spec.limit) entries = limited(std::move(entries), *spec.limit);
  std::map<std::string, std::int64_t> codes;
  for (const PictureEntry& entry : entries) codes.emplace(entry.label, 0);
  Labels labels;
  for (auto& [label, code] : codes) {
    code = static_cast<std::int64_t>(labels.classes.size());
    labels.classes.push_back(label);
  }
  ImportedData data;
  std::vector<std::pair<Part, std::int64_t>> counts;
  PictureCollector pictures(spec);
  read_pictures(entries, [&](const PictureEntry& entry, const std::string& bytes) {
    pictures.take(entry, bytes);
    labels.codes.push_back(codes.at(entry.label));
    counts.emplace_back(entry.part, 1);
  });
  pictures.give(data);
  add_labels(std::move(labels), named_files(spec).front().path.string(), data);
  add_parts(counts, data);
  return data;
}

}  // namespace

const DataFormat kImagesFormat = {"images", picture_files, read_images};

}  // namespace hone
