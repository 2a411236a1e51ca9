#include "core/hash.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"

namespace hone {
namespace {

// FIPS 180-4 examples and the million letters of the NIST test vectors.
TEST(Hash, Sha256MatchesThePublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, Sha256DoesNotDependOnThePieces) {
  const std::string text(300, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.update(std::string_view(text).substr(0, cut));
    hash.update(std::string_view(text).substr(cut));
    ASSERT_EQ(hash.hex(), sha256(text)) << cut;
  }
}

TEST(Hash, Sha256OfAFileIsThatOfItsBytes) {
  const TemporaryFolder folder;
  const std::string bytes = std::string(200000, '\0') + "end";
  write_file(folder.path() / "x", bytes, Durability::renamed);
  EXPECT_EQ(sha256_of_file(folder.path() / "x"), sha256(bytes));
}

TEST(Hash, Sha256OfAMissingFileSaysWhich) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "none";
  try {
    sha256_of_file(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 ("file::unreadable: cannot read " + path.string() + ": No such file or directory").c_str());
  }
}

TEST(Hash, Crc32cMatchesThePublishedVectors) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720 B.4
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62A8AB43U);
  EXPECT_EQ(crc32c(""), 0U);
}

TEST(Hash, Crc32cContinuesFromItsEarlierValue) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    ASSERT_EQ(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text)) << cut;
  }
}

}  // namespace
}  // namespace hone
