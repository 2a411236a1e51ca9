#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Layer {
  std::set<std::string> folders;
  std::set<std::string> third_party;
};

std::set<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::set<std::string> words;
  for (std::string word; stream >> word;) words.insert(word);
  return words;
}

std::map<std::string, Layer> load_layers() {
  std::map<std::string, Layer> layers;
  std::ifstream file(HONE_SOURCE_DIR "/cmake/layers.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto colon = line.find(':');
    const auto bar = line.find('|');
    layers[line.substr(0, colon)] = {words_of(line.substr(colon + 1, bar - colon - 1)), words_of(line.substr(bar + 1))};
  }
  return layers;
}

/// The longest layer that is a prefix of a path, or "".
std::string layer_of(const std::map<std::string, Layer>& layers, const std::string& path) {
  std::string best;
  for (const auto& [name, layer] : layers) {
    if (path.rfind(name + "/", 0) == 0 && name.size() > best.size()) best = name;
  }
  return best;
}

/// The name under which layers.txt lists a third-party header; "" for the standard library, POSIX, fmt and
/// nlohmann-json.
std::string third_party_of(const std::string& header) {
  static const std::vector<std::pair<std::string, std::string>> kPrefixes = {
      {"toml++/", "toml++"}, {"sqlite3.h", "sqlite3"},  {"re2/", "re2"},     {"hdf5.h", "hdf5"},
      {"H5", "hdf5"},        {"zlib.h", "zlib"},        {"torch/", "torch"}, {"ATen/", "torch"},
      {"c10/", "torch"},     {"CLI/", "CLI"},           {"png.h", "png"},    {"jpeglib.h", "jpeg"},
      {"jerror.h", "jpeg"},  {"archive", "libarchive"}, {"gtest/", "gtest"}, {"Eigen/", "Eigen"}};
  for (const auto& [prefix, name] : kPrefixes) {
    if (header.rfind(prefix, 0) == 0) return name;
  }
  return "";
}

std::vector<std::string> complaints_about(const std::map<std::string, Layer>& layers, const std::string& path,
                                          std::istream& text) {
  const std::string own = layer_of(layers, path);
  if (own.empty()) return {path + ": in no layer of cmake/layers.txt"};
  const Layer& layer = layers.at(own);
  if (layer.folders.count("*")) return {};
  std::vector<std::string> complaints;
  const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  for (std::string line; std::getline(text, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string header = match[2];
    if (match[1] == "\"") {
      const std::string other = layer_of(layers, header);
      if (other != own && !layer.folders.count(other)) complaints.push_back(path + " must not include " + header);
    } else if (const std::string name = third_party_of(header); !name.empty() && !layer.third_party.count(name)) {
      complaints.push_back(path + " must not include <" + header + ">");
    }
  }
  return complaints;
}

TEST(Layers, EveryIncludeLooksDownwards) {
  const auto layers = load_layers();
  ASSERT_GE(layers.size(), 10u);
  int files = 0;
  for (const char* top : {"cli", "search", "trainers", "compress", "datasets", "configs", "core"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(HONE_SOURCE_DIR) / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp" && extension != ".cu") continue;
      std::ifstream text(entry.path());
      for (const std::string& complaint :
           complaints_about(layers, fs::relative(entry.path(), HONE_SOURCE_DIR).string(), text)) {
        ADD_FAILURE() << complaint;
      }
      ++files;
    }
  }
  EXPECT_GT(files, 50);
}

TEST(Layers, AnUpwardIncludeIsFound) {
  const auto layers = load_layers();
  std::istringstream text("#include \"search/study.h\"\n#include <torch/torch.h>\n#include \"core/error.h\"\n");
  EXPECT_EQ(complaints_about(layers, "configs/x.cpp", text),
            (std::vector<std::string>{"configs/x.cpp must not include search/study.h",
                                      "configs/x.cpp must not include <torch/torch.h>"}));
}

}  // namespace
