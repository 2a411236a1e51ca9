#include "search/executors/command_template.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace hone {
namespace {

using Words = std::vector<std::string>;

TemplateValues values() {
  TemplateValues values;
  values.declared = {"lr", "opt", "flag", "absent"};
  values.params = {{"lr", 1e-5}, {"opt", std::string("a b; rm -rf {seed}")}, {"flag", true}};
  values.built_in = {{"seed", "7"}, {"budget", "27"}, {"folder", "/f"}};
  return values;
}

Words expand(const Words& command) { return expand_command(command, values()); }

TEST(CommandTemplate, ReplacesInsideAnElementAndNeverMakesTwo) {
  EXPECT_EQ(expand({"train", "--lr={lr}", "{opt}", "{seed}-{budget}", "{flag}"}),
            (Words{"train", "--lr=1e-05", "a b; rm -rf {seed}", "7-27", "true"}));
}

TEST(CommandTemplate, ParamsAloneBecomeOneElementEach) {
  EXPECT_EQ(expand({"train", "{params}"}), (Words{"train", "--flag=true", "--lr=1e-05", "--opt=a b; rm -rf {seed}"}));
  EXPECT_EQ(expand({"train", "{params_plain}"}), (Words{"train", "flag=true", "lr=1e-05", "opt=a b; rm -rf {seed}"}));
}

TEST(CommandTemplate, LeavesEverythingElseAsItIs) {
  const Words words = {"awk",        "{print $1}", "{\"a\": 1}", "{x:.3f}", "${HOME}",     "${lr}", "a{2,3}",
                       "{{.Names}}", "{unknown}",  "{",          "{}",      "{{unknown}}", "{lr",   "{ lr }"};
  EXPECT_EQ(expand(words), words);
}

TEST(CommandTemplate, ADoubledBraceIsOneBeforeWhatWouldBeReplaced) {
  EXPECT_EQ(expand({"train", "{{lr}", "{{seed}x{seed}"}), (Words{"train", "{lr}", "{seed}x7"}));
  EXPECT_EQ(expand({"train", "{{params}", "{{params_plain}"}), (Words{"train", "{params}", "{params_plain}"}));
}

TEST(CommandTemplate, LeavesOutElementsOfInactiveParameters) {
  EXPECT_EQ(expand({"train", "--a={absent}", "-v", "{lr}"}), (Words{"train", "-v", "1e-05"}));
  EXPECT_EQ(expand({"train", "--absent", "{absent}", "--lr", "{lr}"}), (Words{"train", "--lr", "1e-05"}));
  EXPECT_EQ(expand({"train", "file", "{absent}"}), (Words{"train", "file"}));
}

TEST(CommandTemplate, RefusesParamsInsideAnElement) {
  check_command({"train", "{params}", "${params}"});
  try {
    check_command({"train", "x={params}"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "spec::bad-placeholder: `{params}` becomes several words, so it must be an element of `command` alone (is "
        "in `x={params}`); `{{params}` is plain text");
  }
}

}  // namespace
}  // namespace hone
