#include "search/executors/worker_job.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/diagnostics.h"
#include "core/error.h"
#include "tests/search/executor_scripts.h"

namespace hone {
namespace {

bool never() { return false; }

/// Runs a job in a worker with this script; notes are collected.
nlohmann::json run_job(const ScriptedStudy& study, const std::string& script,
                       const std::function<bool()>& interrupted = never, std::vector<std::string>* notes = nullptr) {
  const nlohmann::json brief = {{"job", "import"}, {"folder", (study.folder() / "job").string()}};
  return run_worker_job(
      study.write_worker(script), brief, 1,
      [&](const ReportLine& line) {
        if (notes != nullptr) notes->push_back(line.note);
      },
      interrupted);
}

std::string error_of(const std::string& script, const std::function<bool()>& interrupted = never) {
  const ScriptedStudy study;
  try {
    run_job(study, script, interrupted);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(WorkerJob, AnswersTheContentOfItsResultFile) {
  const ScriptedStudy study;
  std::vector<std::string> notes;
  const nlohmann::json result = run_job(
      study,
      R"(say '{"note":"half"}'; echo '{"rows":3}' > $FOLDER/result.json; say '{"result":"result.json"}'; say '{"end":0}')",
      never, &notes);
  EXPECT_EQ(result, (nlohmann::json{{"rows", 3}}));
  EXPECT_EQ(notes, (std::vector<std::string>{"half", ""}));
}

TEST(WorkerJob, ThrowsTheWorkersOwnDiagnostics) {
  Diagnostic diagnostic;
  diagnostic.code = "csv::ragged";
  diagnostic.message = "line 3 has 2 fields";
  diagnostic.place = {"new.csv", 3, 1, 3, 4};
  const ScriptedStudy study;
  try {
    run_job(study, "say '{\"diagnostic\":" + to_json_object(diagnostic).dump() + "}'; say '{\"end\":1}'");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "csv::ragged: line 3 has 2 fields");
    EXPECT_EQ(error.diagnostics().front().place.line, 3);
  }
}

TEST(WorkerJob, SaysHowAWorkerFailedThatSaidNothing) {
  EXPECT_EQ(error_of("echo 'cannot allocate' >&2; kill -SEGV $$"),
            "worker::failed: the job `import` failed in the worker (killed by signal 11): cannot allocate");
  EXPECT_EQ(error_of("say '{\"end\":76}'"), "worker::failed: the job `import` failed in the worker (out of memory)");
  EXPECT_EQ(error_of("say '{\"end\":0}'"), "worker::failed: the job `import` failed in the worker (no result)");
  EXPECT_EQ(error_of("exit 3"), "worker::failed: the job `import` failed in the worker (exit code 3)");
}

TEST(WorkerJob, IsDoneOnceMoreWhenItsWorkerWasKilled) {
  const ScriptedStudy study;
  std::vector<std::string> notes;
  const nlohmann::json result = run_job(study,
                                        "[ -e $FOLDER/second ] || { : > $FOLDER/second; kill -KILL $$; }; "
                                        R"(echo '{"rows":3}' > $FOLDER/result.json; say '{"result":"result.json"}'; )"
                                        R"(say '{"end":0}')",
                                        never, &notes);
  EXPECT_EQ(result, (nlohmann::json{{"rows", 3}}));
  EXPECT_EQ(notes, (std::vector<std::string>{"the worker was killed; the job `import` begins again", ""}));
}

TEST(WorkerJob, IsLeftWhenInterrupted) {
  int asked = 0;
  EXPECT_EQ(error_of("exec sleep 100", [&] { return ++asked > 2; }), "worker::interrupted: interrupted");
}

TEST(WorkerJob, FindsTheWorkerByItsVariable) {
  const ScriptedStudy study;
  const auto worker = study.write_worker("");
  setenv("HONE_WORKER", worker.c_str(), 1);
  EXPECT_EQ(find_worker(), worker);
  setenv("HONE_WORKER", "/no/such/worker", 1);
  try {
    find_worker();
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "worker::missing: there is no worker program `/no/such/worker`: HONE_WORKER must name an executable file");
    EXPECT_EQ(error.exit_code(), ExitCode::missing_part);
  }
  unsetenv("HONE_WORKER");
}

}  // namespace
}  // namespace hone
