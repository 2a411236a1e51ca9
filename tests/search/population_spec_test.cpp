// What a spec must say for a population (configs/check_sections.cpp), with the real tables of kinds.
#include <gtest/gtest.h>

#include "configs/load_spec.h"
#include "search/registry.h"

namespace hone {
namespace {

std::string mistakes_in(const std::string& text) {
  OptionTables tables;
  tables.samplers = sampler_kinds();
  tables.schedulers = scheduler_kinds();
  std::string shown;
  const LoadedSpec loaded = load_spec_text(text, "nightly.toml", "/specs", tables, {});
  for (Diagnostic diagnostic : loaded.diagnostics.list()) {
    if (diagnostic.code == "spec::cannot-copy")
      shown += render_diagnostic(
          diagnostic, [&](const std::string&) { return std::optional(text); }, false);
  }
  return shown;
}

TEST(PopulationSpec, TheBuiltinTrainerDoesNotGoOnFromOtherTrials) {
  EXPECT_EQ(
      mistakes_in("scheduler = {kind = \"pbt\"}\n"
                  "trainer = {kind = \"builtin\"}\nfidelity = {unit = \"epochs\", max = 9}\n"),
      R"x(error[spec::cannot-copy]: scheduler pbt lets trials go on from checkpoints of others with other parameters: a built-in trainer goes on with its own alone
  --> nightly.toml:1:21
1 | scheduler = {kind = "pbt"}
  |                     ^^^^^ take asha or hyperband, or a trainer of kind "command"
help: hone explain spec::cannot-copy
)x");
}

TEST(PopulationSpec, ACommandMustSayThatItGoesOnFromCheckpoints) {
  const std::string text =
      "scheduler = {kind = \"pb2\"}\n"
      "trainer = {kind = \"command\", command = [\"./t\"]";
  const std::string end = "}\nfidelity = {unit = \"epochs\", max = 9}\n";
  EXPECT_EQ(
      mistakes_in(text + end),
      R"x(error[spec::cannot-copy]: scheduler pb2 lets trials go on from checkpoints of others with other parameters: the command must do that
  --> nightly.toml:1:21
1 | scheduler = {kind = "pb2"}
  |                     ^^^^^ write checkpoints = true in [trainer] if it goes on from HONE_RESUME
help: hone explain spec::cannot-copy
)x");
  EXPECT_EQ(mistakes_in(text + ", checkpoints = true" + end), "");
}

}  // namespace
}  // namespace hone
