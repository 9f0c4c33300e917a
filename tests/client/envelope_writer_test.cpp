#include "client/encoder/envelope_writer.hpp"

#include "tests/support/envelope_parts.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace sfmkit::client {
namespace {

using platform::Bytes;
using platform::Result;

constexpr std::size_t mebibyte = 1 << 20;

/// Gives 0, 1, 2 and so on: the key and initialisation vector of published AES examples.
class CountingRandom final : public platform::Random {
  public:
    void fill(platform::MutableBytes target) override {
        for (std::size_t i = 0; i < target.size(); ++i) target[i] = static_cast<std::byte>(i);
    }
};

/// One recipient and what a test needs to encrypt for it. Keys of tests are made once.
struct Recipient {
    explicit Recipient(unsigned bits)
        : files(test::make_rsa_keys(folder.path(), bits)),
          certificate(test::read_certificate(files.certificate_pem)) {}

    test::TemporaryFolder folder;
    test::RsaKeyFiles files;
    platform::Certificate certificate;
    platform::CryptoAlgorithms algorithms = platform::CryptoAlgorithms::fetch();
};

const Recipient& recipient_2048() {
    static const Recipient recipient(2048);
    return recipient;
}

std::string plaintext_of(std::size_t size) {
    std::string text(size, '\0');
    platform::SeededRandom random(size);
    random.fill(std::as_writable_bytes(std::span(text)));
    return text;
}

/// The envelope of a plaintext that is fed in pieces of these sizes, the last one repeated.
std::string seal(
    const Recipient& recipient,
    platform::Random& random,
    std::string_view plaintext,
    const std::vector<std::size_t>& pieces = {mebibyte},
    std::string_view extension = "zip"
) {
    std::string envelope;
    const auto sink = [&envelope](Bytes bytes) -> Result<void> {
        envelope += platform::as_text(bytes);
        return {};
    };
    auto writer = EnvelopeWriter::start(
        {recipient.certificate, random, recipient.algorithms}, extension, sink
    );
    EXPECT_TRUE(writer.has_value());
    std::size_t next = 0;
    while (!plaintext.empty()) {
        const std::string_view piece = plaintext.substr(0, pieces[next]);
        EXPECT_TRUE(writer->write(platform::as_bytes(piece)).has_value());
        plaintext.remove_prefix(piece.size());
        if (next + 1 < pieces.size()) ++next;
    }
    const auto size = writer->finish();
    EXPECT_TRUE(size.has_value());
    EXPECT_EQ(*size, envelope.size());
    return envelope;
}

class EnvelopeOfSize : public testing::TestWithParam<unsigned> {};

// Oracle: the openssl program, which unwraps the key and decrypts.
TEST_P(EnvelopeOfSize, OfPlaintextAroundBlockAndMebibyte_IsOpenedByOpenssl) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const Recipient recipient(GetParam());
    platform::SystemRandom random;
    for (const std::size_t size :
         {std::size_t{0},
          std::size_t{15},
          std::size_t{16},
          std::size_t{17},
          mebibyte - 1,
          mebibyte,
          mebibyte + 1}) {
        const std::string plaintext = plaintext_of(size);
        const std::string envelope = seal(recipient, random, plaintext);
        EXPECT_EQ(test::open_with_openssl(envelope, recipient.files.key_pem), plaintext) << size;
    }
}

// Layout: NHN page "The SFM migration data format", section on encryption; byte order: .NET's
// BitConverter in NHN's sample encryptor.
TEST_P(EnvelopeOfSize, Header_HasThreeLittleEndianLengthsAndTheExtensionAsBase64) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const Recipient recipient(GetParam());
    platform::SystemRandom random;
    const std::string envelope = seal(recipient, random, "");
    const unsigned modulus = GetParam() / 8;
    const std::string lengths = {
        static_cast<char>(modulus % 256),
        static_cast<char>(modulus / 256),
        0,
        0,
        16,
        0,
        0,
        0,
        4,
        0,
        0,
        0
    };
    EXPECT_EQ(envelope.substr(0, 12), lengths);
    EXPECT_EQ(test::cut_envelope(envelope).extension_field, "emlw");
    EXPECT_EQ(envelope.size(), 12 + modulus + 16 + 4 + 16);
}

INSTANTIATE_TEST_SUITE_P(RsaBits, EnvelopeOfSize, testing::Values(2048U, 3072U, 4096U));

