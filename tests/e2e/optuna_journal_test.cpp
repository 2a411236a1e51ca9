#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSpec = R"toml(objective = {metric = "loss", goal = "minimize"}
budget = {trials = 8}
sampler = {kind = "random"}
fidelity = {unit = "steps", min = 1, max = 4}
constraints = {outcome = ["ms <= 5"]}
[trainer]
kind = "command"
command = ["sh", "-c", 'for i in $(seq ${1%.*}); do echo "{\"step\":$i,\"loss\":$2,\"ms\":3.5}" >&3; done', "t", "{budget}", "{x}"]
[space]
x = {type = "float", low = 1e-3, high = 1.0, log = true}
n = {type = "int", low = 1, high = 9, step = 2}
on = {type = "bool"}
kind = {type = "categorical", choices = ["a", "b"]}
size = {type = "ordinal", choices = [16, 32, 64]}
more = {type = "float", low = 0.0, high = 1.0, when = "kind == 'b'"}
)toml";

/// What Optuna understood: its own words, as JSON.
constexpr const char* kReader = R"py(
import json, sys
import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
optuna.logging.disable_default_handler()
study = optuna.load_study(study_name="x", storage=JournalStorage(JournalFileBackend(sys.argv[1])))
print(json.dumps({
    "best": study.best_value if any(t.state.name == "COMPLETE" for t in study.trials) else None,
    "direction": study.direction.name,
    "trials": [{"state": t.state.name, "value": t.value, "params": t.params, "steps": len(t.intermediate_values),
                "contained": all(d._contains(d.to_internal_repr(t.params[k])) for k, d in t.distributions.items())}
               for t in study.trials]}))
study.sampler = optuna.samplers.TPESampler(seed=1)
study.ask(study.trials[0].distributions)
)py";

// Loading Optuna takes a second or two.
TEST(OptunaJournal, OptunaLoadsAStudyAndGoesOnWithIt) {
  const fs::path python = fs::path(HONE_SOURCE_DIR) / ".deps/peers/optuna/bin/python";
  if (!fs::exists(python)) GTEST_SKIP() << "no Optuna: tests/bench/opponents/make_venv.sh installs it";
  const TemporaryFolder folder;
  write_file(folder.path() / "x.toml", kSpec);
  write_file(folder.path() / "read.py", kReader);
  const ProgramResult run = run_program({hone_program(), "run", "x.toml"}, folder.path());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const ProgramResult exported =
      run_program({hone_program(), "export", "studies/x", "--to", "optuna-journal", "-o", "x.journal"}, folder.path());
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  const ProgramResult read = run_program({python.string(), "read.py", "x.journal"}, folder.path());
  ASSERT_EQ(read.exit_code, 0) << read.err;
  const auto theirs = nlohmann::json::parse(read.out);
  const auto ours =
      nlohmann::json::parse(run_program({hone_program(), "ls", "studies/x", "--json"}, folder.path()).out);
  EXPECT_EQ(theirs["direction"], "MINIMIZE");
  ASSERT_EQ(theirs["trials"].size(), ours["items"].size());
  for (std::size_t i = 0; i < ours["items"].size(); ++i) {
    const auto& their = theirs["trials"][i];
    const auto& our = ours["items"][i];
    EXPECT_EQ(their["state"], our["state"] == "completed" ? "COMPLETE" : "PRUNED");
    EXPECT_EQ(their["value"], our["value"]);
    EXPECT_EQ(their["params"], our["params"]);
    EXPECT_EQ(their["steps"], our["reached"]);
    EXPECT_EQ(their["contained"], true);
  }
}

}  // namespace
}  // namespace hone
