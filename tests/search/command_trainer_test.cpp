#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "core/error.h"
#include "core/process.h"
#include "core/text.h"
#include "tests/search/executor_scripts.h"

namespace hone {
namespace {

using Metrics = std::map<std::string, double>;

ExecutorTrace run_script(const std::string& script) {
  const ScriptedStudy study;
  const auto executor = study.command_executor(study.command_spec(script));
  return run_one(*executor);
}

TEST(CommandTrainer, ReportsOverTheReportDescriptor) {
  const ExecutorTrace trace = run_script(R"(echo '{"step":1,"loss":0.5,"acc":0.7}' >&3
echo '{"step":2,"loss":0.25}' >&3
echo '{"checkpoint":"m.h5","step":2}' >&3
printf '{"final":true,"loss":0.2}' >&3)");
  ASSERT_EQ(trace.reports.size(), 3U);
  EXPECT_EQ(trace.reports[0].metrics, (Metrics{{"loss", 0.5}, {"acc", 0.7}}));
  EXPECT_EQ(trace.reports[0].step, 1);
  EXPECT_EQ(trace.reports[1].step, 2);
  EXPECT_TRUE(trace.reports[2].final);
  ASSERT_EQ(trace.checkpoints.size(), 1U);
  EXPECT_EQ(trace.checkpoints[0].file, "m.h5");
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
  EXPECT_FALSE(trace.outcome().stopped);
  EXPECT_EQ(trace.outcome().message, "");
  EXPECT_GT(trace.outcome().seconds, 0);
}

TEST(CommandTrainer, ReportsOverTheReportFile) {
  const ExecutorTrace trace =
      run_script(R"(echo '{"loss":0.5}' >> $HONE_REPORT; printf '{"loss":0.4}' >> $HONE_REPORT)");
  ASSERT_EQ(trace.reports.size(), 2U);
  EXPECT_EQ(trace.reports[1].metrics, (Metrics{{"loss", 0.4}}));
  EXPECT_EQ(trace.reports[1].step, 2);
}

TEST(CommandTrainer, ReportFileIsSeenWhileTheTrialRuns) {
  const ScriptedStudy study;
  const auto executor =
      study.command_executor(study.command_spec("echo '{\"loss\":0.5}' >> $HONE_REPORT; read forever < /dev/zero"));
  executor->start(launch_of(0));
  EXPECT_EQ(wait_for_report(*executor).metrics, (Metrics{{"loss", 0.5}}));
}

TEST(CommandTrainer, ReportsOnMarkedOutputLines) {
  const ExecutorTrace trace = run_script("echo '{\"loss\":9}'; echo '@hone {\"loss\":0.5}'");
  ASSERT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.reports[0].metrics, (Metrics{{"loss", 0.5}}));
}

TEST(CommandTrainer, FindsMetricsOfAnUntouchedScriptByRegex) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("echo hello; echo 'epoch 3 loss=0.5 acc=0.7'; echo 'epoch 4 loss=0.25'");
  spec.trainer.metrics.from = "stdout";
  spec.trainer.metrics.regex = R"((?:epoch (?P<step>\d+) )?(?P<metric>\w+)=(?P<value>\S+))";
  const auto executor = study.command_executor(spec);
  const ExecutorTrace trace = run_one(*executor);
  ASSERT_EQ(trace.reports.size(), 2U);
  EXPECT_EQ(trace.reports[0].metrics, (Metrics{{"loss", 0.5}, {"acc", 0.7}}));
  EXPECT_EQ(trace.reports[0].step, 3);
  EXPECT_EQ(trace.reports[1].step, 4);
}

TEST(CommandTrainer, FindsMetricsInAFileOfTheTrialFolder) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("printf 'loss: 0.5\\nloss: 0.4' > $HONE_FOLDER/log.txt");
  spec.trainer.metrics.from = "file:log.txt";
  spec.trainer.metrics.regex = R"((?P<metric>loss): (?P<value>\S+))";
  const auto executor = study.command_executor(spec);
  const ExecutorTrace trace = run_one(*executor);
  ASSERT_EQ(trace.reports.size(), 2U);
  EXPECT_EQ(trace.reports[1].metrics, (Metrics{{"loss", 0.4}}));
}

