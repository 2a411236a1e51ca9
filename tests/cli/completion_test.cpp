#include "cli/completion.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/completion_scripts.h"
#include "core/files.h"
#include "tests/cli/study_sample.h"

namespace hone {
namespace {

std::vector<std::string> words_for(const std::vector<std::string>& typed, const std::filesystem::path& folder = ".") {
  std::vector<std::string> words;
  for (const CompletionWord& candidate : complete(option_catalog(), typed, folder).candidates) {
    words.push_back(candidate.word);
  }
  return words;
}

using Words = std::vector<std::string>;

TEST(Completion, OffersEveryVerbFirst) {
  const Words words = words_for({""});
  EXPECT_EQ(words.size(), option_catalog().verbs.size());
  EXPECT_EQ(words_for({"--json", "stat"}), Words{"status"});
}

TEST(Completion, OffersTheOptionsOfTheVerbAndOfAll) {
  EXPECT_EQ(words_for({"ls", "--so"}), Words{"--sort"});
  EXPECT_EQ(words_for({"ls", "--dia"}), Words{"--diagnostics"});
  EXPECT_EQ(words_for({"ls", "--so", ""}), Words{});
}

TEST(Completion, OffersTheWordsAnOptionTakes) {
  EXPECT_EQ(words_for({"export", "--to", ""}), (Words{"csv", "json", "optuna-journal"}));
  EXPECT_EQ(words_for({"export", "--to=j"}), Words{"--to=json"});
  EXPECT_EQ(words_for({"--color", "a"}), (Words{"auto", "always"}));
}

TEST(Completion, DoesNotTakeAnOptionsWordForAVerb) { EXPECT_EQ(words_for({"-C", "run", "chec"}), Words{"check"}); }

TEST(Completion, OffersTheKeysOfASpecWithoutABlankBehindThem) {
  const Completion completion = complete(option_catalog(), {"run", "--set", "budget.tri"}, ".");
  ASSERT_EQ(completion.candidates.size(), 1u);
  EXPECT_EQ(completion.candidates[0].word, "budget.trials=");
  EXPECT_EQ(completion.candidates[0].sentence, "configurations to try");
  EXPECT_EQ(completion.shell, ShellPart::keys);
}

TEST(Completion, OffersTheStudiesOfTheFolderThatIsMeant) {
  const TemporaryFolder folder;
  write_study(folder.path() / "studies/first", make_study_sample());
  write_study(folder.path() / "below/studies/second", make_study_sample());
  EXPECT_EQ(words_for({"status", ""}, folder.path()), Words{"studies/first"});
  EXPECT_EQ(words_for({"-C", "below", "show", "3", "studies/s"}, folder.path()), Words{"studies/second"});
  EXPECT_EQ(complete(option_catalog(), {"status", ""}, folder.path()).shell, ShellPart::files);
}

TEST(Completion, OffersCodesTopicsAndVerbsWhereTheyAreAskedFor) {
  EXPECT_EQ(words_for({"explain", "spec::unknown-k"}), Words{"spec::unknown-key"});
  EXPECT_EQ(words_for({"explain", "sched"}), (Words{"schedulers", "scheduler"}));
  EXPECT_EQ(words_for({"man", "com"}), Words{"completion"});
}

TEST(Completion, OffersNothingBehindTheLastPositional) {
  const Completion completion = complete(option_catalog(), {"status", "studies/a", ""}, ".");
  EXPECT_TRUE(completion.candidates.empty());
  EXPECT_EQ(completion.shell, ShellPart::none);
}

TEST(Completion, IsWrittenAsEachShellTakesIt) {
  const Completion completion{{{"spec::syntax", "error code"}, {"run", ""}}, ShellPart::files};
  EXPECT_EQ(completion_answer(completion, "bash"), "files\nspec::syntax\nrun\n");
  EXPECT_EQ(completion_answer(completion, "zsh"), "files\nspec\\:\\:syntax:error code\nrun\n");
  EXPECT_EQ(completion_answer(completion, "fish"), "files\nspec::syntax\terror code\nrun\n");
}

TEST(Completion, AnswersTheScripts) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_in(folder.path(), {"completion", "bash", "--", "show", "b"}).out, "none\nbest\n");
  EXPECT_EQ(run_in(folder.path(), {"completion", "bash", "--", "ls", "--he"}).out, "none\n--help\n");
  EXPECT_EQ(run_in(folder.path(), {"completion", "tcsh"}).code, ExitCode::usage);
}

}  // namespace
}  // namespace hone
