#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/e2e/program.h"

/// Files from outside through the whole program. Each part alone is tested in tests/datasets.
namespace hone {
namespace {

namespace fs = std::filesystem;

/// A study of a few seconds; `dataset` is its [dataset].
std::string spec_of(const std::string& dataset, const std::string& metric, const std::string& model) {
  return "dataset = " + dataset + "\nobjective = {metric = \"" + metric +
         "\", goal = \"maximize\"}\ntrainer = {kind = \"builtin\"}\nmodel = " + model +
         "\nfidelity = {unit = \"epochs\", min = 1, max = 1}\nbudget = {trials = 1}\n";
}

ProgramResult run_study(const TemporaryFolder& folder, const std::string& spec) {
  write_file(folder.path() / "s.toml", spec);
  return run_program({hone_program(), "run", "s.toml"}, folder.path());
}

TEST(Data, ImportsShowsAndVerifiesAFile) {
  const TemporaryFolder folder;
  write_file(folder.path() / "t.csv", "x,same,y\n1,k,a\n2,k,b\n?,k,a\n4,k,b\n");
  const auto data = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {hone_program(), "data"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return run_program(argv, folder.path());
  };
  const ProgramResult imported = data({"import", "t.csv", "-o", "t.h5", "--target", "y"});
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_NE(imported.err.find("column `same` is left out: constant"), std::string::npos) << imported.err;
  EXPECT_EQ(data({"info", "t.h5"}).out, imported.out);
  EXPECT_EQ(data({"verify", "t.h5"}).exit_code, 0);
  std::string bytes = read_file(folder.path() / "t.h5");
  const std::size_t one = bytes.find(std::string("\0\0\x80\x3F\0\0\0\x40", 8));
  ASSERT_NE(one, std::string::npos);
  bytes[one + 3] = '\x40';
  write_file(folder.path() / "t.h5", bytes);
  const ProgramResult verified = data({"verify", "t.h5"});
  EXPECT_EQ(verified.exit_code, 1) << verified.err;
  EXPECT_NE(verified.out.find("the content has the hash"), std::string::npos) << verified.out;
}

TEST(Data, AFileThatLiesIsExitCodeTwoAndLeavesNothing) {
  const TemporaryFolder folder;
  write_file(folder.path() / "x.tar.gz", "no archive");
  const ProgramResult result =
      run_study(folder, spec_of("{source = \"x.tar.gz\"}", "val_accuracy", "{family = \"cnn\"}"));
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_NE(result.err.find("data::bad-archive"), std::string::npos) << result.err;
  EXPECT_TRUE(fs::is_empty(folder.path() / "studies" / ".data"));
}

TEST(Data, AMissingSourceSaysWhereTheDataComeFrom) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run_study(folder, spec_of("{source = \"none/mnist\", origin = \"https://example.org/mnist\"}", "val_accuracy",
                                "{family = \"cnn\"}"));
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("none/mnist"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("the data come from https://example.org/mnist"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace hone