TEST(CommandTrainer, FindsOutWhereAnUnchangedScriptPutsItsNumbers) {
  const ScriptedStudy study;
  const ExperimentSpec spec = study.command_spec("echo lr=3; echo 'Epoch 1/2 loss: 0.5'; echo 'Epoch 2/2 loss: 0.25'");
  ASSERT_EQ(spec.trainer.metrics.from, "auto");
  const auto executor = study.command_executor(spec);
  const ExecutorTrace trace = run_one(*executor);
  ASSERT_EQ(trace.reports.size(), 3U);
  EXPECT_EQ(trace.reports[1].step, 2);
  EXPECT_EQ(trace.reports[1].metrics, (Metrics{{"loss", 0.25}}));
  EXPECT_EQ(trace.reports[2].metrics, (Metrics{{"lr", 3}}));
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
}

TEST(CommandTrainer, ReadsLogFilesOnlyWhereTheCommandNamesTheFolder) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("echo '{\"loss\": 0.5}' > $HONE_FOLDER/metrics.json");
  EXPECT_EQ(run_one(*study.command_executor(spec)).outcome().failure, FailureClass::no_result);
  spec.trainer.command.push_back("--out={folder}");
  const ExecutorTrace trace = run_one(*study.command_executor(spec));
  ASSERT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.reports[0].metrics, (Metrics{{"loss", 0.5}}));
}

TEST(CommandTrainer, GetsItsFactsInEnvironmentAndArguments) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec(
      "echo $1 $2; pwd; echo $HONE_PROTOCOL $HONE_STUDY $HONE_TRIAL $HONE_ATTEMPT $HONE_SEED $HONE_BUDGET; echo "
      "$HONE_PARAM_LR $HONE_PARAM_OPT $OMP_NUM_THREADS $PYTHONUNBUFFERED $MINE; cat $HONE_PARAMS; echo $HONE_FOLDER "
      "$HONE_RESUME; echo $HONE_STOP_FILE; echo '{\"loss\":1}' >&3");
  spec.trainer.command = {"./trainer", "--lr={lr}", "{opt}"};
  spec.trainer.env = {{"MINE", "yes"}};
  for (const char* name : {"lr", "opt"}) {
    spec.space.push_back({});
    spec.space.back().name = name;
  }
  Launch launch = launch_of(3, 2);
  launch.budget = 27;
  launch.resume = "checkpoint-9.h5";
  const auto executor = study.command_executor(spec);
  run_one(*executor, launch);
  const std::string folder = study.trial_folder(3).string();
  EXPECT_EQ(study.trial_file(3, "stdout.2.log"),
            "--lr=0.1 adam\n" + study.folder().string() + "\n1 scripted 3 2 7 27\n0.1 adam 1 1 yes\n" +
                "{\"lr\":0.1,\"opt\":\"adam\"}\n" + folder + " " + folder + "/checkpoint-9.h5\n" + folder + "/stop\n");
}

TEST(CommandTrainer, CanRunInTheTrialFolder) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("pwd; echo '{\"loss\":1}' >&3");
  spec.trainer.command = {(study.folder() / "trainer").string()};
  spec.trainer.cwd = "{folder}";
  const auto executor = study.command_executor(spec);
  run_one(*executor);
  EXPECT_EQ(study.trial_file(0, "stdout.1.log"), study.trial_folder(0).string() + "\n");
}

