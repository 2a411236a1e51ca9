#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/error.h"
#include "core/process.h"
#include "core/text.h"
#include "tests/search/executor_scripts.h"

namespace hone {
namespace {

TEST(WorkerSlot, OneWorkerTakesOneTrialAfterTheOther) {
  const ScriptedStudy study;
  const auto executor =
      study.worker_executor(study.worker_spec(), "tagged \"\\\"step\\\":1,\\\"loss\\\":$$\"; say '{\"end\":0}'");
  const ExecutorTrace first = run_one(*executor, launch_of(0));
  const ExecutorTrace second = run_one(*executor, launch_of(1));
  ASSERT_EQ(first.reports.size(), 1U);
  ASSERT_EQ(second.reports.size(), 1U);
  EXPECT_EQ(first.reports[0].metrics, second.reports[0].metrics);  // the pid of the same worker
  EXPECT_EQ(second.reports[0].trial, 1);
  EXPECT_EQ(first.outcome().failure, FailureClass::none);
}

TEST(WorkerSlot, WritesTheBriefIntoTheTrialFolder) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.worker_spec();
  const auto executor = study.worker_executor(spec, "tagged '\"loss\":1'; say '{\"end\":0}'");
  run_one(*executor, launch_of(4, 2));
  const std::string core = usable_cores().empty() ? "" : std::to_string(usable_cores().front());
  EXPECT_EQ(study.trial_file(4, "brief.json"),
            "{\"cores\":[" + core + "],\"job\":\"train\",\"threads\":1,\"trials\":[{\"attempt\":2,\"folder\":\"" +
                study.trial_folder(4).string() + "\",\"trial\":4}]}\n");
  EXPECT_EQ(study.trial_file(4, "params.json"), "{\"lr\":0.1,\"opt\":\"adam\"}\n");
}

TEST(WorkerSlot, ADeadWorkerIsACrashAndIsReplaced) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(study.worker_spec(),
                                              "tagged \"\\\"loss\\\":$$\"; if [ $TRIAL = 0 ]; then echo 'boom' > "
                                              "$FOLDER/stderr.1.log; kill -SEGV $$; fi; say '{\"end\":0}'");
  const ExecutorTrace first = run_one(*executor, launch_of(0));
  EXPECT_EQ(first.outcome().failure, FailureClass::crash);
  EXPECT_EQ(first.outcome().message, "killed by SIGSEGV: boom");
  const ExecutorTrace second = run_one(*executor, launch_of(1));
  EXPECT_EQ(second.outcome().failure, FailureClass::none);
  EXPECT_NE(first.reports[0].metrics, second.reports[0].metrics);
}

TEST(WorkerSlot, AWorkerThatLeavesInTheMiddleIsACrash) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(study.worker_spec(), "exit 0");
  const Outcome outcome = run_one(*executor).outcome();
  EXPECT_EQ(outcome.failure, FailureClass::crash);
  EXPECT_EQ(outcome.message, "the worker ended in the middle of the trial");
}

TEST(WorkerSlot, TheNumberOfTheEndDecides) {
  const std::map<int, FailureClass> classes = {{0, FailureClass::none},
                                               {65, FailureClass::infeasible},
                                               {76, FailureClass::out_of_memory},
                                               {1, FailureClass::crash},
                                               {77, FailureClass::preempted}};  // nobody here asked
  const ScriptedStudy study;
  for (const auto& [code, failure] : classes) {
    const auto executor = study.worker_executor(
        study.worker_spec(), "tagged '\"loss\":1'; say '{\"end\":" + std::to_string(code) + ",\"seconds\":0.1}'");
    EXPECT_EQ(name_of(run_one(*executor).outcome().failure), name_of(failure)) << code;
  }
}

TEST(WorkerSlot, TheWorkersDiagnosticIsTheMessage) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(
      study.worker_spec(),
      R"(say '{"diagnostic":{"severity":"error","code":"dataset::gone","message":"the dataset is gone"}}'; say '{"end":1}')");
  EXPECT_EQ(run_one(*executor).outcome().message, "the dataset is gone");
}

TEST(WorkerSlot, LinesOfAnotherAttemptAreIgnored) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(
      study.worker_spec(), "say '{\"trial\":0,\"attempt\":1,\"loss\":9}'; tagged '\"loss\":1'; say '{\"end\":0}'");
  const ExecutorTrace trace = run_one(*executor, launch_of(0, 2));
  ASSERT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.reports[0].metrics.at("loss"), 1);
}

TEST(WorkerSlot, IsStoppedByFileAndKeepsItsWorker) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(
      study.worker_spec(),
      "tagged \"\\\"loss\\\":$$\"; if [ $TRIAL = 0 ]; then while ! test -e $FOLDER/stop; do sleep 0.01; done; tagged "
      "'\"checkpoint\":\"checkpoint-3.h5\",\"step\":3'; say '{\"end\":77}'; else say '{\"end\":0}'; fi");
  executor->start(launch_of(0));
  const LaunchReported report = wait_for_report(*executor);
  executor->stop(0, StopReason::preempt);
  const ExecutorTrace trace = run_until(*executor, 1);
  EXPECT_EQ(study.trial_file(0, "stop"), "preempt\n");
  EXPECT_EQ(trace.checkpoints.size(), 1U);
  EXPECT_TRUE(trace.outcome().stopped);
  EXPECT_EQ(trace.outcome().failure, FailureClass::preempted);
  EXPECT_EQ(run_one(*executor, launch_of(1)).reports[0].metrics, report.metrics);
}

