#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/e2e/program.h"

namespace hone {
namespace {

TEST(Programs, HoneLinksNeitherTorchNorHdf5) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program({"ldd", hone_program()}, folder.path());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("libsqlite3"), std::string::npos);
  for (const char* forbidden : {"torch", "c10", "hdf5", "cuda", "gomp"}) {
    EXPECT_EQ(result.out.find(forbidden), std::string::npos) << forbidden << " in\n" << result.out;
  }
}

TEST(Programs, TheWorkerStartedByHandSaysWhatItIs) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program({HONE_BINARY_DIR "/bin/hone-worker"}, folder.path());
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_NE(result.err.find("started by hone"), std::string::npos) << result.err;
}

TEST(Programs, AMissingWorkerIsExit10WithARemedy) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program({hone_program(), "run", shipped_spec("quickstart.toml")}, folder.path(),
                                           {{"HONE_WORKER", "/nowhere/hone-worker"}});
  EXPECT_EQ(result.exit_code, 10) << result.err;
  EXPECT_NE(result.err.find("/nowhere/hone-worker"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("HONE_WORKER"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace hone