TEST(CommandTrainer, ExitCodesBecomeClasses) {
  const std::map<std::string, FailureClass> classes = {
      {"exit 64", FailureClass::usage},
      {"exit 65", FailureClass::infeasible},
      {"exit 75", FailureClass::preempted},
      {"exit 76", FailureClass::out_of_memory},
      {"exit 3", FailureClass::crash},
      {"kill -SEGV $$", FailureClass::crash},
      {"exit 0", FailureClass::no_result},
      {"kill -TERM $$", FailureClass::preempted},
      {"echo 'terminate: std::bad_alloc' >&2; kill -ABRT $$", FailureClass::out_of_memory},
  };
  for (const auto& [script, failure] : classes) {
    const Outcome outcome = run_script(script).outcome();
    EXPECT_EQ(name_of(outcome.failure), name_of(failure)) << script;
    EXPECT_FALSE(outcome.stopped) << script;
  }
}

TEST(CommandTrainer, SaysHowItFailed) {
  EXPECT_EQ(run_script("exit 3").outcome().message, "exit code 3");
  EXPECT_EQ(run_script("echo 'bad value' >&2; exit 3").outcome().message, "exit code 3: bad value");
  EXPECT_EQ(run_script("echo one >&2; echo two >&2; exit 3").outcome().message, "exit code 3: two\none\ntwo");
  EXPECT_EQ(run_script("kill -SEGV $$").outcome().message, "killed by SIGSEGV");
  EXPECT_EQ(run_script("exit 0").outcome().message, "ended without reporting `loss`");
  EXPECT_EQ(run_script("echo '{\"acc\":1}' >&3; echo '{\"loss\":0.5' >&3").outcome().message,
            "ended without reporting `loss` (reported `acc`); 1 line could not be read, the first: {\"loss\":0.5");
  EXPECT_EQ(run_script("echo '{\"status\":\"infeasible\",\"why\":\"too big\"}' >&3; exit 1").outcome().message,
            "infeasible: too big");
}

TEST(CommandTrainer, AMissingProgramIsAFailureOfTheEnvironment) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("");
  spec.trainer.command = {"no-such-program"};
  const auto executor = study.command_executor(spec);
  const Outcome outcome = run_one(*executor).outcome();
  EXPECT_EQ(outcome.failure, FailureClass::environment);
  EXPECT_EQ(outcome.message, "cannot start `no-such-program`: there is no such program in PATH");
  EXPECT_EQ(executor->free_slots(), 1);
}

TEST(CommandTrainer, ANonFiniteObjectiveEndsTheTrialAtOnce) {
  const ExecutorTrace trace =
      run_script("echo '{\"step\":1,\"loss\":0.5}' >&3; echo '{\"step\":2,\"loss\":NaN}' >&3; exec sleep 100");
  EXPECT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.outcome().failure, FailureClass::non_finite);
  EXPECT_EQ(trace.outcome().message, "`loss` was not finite at step 2");
}

TEST(CommandTrainer, AnotherNonFiniteMetricIsLeftOut) {
  const ExecutorTrace trace = run_script("echo '{\"loss\":0.5,\"grad\":Infinity}' >&3");
  ASSERT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.reports[0].metrics, (Metrics{{"loss", 0.5}}));
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
}

TEST(CommandTrainer, StopsWhenItsTimeIsOver) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("exec sleep 100");
  spec.resources.timeout = 0.05;
  const auto executor = study.command_executor(spec);
  const Outcome outcome = run_one(*executor).outcome();
  EXPECT_EQ(outcome.failure, FailureClass::timeout);
  EXPECT_EQ(outcome.message, "took longer than its timeout of 0.05 s");
}

TEST(CommandTrainer, SilenceIsAStall) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("echo '{\"loss\":1}' >&3; echo '{\"note\":\"alive\"}' >&3; exec sleep 100");
  spec.resources.stall = 0.05;
  const auto executor = study.command_executor(spec);
  const Outcome outcome = run_one(*executor).outcome();
  EXPECT_EQ(outcome.failure, FailureClass::stalled);
  EXPECT_EQ(outcome.message, "no report for 0.05 s");
}