// Oracle: `openssl enc` with the key and initialisation vector that the writer was made to draw.
TEST(EnvelopeWriter, WithKnownKey_WritesTheCiphertextThatOpensslWrites) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const test::TemporaryFolder folder;
    // The 22 bytes of an archive without entries, and nothing at all.
    for (const std::string& plaintext :
         {std::string("PK\5\6") + std::string(18, '\0'), std::string()}) {
        test::write_file(folder / "plain", plaintext);
        const auto run = test::run_program(
            "openssl",
            {"enc",
             "-aes-256-cbc",
             "-K",
             "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
             "-iv",
             "000102030405060708090a0b0c0d0e0f",
             "-in",
             (folder / "plain").string(),
             "-out",
             (folder / "encrypted").string()}
        );
        ASSERT_EQ(run.exit_code, 0) << run.output;
        CountingRandom random;
        const auto parts = test::cut_envelope(seal(recipient_2048(), random, plaintext));
        EXPECT_EQ(parts.ciphertext, test::read_file(folder / "encrypted"));
    }
}

TEST(EnvelopeWriter, TwoEnvelopesOfOnePlaintext_ShareNothingThatIsDrawn) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    platform::SystemRandom random;
    const auto first = test::cut_envelope(seal(recipient_2048(), random, "same"));
    const auto second = test::cut_envelope(seal(recipient_2048(), random, "same"));
    EXPECT_NE(first.wrapped_key, second.wrapped_key);
    EXPECT_NE(first.iv, second.iv);
    EXPECT_NE(first.ciphertext, second.ciphertext);
}

// The NHN page's sizes: three lengths, key, initialisation vector, extension, whole blocks.
RC_GTEST_PROP(EnvelopeWriter, Size_IsThatOfTheFormula, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(0, 200'000);
    const auto extension = *rc::gen::element<std::string>("zip", "xps", ".zip", "z");
    platform::SystemRandom random;
    const auto envelope = seal(recipient_2048(), random, plaintext_of(size), {mebibyte}, extension);
    const std::size_t extension_field = (extension.size() + 2) / 3 * 4;
    RC_ASSERT(envelope.size() == 28 + 256 + extension_field + 16 * (size / 16 + 1));
}

// Same key and vector, so the ciphertext must be the same however the plaintext is cut.
RC_GTEST_PROP(EnvelopeWriter, FedInPieces_GivesTheSameCiphertext, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(0, 300'000);
    auto pieces = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 100'000))
    );
    CountingRandom random;
    const std::string plaintext = plaintext_of(size);
    const auto at_once = test::cut_envelope(seal(recipient_2048(), random, plaintext));
    const auto in_pieces = test::cut_envelope(seal(recipient_2048(), random, plaintext, pieces));
    RC_ASSERT(in_pieces.ciphertext == at_once.ciphertext);
}

TEST(EnvelopeWriter, ForRsa1024_IsRefusedBeforeAnythingIsWritten) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const Recipient recipient(1024);
    platform::SystemRandom random;
    bool written = false;
    const auto sink = [&written](Bytes) -> Result<void> {
        written = true;
        return {};
    };
    const auto writer =
        EnvelopeWriter::start({recipient.certificate, random, recipient.algorithms}, "zip", sink);
    ASSERT_FALSE(writer.has_value());
    EXPECT_EQ(writer.error().code, platform::Errc::unusable_key);
    EXPECT_EQ(writer.error().actual, "1024 bits");
    EXPECT_FALSE(written);
}

TEST(EnvelopeWriter, WithExtensionThatReadersRefuse_IsRefused) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    platform::SystemRandom random;
    const auto sink = [](Bytes) -> Result<void> { return {}; };
    const Sealing sealing{recipient_2048().certificate, random, recipient_2048().algorithms};
    for (const std::string& extension : {std::string(), std::string(49, 'x')}) {
        const auto writer = EnvelopeWriter::start(sealing, extension, sink);
        ASSERT_FALSE(writer.has_value());
        EXPECT_EQ(writer.error().code, platform::Errc::usage);
    }
    EXPECT_TRUE(EnvelopeWriter::start(sealing, std::string(48, 'x'), sink).has_value());
}

TEST(EnvelopeWriter, WhenSinkFails_ReportsItsError) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    platform::SystemRandom random;
    std::size_t budget = 0;
    const auto sink = [&budget](Bytes) -> Result<void> {
        if (budget-- > 0) return {};
        return platform::fail({.code = platform::Errc::disk_full, .what = "no space left"});
    };
    const Sealing sealing{recipient_2048().certificate, random, recipient_2048().algorithms};
    EXPECT_EQ(EnvelopeWriter::start(sealing, "zip", sink).error().code, platform::Errc::disk_full);
    budget = 1;
    auto writer = EnvelopeWriter::start(sealing, "zip", sink);
    ASSERT_TRUE(writer.has_value());
    const auto written = writer->write(platform::as_bytes(plaintext_of(100)));
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, platform::Errc::disk_full);
}

}  // namespace
}  // namespace sfmkit::client
