#include "configs/spec_document.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/files.h"
#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

/// Files in a folder of their own.
class SpecDocumentTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    write_file(folder_.path() / name, text, Durability::renamed);
  }
  /// Canonical text of the document, or its mistakes as "code line message".
  std::string load(const std::string& text) {
    Diagnostics diagnostics;
    const SpecDocument document = load_document(text, "main.toml", folder_.path(), diagnostics);
    std::string mistakes;
    for (const Diagnostic& one : diagnostics.list()) {
      mistakes += one.code + " " + one.place.file + ":" + std::to_string(one.place.line) + " " + one.message + "\n";
    }
    return mistakes.empty() ? write_toml(document.root, {}) : mistakes;
  }
  TemporaryFolder folder_;
};

TEST_F(SpecDocumentTest, LaterIncludesAndTheFileItselfWin) {
  write("a.toml", "x = 1\ny = 1\nz = 1\nt = {p = 1, q = 1}\nl = [1, 2]\n");
  write("b.toml", "y = 2\nz = 2\nt = {q = 2}\n");
  EXPECT_EQ(load("include = [\"a.toml\", \"b.toml\"]\nz = 3\nl = [3]\n"),
            "l = [3]\nx = 1\ny = 2\nz = 3\n\n[t]\np = 1\nq = 2\n");
}

TEST_F(SpecDocumentTest, IncludesAreRelativeToTheirFile) {
  write("sub/a.toml", "include = \"b.toml\"\na = 1\n");
  write("sub/b.toml", "b = 1\n");
  EXPECT_EQ(load("include = \"sub/a.toml\"\n"), "a = 1\nb = 1\n");
}

TEST_F(SpecDocumentTest, OptionalIncludesMayBeAbsent) {
  EXPECT_EQ(load("include = [{file = \"none.toml\", optional = true}]\na = 1\n"), "a = 1\n");
  EXPECT_EQ(load("include = [{file = \"none.toml\", optional = false}]\n"),
            "spec::include-missing main.toml:1 included file `none.toml` does not exist\n");
}

TEST_F(SpecDocumentTest, ShowsCyclesAsAChain) {
  write("a.toml", "include = \"b.toml\"\n");
  write("b.toml", "include = \"a.toml\"\n");
  EXPECT_EQ(load("include = \"a.toml\"\n"),
            "spec::include-cycle b.toml:1 files include each other: a.toml -> b.toml -> a.toml\n");
}

TEST_F(SpecDocumentTest, BoundsTheDepthOfIncludes) {
  for (int i = 0; i < 20; ++i) {
    write("f" + std::to_string(i) + ".toml", "include = \"f" + std::to_string(i + 1) + ".toml\"\n");
  }
  EXPECT_EQ(load("include = \"f0.toml\"\n"),
            "spec::include-deep f14.toml:1 files may include each other at most 16 deep\n");
}

TEST_F(SpecDocumentTest, AFileMayBeIncludedTwice) {
  write("a.toml", "include = \"base.toml\"\na = 1\n");
  write("b.toml", "include = \"base.toml\"\nb = 1\n");
  write("base.toml", "c = 1\n");
  EXPECT_EQ(load("include = [\"a.toml\", \"b.toml\"]\n"), "a = 1\nb = 1\nc = 1\n");
}

TEST_F(SpecDocumentTest, MistakesInIncludedFilesSayWhoIncludedThem) {
  write("base.toml", "[budget]\ntrails = 3\n");
  const LoadedSpec loaded =
      load_spec_text("include = [\"base.toml\"]\n" + builtin_spec(), "main.toml", folder_.path(), sample_tables());
  ASSERT_EQ(loaded.diagnostics.list().size(), 1u);
  const Diagnostic& mistake = loaded.diagnostics.list()[0];
  EXPECT_EQ(render_diagnostic(
                mistake, [](const std::string&) { return "[budget]\ntrails = 3\n"; }, false),
            "error[spec::unknown-key]: unknown key `trails` in [budget]\n"
            "  --> base.toml:2:1\n"
            "2 | trails = 3\n"
            "  | ^^^^^^ did you mean `trials`?\n"
            "note: included from main.toml:1:12; help: hone explain spec::unknown-key\n");
}

TEST_F(SpecDocumentTest, PathsAreRelativeToTheFileTheyStandIn) {
  write("sub/data.toml", "dataset = {source = \"x.csv\", target = 1}\n");
  const LoadedSpec loaded = load_spec_text("include = \"sub/data.toml\"\n" + builtin_spec({"-dataset"}), "main.toml",
                                           folder_.path(), sample_tables());
  EXPECT_EQ(loaded.spec.dataset.source, (folder_.path() / "sub/x.csv").string());
}

TEST_F(SpecDocumentTest, ExpandsTheEnvironmentInTexts) {
  setenv("HONE_TEST_NAME", "ada", 1);
  setenv("HONE_TEST_EMPTY", "", 1);
  EXPECT_EQ(load("a = \"x-${env:HONE_TEST_NAME}-${env:HONE_TEST_EMPTY:-y z}\"\nb = [\"${env:HONE_TEST_NAME:-q}\"]\n"
                 "c = \"${HOME} {lr}\"\n"),
            "a = \"x-ada-y z\"\nb = [\"ada\"]\nc = \"${HOME} {lr}\"\n");
}

TEST_F(SpecDocumentTest, PathsFromTheEnvironmentAreRelativeToTheWorkingDirectory) {
  setenv("HONE_TEST_NAME", "ada", 1);
  const auto source = [&](const std::string& text) {
    return load_sample(builtin_spec({"dataset = {source = \"" + text + "\", target = 1}"})).spec.dataset.source;
  };
  EXPECT_EQ(source("${env:HONE_TEST_NAME}.csv"), (std::filesystem::current_path() / "ada.csv").string());
  EXPECT_EQ(source("ada.csv"), "/specs/ada.csv");
  EXPECT_EQ(source("/abs/ada.csv"), "/abs/ada.csv");
}

TEST_F(SpecDocumentTest, OverridesWinAndMakeWhatIsMissing) {
  const LoadedSpec loaded = load_sample(
      builtin_spec(), {"budget.trials=7", "space.width={type=\"int\", low=1, high=9}", "space.width.high=5",
                       "objective.goal = \"maximize\"", "dataset.drop=[\"a\", \"b\"]", "dataset.drop[1]=\"c\""});
  EXPECT_EQ(loaded.diagnostics.list().size(), 0u);
  EXPECT_EQ(loaded.spec.budget.trials, 7);
  ASSERT_EQ(loaded.spec.space.size(), 1u);
  EXPECT_EQ(loaded.spec.space[0].high, 5);
  EXPECT_EQ(loaded.spec.dataset.drop, (std::vector<std::string>{"a", "c"}));
}

TEST_F(SpecDocumentTest, OverriddenPathsAreRelativeToTheWorkingDirectory) {
  const LoadedSpec loaded = load_sample(builtin_spec(), {"dataset.source=\"y.csv\""});
  EXPECT_EQ(loaded.spec.dataset.source, (std::filesystem::current_path() / "y.csv").string());
}

}  // namespace
}  // namespace hone