TEST(CommandTrainer, IsToldToStopByFileAndMayLeaveByItself) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec(
      "echo '{\"loss\":1}' >&3; while ! test -e $HONE_STOP_FILE; do :; done; cat $HONE_STOP_FILE; exit 77");
  spec.trainer.watches_stop = true;
  const auto executor = study.command_executor(spec);
  executor->start(launch_of(0));
  wait_for_report(*executor);
  executor->stop(0, StopReason::stop);
  const Outcome outcome = run_until(*executor, 1).outcome();
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(outcome.failure, FailureClass::none);
  EXPECT_EQ(study.trial_file(0, "stdout.1.log"), "stop\n");
}

TEST(CommandTrainer, ThatDoesNotWatchTheFileIsTerminated) {
  for (const auto& [reason, failure] :
       {std::pair{StopReason::stop, FailureClass::none}, std::pair{StopReason::cancel, FailureClass::cancelled},
        std::pair{StopReason::preempt, FailureClass::preempted}}) {
    const ScriptedStudy study;
    const auto executor = study.command_executor(study.command_spec("echo '{\"loss\":1}' >&3; exec sleep 100"));
    executor->start(launch_of(0));
    wait_for_report(*executor);
    executor->stop(0, reason);
    const Outcome outcome = run_until(*executor, 1).outcome();
    EXPECT_TRUE(outcome.stopped);
    EXPECT_EQ(outcome.failure, failure);
  }
}

TEST(CommandTrainer, ThatIgnoresTerminationIsKilledAfterItsGrace) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("trap '' TERM; echo '{\"loss\":1}' >&3; while :; do sleep 0.01; done");
  spec.resources.grace = 0.1;
  const auto executor = study.command_executor(spec);
  executor->start(launch_of(0));
  wait_for_report(*executor);
  executor->stop(0, StopReason::stop);
  EXPECT_TRUE(run_until(*executor, 1).outcome().stopped);
}

