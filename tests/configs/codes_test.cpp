#include "configs/codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "core/files.h"

namespace hone {
namespace {

/// Codes that stand as literals in the sources of a folder.
std::set<std::string> codes_in(const std::filesystem::path& folder) {
  std::set<std::string> codes;
  const std::regex code("\"((?:spec|expression|space|compress)::[a-z-]+)\"");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "codes.cpp") continue;
    const std::string text = read_file(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), code), end; match != end; ++match) {
      codes.insert((*match)[1]);
    }
  }
  // Not of the loader: thrown for values that the loader has checked before.
  codes.erase("spec::unknown-option");
  codes.erase("spec::bad-option");
  return codes;
}

std::filesystem::path configs_folder() { return std::filesystem::path(HONE_SOURCE_DIR) / "configs"; }

TEST(CodePages, EveryCodeOfTheLoaderHasAPage) {
  const std::set<std::string> codes = codes_in(configs_folder());
  EXPECT_GT(codes.size(), 30u);
  for (const std::string& code : codes) EXPECT_NE(find_code_page(code), nullptr) << code;
}

TEST(CodePages, EveryPageExplainsACodeThatExists) {
  const std::set<std::string> codes = codes_in(configs_folder());
  for (const CodePage& page : code_pages()) EXPECT_EQ(codes.count(std::string(page.code)), 1u) << page.code;
}

TEST(CodePages, HoldAnExplanationAndTwoExamples) {
  std::set<std::string_view> seen;
  for (const CodePage& page : code_pages()) {
    EXPECT_TRUE(seen.insert(page.code).second) << page.code;
    EXPECT_GT(page.explanation.size(), 60u) << page.code;
    EXPECT_FALSE(page.wrong.empty()) << page.code;
    EXPECT_NE(page.wrong, page.right) << page.code;
  }
}

TEST(CodePages, AreFoundByCode) {
  ASSERT_NE(find_code_page("spec::unknown-key"), nullptr);
  EXPECT_EQ(find_code_page("spec::nothing"), nullptr);
  ASSERT_NE(find_code_page("study::busy"), nullptr);
  EXPECT_EQ(code_names().size(), code_pages().size() + running_code_pages().size() + program_code_pages().size());
}

/// Literals of the form "area::slug" in all sources but the pages themselves.
std::set<std::string> codes_in_all_sources() {
  std::set<std::string> codes;
  const std::regex code("\"([a-z]+::[a-z-]+)\"");
  for (const char* folder : {"core", "configs", "search", "datasets", "trainers", "compress", "cli"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(configs_folder().parent_path() / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      if (entry.path().filename().string().ends_with("codes.cpp")) continue;
      const std::string text = read_file(entry.path());
      for (std::sregex_iterator match(text.begin(), text.end(), code), end; match != end; ++match) {
        codes.insert((*match)[1]);
      }
    }
  }
  return codes;
}

TEST(CodePages, AreThereForEveryCodeInTheSources) {
  const std::set<std::string> codes = codes_in_all_sources();
  EXPECT_GT(codes.size(), 100u);
  for (const std::string& code : codes) EXPECT_NE(find_code_page(code), nullptr) << code;
}

TEST(CodePages, OfRunningAndTheProgramsExplainCodesThatTheSourcesThrow) {
  const std::set<std::string> thrown = codes_in_all_sources();
  std::set<std::string_view> seen;
  for (const auto& pages : {code_pages(), running_code_pages(), program_code_pages()}) {
    for (const CodePage& page : pages) {
      // Answers of ask-tell put their codes together from the area and a slug.
      const bool is_thrown = page.code.starts_with("ask::") || thrown.count(std::string(page.code)) == 1;
      EXPECT_TRUE(is_thrown) << page.code;
      EXPECT_TRUE(seen.insert(page.code).second) << page.code;
    }
  }
}

}  // namespace
}  // namespace hone
