#include "platform/keys.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace sfmkit::platform {
namespace {

/// Keys made by the openssl program, so that what we read is what others write.
class KeysOfOpenssl : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl"))
            SFM_SKIP_OR_FAIL("the openssl program is not installed");
        run("genrsa -out " + file("key.pem") + " 2048");
        run("rsa -in " + file("key.pem") + " -outform DER -out " + file("key.der"));
        run("rsa -traditional -in " + file("key.pem") + " -out " + file("pkcs1.pem"));
        run("req -new -x509 -days 30 -subj /CN=Test -key " + file("key.pem") + " -out " +
            file("cert.pem"));
        run("x509 -in " + file("cert.pem") + " -outform DER -out " + file("cert.cer"));
        run("pkcs8 -topk8 -v2 aes-256-cbc -passout pass:hemmelig -in " + file("key.pem") +
            " -out " + file("locked.pem"));
        run("pkcs12 -export -passout pass:hemmelig -inkey " + file("key.pem") + " -in " +
            file("cert.pem") + " -out " + file("key.pfx"));
        run("ecparam -name prime256v1 -genkey -noout -out " + file("ec.pem"));
        run("req -new -x509 -days 30 -subj /CN=Ec -key " + file("ec.pem") + " -out " +
            file("ec-cert.pem"));
        run("rsa -in " + file("key.pem") + " -pubout -out " + file("public.pem"));
    }

    std::string file(const std::string& name) const { return (folder_ / name).string(); }

    static void run(const std::string& arguments) {
        ASSERT_EQ(std::system(("openssl " + arguments + " 2>/dev/null").c_str()), 0) << arguments;
    }

    Result<PrivateKey> key(const std::string& name, const char* pass_phrase = nullptr) const {
        const std::string content = test::read_file(folder_ / name);
        return parse_private_key(as_bytes(content), name, [&]() -> std::optional<SecretBytes> {
            if (pass_phrase == nullptr) return std::nullopt;
            return SecretBytes(to_buffer(pass_phrase));
        });
    }

    Result<Certificate> certificate(const std::string& name) const {
        const std::string content = test::read_file(folder_ / name);
        return parse_certificate(as_bytes(content), name);
    }

  private:
    test::TemporaryFolder folder_;
};

// Two digits of the month in the DER bytes become no month; the signature is not what we judge.
TEST_F(KeysOfOpenssl, ParseCertificate_WithTimeThatIsNoDate_IsRefused) {
    std::string der = test::read_file(file("cert.cer"));
    const std::string utc_time("\x17\x0d", 2);
    const std::size_t time = der.find(utc_time);
    ASSERT_NE(time, std::string::npos);
    for (const std::size_t which : {time, der.find(utc_time, time + 1)}) {
        ASSERT_NE(which, std::string::npos);
        std::string changed = der;
        changed.replace(which + 4, 2, "99");
        const auto result = parse_certificate(as_bytes(changed), "cert.cer");
        ASSERT_FALSE(result.has_value());
        EXPECT_EQ(result.error().code, Errc::unusable_key);
    }
}

TEST_F(KeysOfOpenssl, ParsePrivateKey_InEveryForm_GivesTheSameModulusLength) {
    for (const char* name : {"key.pem", "key.der", "pkcs1.pem"}) {
        const auto parsed = key(name);
        ASSERT_TRUE(parsed) << name << ": " << describe(parsed.error());
        EXPECT_EQ(parsed->modulus_bytes(), 256U) << name;
    }
    for (const char* name : {"locked.pem", "key.pfx"}) {
        const auto parsed = key(name, "hemmelig");
        ASSERT_TRUE(parsed) << name << ": " << describe(parsed.error());
        EXPECT_EQ(parsed->duplicate().modulus_bytes(), 256U) << name;
    }
}

TEST_F(KeysOfOpenssl, ParsePrivateKey_WithoutOrWithWrongPassPhrase_SaysWhich) {
    for (const char* name : {"locked.pem", "key.pfx"}) {
        const auto without = key(name);
        ASSERT_FALSE(without) << name;
        EXPECT_EQ(without.error().code, Errc::unusable_key);
        EXPECT_EQ(without.error().actual, "no pass phrase was given");
        const auto wrong = key(name, "gal");
        ASSERT_FALSE(wrong) << name;
        EXPECT_EQ(wrong.error().actual, "the pass phrase given does not open it");
    }
}

TEST_F(KeysOfOpenssl, ParsePrivateKey_OfSomethingElse_NamesWhatItIs) {
    const auto refused = [this](const char* name) {
        const auto parsed = key(name);
        return parsed ? std::string("accepted") : parsed.error().what;
    };
    EXPECT_EQ(refused("cert.pem"), "this is a certificate, not a private key");
    EXPECT_EQ(refused("ec.pem"), "the private key is not RSA");
    EXPECT_EQ(refused("public.pem"), "this key has no private part");
    EXPECT_EQ(refused("cert.cer"), "cannot read the private key");
    const auto empty = parse_private_key({}, "empty.pem", {});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().what, "the key file is empty");
}

TEST_F(KeysOfOpenssl, ParseCertificate_AsPemAndDer_GivesTheSameCertificate) {
    for (const char* name : {"cert.pem", "cert.cer"}) {
        const auto parsed = certificate(name);
        ASSERT_TRUE(parsed) << name << ": " << describe(parsed.error());
        EXPECT_EQ(parsed->modulus_bytes(), 256U);
        EXPECT_EQ(parsed->subject(), "CN=Test");
        EXPECT_EQ(parsed->not_after() - parsed->not_before(), std::chrono::days(30));
    }
}

TEST_F(KeysOfOpenssl, ParseCertificate_WithoutRsaKeyOrOfSomethingElse_IsUnusable) {
    for (const char* name : {"ec-cert.pem", "key.pem", "key.der"}) {
        const auto parsed = certificate(name);
        ASSERT_FALSE(parsed) << name;
        EXPECT_EQ(parsed.error().code, Errc::unusable_key) << name;
    }
}

}  // namespace
}  // namespace sfmkit::platform
