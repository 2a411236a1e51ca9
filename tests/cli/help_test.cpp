#include "cli/help.h"

#include <gtest/gtest.h>

#include "cli/man_page.h"
#include "core/text.h"

namespace hone {
namespace {

TEST(Help, OfAVerbSaysWhatItTakes) {
  EXPECT_EQ(verb_help(*find_verb(option_catalog(), "export"), 80),
            "a study as a table for notebooks: CSV or JSON\n\n"
            "Usage: hone export [flags] [STUDY]\n\n"
            "Arguments\n"
            "  [STUDY]  spec, folder or store file of the study\n\n"
            "Options\n"
            "  --to csv|json|optuna-journal  the format\n"
            "  -o, --output FILE             write it to this file, else to stdout\n\n"
            "A line for each report of each trial: trial, step, state, origin, failure,\n"
            "budget, seconds, seed, param.NAME…, then the metrics. Numbers read back equal.\n"
            "optuna-journal: for optuna.storages.JournalStorage.\n");
}

TEST(Help, NeedsNoMoreThanTheWidthItIsGiven) {
  const OptionCatalog catalog = option_catalog();
  std::vector<std::string> texts = {overview_help(catalog, 80)};
  for (const VerbEntry& verb : catalog.verbs) texts.push_back(verb_help(verb, 80));
  for (const std::string& text : texts) {
    for (const std::string& line : split(text, '\n')) EXPECT_LE(display_width(line), 80) << line;
  }
}

TEST(Help, NamesEveryOptionWithASentence) {
  const OptionCatalog catalog = option_catalog();
  for (const VerbEntry& verb : catalog.verbs) {
    for (const auto* entries : {&verb.options, &verb.positionals, &catalog.globals}) {
      for (const OptionEntry& entry : *entries) EXPECT_FALSE(entry.sentence.empty()) << verb.name;
    }
  }
}

TEST(ManPage, OfAVerbHoldsItsOptionsAndThoseOfAll) {
  const OptionCatalog catalog = option_catalog();
  const std::string page = man_page(catalog, *find_verb(catalog, "export"));
  EXPECT_NE(page.find("\nhone\\-export \\- a study as a table for notebooks: CSV or JSON\n"), std::string::npos)
      << page;
  EXPECT_NE(page.find("\n.B \\-o, \\-\\-output FILE\n"), std::string::npos) << page;
  EXPECT_NE(page.find("\n.B \\-\\-json\n"), std::string::npos) << page;
}

TEST(ManPage, OfTheProgramNamesEveryVerb) {
  const OptionCatalog catalog = option_catalog();
  const std::string page = man_page(catalog);
  for (const VerbEntry& verb : catalog.verbs) {
    EXPECT_NE(page.find("\n.B " + verb.name.substr(0, 3)), std::string::npos) << verb.name;
  }
}

}  // namespace
}  // namespace hone
