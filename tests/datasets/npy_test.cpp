#include "datasets/formats/npy.h"

#include <gtest/gtest.h>

#include "datasets/dataset_store.h"
#include "datasets/import.h"
#include "tests/datasets/data_files.h"

namespace hone {
namespace {

std::string npy(const std::string& descr, const std::string& shape, const std::string& values) {
  std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
  header += std::string(63 - (10 + header.size()) % 64, ' ') + '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xFF);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header + values;
}

TEST(Npy, ReadsBothByteOrdersAndUnsignedNumbers) {
  const DataFiles files;
  EXPECT_EQ(read_npy(files.write("a", npy("<i2", "(2,)", std::string("\1\0\xFF\xFF", 4)))).as<std::int16_t>()[1], -1);
  EXPECT_EQ(read_npy(files.write("b", npy(">i2", "(1,)", std::string("\1\0", 2)))).as<std::int16_t>()[0], 256);
  EXPECT_EQ(read_npy(files.write("c", npy("<u2", "(1, 1)", "\xFF\xFF"))).as<std::int32_t>()[0], 65535);
  EXPECT_EQ(read_npy(files.write("d", npy("<f4", "(1,)", std::string("\0\0\xC0\x3F", 4)))).as<float>()[0], 1.5f);
}

TEST(Npy, ImportsImagesWithChannelsLast) {
  const DataFiles files;
  files.write("set/x_train.npy", npy("|u1", "(4, 2, 1, 3)", "abcdefghijklmnopqrstuvwx"));
  files.write("set/y_train.npy", npy("<i4", "(4,)", std::string("\0\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0", 16)));
  files.write("set/x_test.npy", npy("|u1", "(2, 2, 1, 3)", "abcdefghijkl"));
  files.write("set/y_test.npy", npy("<i4", "(2, 1)", std::string("\0\0\0\0\1\0\0\0", 8)));
  DatasetSpec spec;
  spec.source = files.path("set");
  const Dataset dataset = Dataset::open(import_dataset(spec, files.path("data")).file);
  EXPECT_EQ(dataset.facts().shape, (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_EQ(std::string(dataset.image().begin(), dataset.image().begin() + 6), "adbecf");
  EXPECT_EQ(dataset.parts()[4], 2);
}

TEST(Npy, ImportsNumbersWithFloatTargetsAsARegression) {
  const DataFiles files;
  const std::string one("\0\0\x80\x3F", 4);
  const std::string two("\0\0\0\x40", 4);
  const std::string missing("\0\0\xC0\x7F", 4);
  DatasetSpec spec;
  spec.source = files.write("x.npy", npy("<f4", "(3, 2)", one + two + two + two + missing + two));
  files.write("y.npy", npy("<f4", "(3,)", one + two + one));
  const DataFacts facts = import_dataset(spec, files.path("data")).facts;
  EXPECT_EQ(facts.task, "regression");
  EXPECT_EQ(facts.columns[0].missing, 1);
  EXPECT_EQ(facts.columns[1].why, "constant: every value is 2");
}

}  // namespace
}  // namespace hone
