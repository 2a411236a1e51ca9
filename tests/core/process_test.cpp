#include "core/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/error.h"
#include "core/files.h"

namespace hone {
namespace {

ProcessOptions shell(const std::string& script) {
  ProcessOptions options;
  options.argv = {"sh", "-c", script};
  options.environment = {{"PATH", "/usr/bin:/bin"}};
  options.folder = "/";
  return options;
}

/// Everything a pipe brings until its writers are gone.
std::string read_all(const FileDescriptor& pipe) {
  std::string text;
  for (;;) {
    pollfd entry{pipe.get(), POLLIN, 0};
    poll(&entry, 1, -1);
    char chunk[4096];
    const ssize_t got = read(pipe.get(), chunk, sizeof chunk);
    if (got <= 0) return text;
    text.append(chunk, static_cast<std::size_t>(got));
  }
}

ExitStatus wait_for(ChildProcess& child) {
  pollfd entry{child.pidfd.get(), POLLIN, 0};
  poll(&entry, 1, -1);
  return try_reap(child).value();
}

std::string message_of(const ProcessOptions& options) {
  try {
    spawn(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Process, GivesOutputReportAndExitCode) {
  ChildProcess child = spawn(shell("echo out; echo err >&2; echo line >&3; exit 7"));
  EXPECT_EQ(read_all(child.stdout_pipe), "out\n");
  EXPECT_EQ(read_all(child.stderr_pipe), "err\n");
  EXPECT_EQ(read_all(child.report_pipe), "line\n");
  const ExitStatus status = wait_for(child);
  EXPECT_EQ(status.code, 7);
  EXPECT_EQ(status.signal, 0);
}

TEST(Process, ReadsWhatIsWrittenToItsInput) {
  ProcessOptions options = shell("read line; echo got $line");
  options.pipe_stdin = true;
  ChildProcess child = spawn(options);
  ASSERT_EQ(write(child.stdin_pipe.get(), "brief\n", 6), 6);
  EXPECT_EQ(read_all(child.stdout_pipe), "got brief\n");
  wait_for(child);
}

TEST(Process, HasOnlyTheGivenEnvironmentFolderAndDescriptors) {
  TemporaryFolder folder;
  const FileDescriptor leak(fcntl(1, F_DUPFD, 9));  // without close-on-exec
  ProcessOptions options = shell("pwd; env | grep -c '^HOME='; echo $A; test -e /proc/$$/fd/$LEAK || echo closed");
  options.environment["LEAK"] = std::to_string(leak.get());
  options.environment["A"] = "one two";
  options.folder = folder.path();
  ChildProcess child = spawn(options);
  EXPECT_EQ(read_all(child.stdout_pipe), folder.path().string() + "\n0\none two\nclosed\n");
  wait_for(child);
}

TEST(Process, LeadsItsOwnGroupWithDefaultSignals) {
  const auto before = signal(SIGPIPE, SIG_IGN);
  ChildProcess child = spawn(shell("kill -PIPE $$; sleep 100"));
  EXPECT_EQ(getpgid(child.pid), child.pid);
  EXPECT_EQ(wait_for(child).signal, SIGPIPE);
  signal(SIGPIPE, before);
}

TEST(Process, RunsOnItsCores) {
  const int core = usable_cores().back();
  ProcessOptions options = shell("grep Cpus_allowed_list /proc/self/status");
  options.cores = {core};
  ChildProcess child = spawn(options);
  EXPECT_EQ(read_all(child.stdout_pipe), "Cpus_allowed_list:\t" + std::to_string(core) + "\n");
  wait_for(child);
}

TEST(Process, SignalReachesTheWholeGroup) {
  ChildProcess child = spawn(shell("sleep 100 & echo ready; wait"));
  char ready[6];
  pollfd entry{child.stdout_pipe.get(), POLLIN, 0};
  poll(&entry, 1, -1);
  ASSERT_EQ(read(child.stdout_pipe.get(), ready, sizeof ready), 6);
  signal_group(child, SIGKILL);
  EXPECT_EQ(wait_for(child).signal, SIGKILL);
  EXPECT_EQ(read_all(child.stdout_pipe), "");  // ends only when the grandchild is gone too
}

TEST(Process, StaysUnreapedWhileItRuns) {
  ChildProcess child = spawn(shell("exec sleep 100"));
  EXPECT_FALSE(try_reap(child));
  signal_group(child, SIGKILL);
  wait_for(child);
}

TEST(Process, DiesWithItsParent) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t parent = fork();
  if (parent == 0) {
    const ChildProcess child = spawn(shell("sleep 100"));
    if (write(ends[1], &child.pid, sizeof child.pid) > 0) pause();
    _exit(1);
  }
  pid_t grandchild = 0;
  ASSERT_EQ(read(ends[0], &grandchild, sizeof grandchild), static_cast<ssize_t>(sizeof grandchild));
  const FileDescriptor watched(static_cast<int>(syscall(SYS_pidfd_open, grandchild, 0)));
  ASSERT_TRUE(watched.open());
  kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  pollfd entry{watched.get(), POLLIN, 0};
  EXPECT_EQ(poll(&entry, 1, 3000), 1);
  close(ends[0]);
  close(ends[1]);
}

TEST(Process, SaysWhyItCannotStart) {
  TemporaryFolder folder;
  ProcessOptions options = shell("true");

  options.argv = {"no-such-program"};
  EXPECT_EQ(message_of(options),
            "process::cannot-start: cannot start `no-such-program`: there is no such program in PATH");

  options.argv = {"./missing"};
  EXPECT_EQ(
      message_of(options),
      "process::cannot-start: cannot start `./missing`: there is no such program, or the interpreter in its first "
      "line is missing");

  options.argv = {"/etc/passwd"};
  EXPECT_EQ(message_of(options), "process::cannot-start: cannot start `/etc/passwd`: it is not an executable file");

  const auto text = folder.path() / "text";
  write_file(text, "just words\n");
  std::filesystem::permissions(text, std::filesystem::perms::owner_all);
  options.argv = {text.string()};
  EXPECT_EQ(message_of(options), "process::cannot-start: cannot start `" + text.string() +
                                     "`: it is neither a program nor a script with a #! line");

  options.argv = {"sh", std::string("a\0b", 3)};
  EXPECT_EQ(message_of(options), "process::cannot-start: cannot start `sh`: an argument holds a NUL character");

  options.argv = {"sh", "-c", "true"};
  options.folder = folder.path() / "gone";
  EXPECT_EQ(message_of(options), "process::cannot-start: cannot start `sh`: its folder `" + options.folder.string() +
                                     "` cannot be entered (No such file or directory)");

  options = shell("true");
  options.environment["LONG"] = std::string(200 * 1024, 'x');
  EXPECT_EQ(message_of(options),
            "process::cannot-start: cannot start `sh`: its arguments and environment are too long");
}

TEST(Process, CanBeLookedForBeforeItsStart) {
  TemporaryFolder folder;
  write_file(folder.path() / "text", "just words\n");
  ProcessOptions options = shell("true");
  options.folder = folder.path();
  EXPECT_NO_THROW(require_program(options));
  options.argv = {"no-such-program"};
  EXPECT_THROW(require_program(options), Error);
  options.argv = {"./missing"};
  EXPECT_THROW(require_program(options), Error);
  options.argv = {"./text"};
  EXPECT_THROW(require_program(options), Error);
  std::filesystem::permissions(folder.path() / "text", std::filesystem::perms::owner_all);
  EXPECT_NO_THROW(require_program(options));
}

TEST(Process, LooksUpItsNameInTheGivenPath) {
  TemporaryFolder folder;
  const auto program = folder.path() / "greet";
  write_file(program, "#!/bin/sh\necho hello\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  ProcessOptions options = shell("true");
  options.argv = {"greet"};
  options.environment["PATH"] = "/usr/bin:" + folder.path().string();
  ChildProcess child = spawn(options);
  EXPECT_EQ(read_all(child.stdout_pipe), "hello\n");
  wait_for(child);
}

TEST(Orphans, AreAdoptedAndKilled) {
  // In a process of its own, because a subreaper adopts for good and kills everything it has.
  const pid_t pid = fork();
  if (pid == 0) {
    become_subreaper();
    ChildProcess child = spawn(shell("setsid sleep 100 & echo started"));
    wait_for(child);
    kill_remaining_children();
    _exit(waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD ? 0 : 1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Threads, AreBoundedForEveryLibrary) {
  std::map<std::string, std::string> environment = {{"OMP_NUM_THREADS", "64"}};
  bound_threads(environment, 2);
  EXPECT_EQ(environment.at("OMP_NUM_THREADS"), "2");
  EXPECT_EQ(environment.at("MKL_NUM_THREADS"), "2");
  EXPECT_EQ(environment.at("OPENBLAS_NUM_THREADS"), "2");
  EXPECT_EQ(environment.at("OMP_WAIT_POLICY"), "passive");
}

TEST(Cores, AreThoseOfTheAffinity) {
  const std::vector<int> cores = usable_cores();
  ASSERT_FALSE(cores.empty());
  cpu_set_t set;
  sched_getaffinity(0, sizeof set, &set);
  for (const int core : cores) EXPECT_TRUE(CPU_ISSET(core, &set));
}

TEST(OutOfMemoryKills, AreCounted) { EXPECT_GE(cgroup_oom_kills(), 0); }

TEST(Environment, IsTheCurrentOne) {
  setenv("HONE_PROCESS_TEST", "a=b", 1);
  EXPECT_EQ(current_environment().at("HONE_PROCESS_TEST"), "a=b");
  unsetenv("HONE_PROCESS_TEST");
  EXPECT_FALSE(current_environment().contains("HONE_PROCESS_TEST"));
}

}  // namespace
}  // namespace hone