TEST(CommandTrainer, AGrandchildThatHoldsThePipesDelaysNothing) {
  const auto start = std::chrono::steady_clock::now();
  const ExecutorTrace trace = run_script("echo '{\"loss\":1}' >&3; sleep 100 & exit 0");
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
  EXPECT_EQ(trace.reports.size(), 1U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(CommandTrainer, LeavesNothingBehindNotEvenADaemon) {
  const ScriptedStudy study;
  std::string daemon;
  {
    const auto executor =
        study.command_executor(study.command_spec("setsid sleep 100 & echo $!; echo '{\"loss\":1}' >&3"));
    run_one(*executor);
    daemon = study.trial_file(0, "stdout.1.log");
  }
  EXPECT_EQ(kill(std::stoi(daemon), 0), -1);
}

TEST(CommandTrainer, DiesWithAKilledCoordinatorGrandchildrenToo) {
  const ScriptedStudy study;
  const ExperimentSpec spec = study.command_spec("sleep 100 & echo \"{\\\"loss\\\":$!}\" >&3; wait");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t coordinator = fork();
  if (coordinator == 0) {
    const auto executor = study.command_executor(spec);
    executor->start(launch_of(0));
    const auto grandchild = static_cast<pid_t>(wait_for_report(*executor).metrics.at("loss"));
    if (write(ends[1], &grandchild, sizeof grandchild) > 0) pause();
    _exit(1);
  }
  pid_t grandchild = 0;
  ASSERT_EQ(read(ends[0], &grandchild, sizeof grandchild), static_cast<ssize_t>(sizeof grandchild));
  const FileDescriptor watched(static_cast<int>(syscall(SYS_pidfd_open, grandchild, 0)));
  ASSERT_TRUE(watched.open());
  kill(coordinator, SIGKILL);
  waitpid(coordinator, nullptr, 0);
  pollfd entry{watched.get(), POLLIN, 0};
  EXPECT_EQ(poll(&entry, 1, 3000), 1);
  close(ends[0]);
  close(ends[1]);
}

TEST(CommandTrainer, AFloodOfOutputIsCutInTheMiddle) {
  const ScriptedStudy study;
  const auto executor = study.command_executor(
      study.command_spec("echo first; head -c 100000000 /dev/zero; echo; echo last; echo '{\"loss\":1}' >&3"));
  const ExecutorTrace trace = run_one(*executor);
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
  const std::string log = study.trial_file(0, "stdout.1.log");
  EXPECT_LT(log.size(), (16U << 20) + 100);
  EXPECT_TRUE(log.starts_with("first\n"));
  EXPECT_TRUE(log.ends_with("\nlast\n"));
  EXPECT_NE(log.find("\n[hone: 83222796 bytes are missing here]\n"), std::string::npos);
}

TEST(CommandTrainer, BinaryOutputBecomesPrintableWords) {
  const ExecutorTrace trace = run_script(
      "head -c 100000 /dev/urandom >&2; head -c 100000 /dev/urandom; head -c 100000 /dev/urandom >&3; exit 1");
  EXPECT_EQ(trace.outcome().failure, FailureClass::crash);
  EXPECT_EQ(without_controls(trace.outcome().message), trace.outcome().message);
}

TEST(CommandTrainer, RunsOnAfterClosingItsDescriptors) {
  const ExecutorTrace trace = run_script("exec >&- 2>&- 3>&-; sleep 0.05; echo '{\"loss\":1}' >> $HONE_REPORT; exit 0");
  EXPECT_EQ(trace.reports.size(), 1U);
  EXPECT_EQ(trace.outcome().failure, FailureClass::none);
}

TEST(CommandTrainer, ACheckpointOutsideTheFolderIsNotTaken) {
  const ExecutorTrace trace = run_script(
      "echo '{\"checkpoint\":\"../../spec.toml\",\"step\":1}' >&3; echo "
      "\"{\\\"checkpoint\\\":\\\"$HONE_FOLDER/a.h5\\\"}\" >&3; echo '{\"loss\":1}' >&3");
  ASSERT_EQ(trace.checkpoints.size(), 1U);
  EXPECT_EQ(trace.checkpoints[0].file, "a.h5");
}

TEST(CommandTrainer, RunsInEverySlotAtOnce) {
  // Each waits for a file that the other one makes: one after the other they would never end.
  const ScriptedStudy study;
  const auto executor =
      study.command_executor(study.command_spec("cd $HONE_FOLDER/..; touch mine$HONE_TRIAL; while ! test -e mine$((1 - "
                                                "HONE_TRIAL)); do sleep 0.01; done; echo '{\"loss\":1}' >&3"),
                             2);
  EXPECT_EQ(executor->free_slots(), 2);
  executor->start(launch_of(0));
  executor->start(launch_of(1));
  EXPECT_EQ(executor->free_slots(), 0);
  EXPECT_EQ(run_until(*executor, 2).exits.size(), 2U);
  EXPECT_EQ(executor->free_slots(), 2);
}

TEST(CommandTrainer, KillAllEndsEverythingWithoutEvents) {
  const ScriptedStudy study;
  const auto executor = study.command_executor(study.command_spec("echo '{\"loss\":1}' >&3; exec sleep 100"));
  executor->start(launch_of(0));
  wait_for_report(*executor);
  executor->kill_all();
  EXPECT_EQ(executor->free_slots(), 1);
  EXPECT_FALSE(executor->wait(std::chrono::milliseconds(10)));
}

TEST(CommandTrainer, AWrongRegexIsAnErrorBeforeAnythingRuns) {
  const ScriptedStudy study;
  ExperimentSpec spec = study.command_spec("");
  spec.trainer.metrics.from = "stdout";
  spec.trainer.metrics.regex = "loss=(?P<value>.*)";
  try {
    study.command_executor(spec);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "spec::bad-regex: trainer.metrics.regex `loss=(?P<value>.*)` needs the named groups (?P<metric>…) and "
                 "(?P<value>…)");
  }
}

}  // namespace
}  // namespace hone
