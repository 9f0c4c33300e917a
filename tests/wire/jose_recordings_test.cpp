#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/wire/jose_keys.hpp"
#include "wire/jose/base64url.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

namespace sfmkit::wire {
namespace {

using nlohmann::json;

class OfficialProofs : public testing::Test {
  protected:
    void SetUp() override {
        const auto file = test::reference_file("wire/official-uploader.json");
        if (!file) SFM_SKIP_OR_FAIL("no recording of the official uploader");
        recording_ = json::parse(test::read_file(*file));
    }

    /// Header and payload of every request of the DPoP run that carried a proof.
    std::vector<json> decoded() const {
        std::vector<json> proofs;
        for (const json& run : recording_["runs"]) {
            if (run["mode"] != "DPoP") continue;
            for (const json& request : run["requests"]) {
                if (!request.contains("proof")) continue;
                proofs.push_back(request["proof"]);
                proofs.back()["method"] = request["method"];
            }
        }
        return proofs;
    }

    json recording_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
};

// The recording keeps three of the 17 proofs whole.
TEST_F(OfficialProofs, ThatWereKeptWhole_VerifyAsPs256) {
    const auto& vectors = recording_["proof_vectors"];
    const std::string hash = encode_base64url(platform::digest_of(
        *algorithms_.sha256, platform::as_bytes(vectors["token"].get<std::string>())
    ));
    std::set<std::string> methods;
    for (const std::string proof : vectors["proofs"]) {
        const auto jws = parse_jws(proof);
        ASSERT_TRUE(jws);
        const auto key = Jwk::parse_public(*jws->header.find("jwk"));
        ASSERT_TRUE(key);
        ASSERT_EQ(algorithm_of(*jws), SignatureAlgorithm::ps256);
        EXPECT_TRUE(verify(*jws, SignatureAlgorithm::ps256, *key));
        EXPECT_EQ(text_member(jws->header, "typ"), "dpop+jwt");
        const auto claims = claims_of(*jws);
        ASSERT_TRUE(claims);
        EXPECT_EQ(text_member(*claims, "ath"), hash);
        methods.insert(std::string(text_member(*claims, "htm").value_or("")));
        Jws changed = *jws;
        changed.signing_input.back() ^= 1;
        EXPECT_FALSE(verify(changed, SignatureAlgorithm::ps256, *key));
    }
    EXPECT_EQ(methods, (std::set<std::string>{"HEAD", "PATCH", "POST"}));
}

// Of all 17 the recording tells header, payload, and the length of the proof as it was sent.
TEST_F(OfficialProofs, All_HaveTheRecordedLengthAndOneKey) {
    std::set<std::string> keys;
    std::set<std::string> ids;
    const auto proofs = decoded();
    ASSERT_EQ(proofs.size(), 17u);
    for (const json& proof : proofs) {
        const auto header = parse_json_object(proof["header_json"].get<std::string>());
        const auto claims = parse_json_object(proof["payload_json"].get<std::string>());
        ASSERT_TRUE(header && claims);
        EXPECT_EQ(print_json(*header), proof["header_json"].get<std::string>());
        EXPECT_EQ(print_json(*claims), proof["payload_json"].get<std::string>());
        const auto key = Jwk::parse_public(*header->find("jwk"));
        ASSERT_TRUE(key);
        EXPECT_TRUE(key->fits(SignatureAlgorithm::ps256));
        EXPECT_EQ(key->signature_bytes(), proof["signature_bytes"].get<std::size_t>());
        const std::string compact =
            encode_base64url(platform::as_bytes(print_json(*header))) + "." +
            encode_base64url(platform::as_bytes(print_json(*claims))) + "." +
            encode_base64url(platform::ByteBuffer(key->signature_bytes()));
        EXPECT_EQ(compact.size(), proof["compact_length"].get<std::size_t>());
        EXPECT_EQ(text_member(*claims, "htm"), proof["method"].get<std::string>());
        keys.insert(thumbprint(*key, *algorithms_.sha256));
        ids.insert(std::string(text_member(*claims, "jti").value_or("")));
    }
    EXPECT_EQ(keys.size(), 1u);
    EXPECT_EQ(ids.size(), 17u);
}

}  // namespace
}  // namespace sfmkit::wire