TEST(WorkerSlot, AHangingTrialIsKilledAndTheNextOneRuns) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.worker_spec();
  spec.resources.timeout = 0.3;
  spec.resources.soft_grace = 0.05;
  spec.resources.grace = 0.05;
  const auto executor = study.worker_executor(
      spec,
      "trap '' TERM; if [ $TRIAL = 0 ]; then while :; do sleep 0.01; done; fi; tagged '\"loss\":1'; say '{\"end\":0}'");
  const Outcome outcome = run_one(*executor, launch_of(0)).outcome();
  EXPECT_EQ(outcome.failure, FailureClass::timeout);
  EXPECT_EQ(outcome.message, "took longer than its timeout of 0.3 s");
  EXPECT_EQ(run_one(*executor, launch_of(1)).outcome().failure, FailureClass::none);
}

TEST(WorkerSlot, AWorkerToldToTerminateGetsNoOtherTrial) {
  // As hone-worker does: SIGTERM ends the trial, then the worker.
  const ScriptedStudy study;
  ExperimentSpec spec = study.worker_spec();
  spec.resources.soft_grace = 0.01;
  const auto executor = study.worker_executor(
      spec,
      "ended=; trap 'ended=yes' TERM; tagged \"\\\"loss\\\":$$\"; if [ $TRIAL = 0 ]; then while [ -z \"$ended\" ]; "
      "do sleep 0.01; done; say '{\"end\":77}'; sleep 0.05; exit 77; fi; say '{\"end\":0}'");
  executor->start(launch_of(0));
  const LaunchReported report = wait_for_report(*executor);
  executor->stop(0, StopReason::stop);
  EXPECT_TRUE(run_until(*executor, 1).outcome().stopped);
  const ExecutorTrace next = run_one(*executor, launch_of(1));
  EXPECT_EQ(next.outcome().failure, FailureClass::none);
  EXPECT_NE(next.reports.at(0).metrics, report.metrics);
}

TEST(WorkerSlot, ATrialWhoseWorkerIsTerminatedFromOutsideIsPreempted) {
  const ScriptedStudy study;
  const auto executor =
      study.worker_executor(study.worker_spec(), "if [ $TRIAL = 0 ]; then exit 77; fi; kill -TERM $$");
  for (std::int64_t trial : {0, 1}) {
    const Outcome outcome = run_one(*executor, launch_of(trial)).outcome();
    EXPECT_EQ(outcome.failure, FailureClass::preempted);
    EXPECT_FALSE(outcome.stopped);
  }
}

TEST(WorkerSlot, IsRecycledAfter200Trials) {
  const ScriptedStudy study;
  const auto executor = study.worker_executor(study.worker_spec(), "tagged \"\\\"loss\\\":$$\"; say '{\"end\":0}'");
  std::vector<double> workers;
  for (int i = 0; i < 201; ++i) workers.push_back(run_one(*executor, launch_of(i)).reports.at(0).metrics.at("loss"));
  EXPECT_EQ(workers[199], workers[0]);
  EXPECT_NE(workers[200], workers[0]);
}

TEST(WorkerSlot, AnEndedExecutorLeavesNoWorker) {
  const ScriptedStudy study;
  double worker = 0;
  {
    const auto executor = study.worker_executor(study.worker_spec(), "tagged \"\\\"loss\\\":$$\"; say '{\"end\":0}'");
    worker = run_one(*executor).reports.at(0).metrics.at("loss");
  }
  EXPECT_EQ(kill(static_cast<pid_t>(worker), 0), -1);
}

std::string error_of_worker(const ScriptedStudy& study, const std::filesystem::path& worker) {
  LocalExecutorOptions options;
  options.study_folder = study.folder() / "study";
  options.worker = worker;
  const auto executor =
      make_local_executor(study.worker_spec(), options, [](const Launch&) { return nlohmann::json::object(); });
  try {
    run_one(*executor);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::missing_part);
    return error.what();
  }
  return "no error";
}

TEST(WorkerSlot, RefusesAWorkerOfAnotherProtocol) {
  const ScriptedStudy study;
  const auto worker = study.write_worker("", R"({"hello":{"version":"9.9","protocol":2}})");
  EXPECT_EQ(error_of_worker(study, worker),
            "worker::mismatch: the worker `" + worker.string() +
                "` (9.9) speaks protocol 2, hone 0.1.0 speaks 1: build both from one source");
}

TEST(WorkerSlot, SaysWhyAWorkerDoesNotStart) {
  const ScriptedStudy study;
  const auto worker = study.folder() / "broken";
  write_file(worker, "#!/bin/sh\necho 'libtorch_cpu.so: cannot open shared object file' >&2\nexit 127\n");
  std::filesystem::permissions(worker, std::filesystem::perms::owner_all);
  EXPECT_EQ(error_of_worker(study, worker),
            "worker::cannot-start: the worker `" + worker.string() +
                "` cannot be started: it ended with exit code 127: libtorch_cpu.so: cannot open shared object file");
  EXPECT_EQ(error_of_worker(study, study.folder() / "gone"),
            "worker::cannot-start: the worker `" + (study.folder() / "gone").string() +
                "` cannot be started: cannot start `" + (study.folder() / "gone").string() +
                "`: there is no such program, or the interpreter in its first line is missing");
}

}  // namespace
}  // namespace hone
