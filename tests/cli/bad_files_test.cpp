#include "tests/cli/bad_input.hpp"

#include <gtest/gtest.h>

namespace sfmkit {
namespace {

using test::BadInput;
using test::by;
using test::Told;
using test::User;

constexpr const char* open_patient =
    "open @/patient.pat --key @/keys/recipient.key.pem --output @/out/plain.zip";
constexpr const char* verify_patient = "verify @/patient.pat --key @/keys/recipient.key.pem";
constexpr const char* seal_plain =
    "seal @/plain.zip @/out/new.pat --recipient @/keys/recipient.cer";
constexpr const char* generate_export =
    "generate @/out/export --patients 1 --recipient @/keys/recipient.cer";

std::vector<BadInput> rows_of_keys() {
    const auto other_key = by("openssl genrsa -out keys/recipient.key.pem 2048");
    const auto rsa_1024 =
        by("openssl req -x509 -newkey rsa:1024 -noenc -subj /CN=t -keyout k -out keys/recipient.cer"
        );
    const auto elliptic =
        by("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=t "
           "-keyout k -out keys/recipient.cer");
    const auto encrypted =
        by("openssl rsa -aes256 -passout pass:secret -in keys/recipient.key.pem -out k && "
           "mv k keys/recipient.key.pem");
    const auto empty_key = by(": >keys/recipient.key.pem");
    const auto locked_key = by("chmod 000 keys/recipient.key.pem");
    const std::string key = "/keys/recipient.key.pem";
    const std::string certificate = "/keys/recipient.cer";
    return {
        {"OpenWithWrongKey",
         open_patient,
         other_key,
         3,
         {"does not fit", "/patient.pat", "expected: ", "proved: ", "(ENV-10)", "[ERR-wrong-key]"}},
        {"VerifyWithWrongKey",
         verify_patient,
         other_key,
         3,
         {"INCONCLUSIVE", "ENV-10", "patient.pat", "expected ", "actual ", "fix: "},
         Told::as_finding},
        {"OpenWithMissingKey",
         open_patient,
         by("rm keys/recipient.key.pem"),
         2,
         {key, "found: ", "[ERR-not-found]"}},
        {"VerifyWithMissingKey",
         verify_patient,
         by("rm keys/recipient.key.pem"),
         2,
         {key, "found: ", "[ERR-not-found]"}},
        {"SealForMissingCertificate",
         seal_plain,
         by("rm keys/recipient.cer"),
         2,
         {certificate, "found: ", "[ERR-not-found]"}},
        {"SealForCertificateWithoutRsa",
         seal_plain,
         elliptic,
         2,
         {certificate, "expected: ", "found:    EC", "[ERR-unusable-key]"}},
        {"GenerateForCertificateWithoutRsa",
         generate_export,
         elliptic,
         2,
         {certificate, "expected: ", "found:    EC", "[ERR-unusable-key]"}},
        {"SealForRsa1024",
         seal_plain,
         rsa_1024,
         2,
         {"2048", "found:    1024 bits", "[ERR-unusable-key]"}},
        {"GenerateForRsa1024",
         generate_export,
         rsa_1024,
         2,
         {"2048", "found:    1024 bits", "[ERR-unusable-key]"}},
        {"OpenWithEncryptedKeyWithoutPassPhrase",
         open_patient,
         encrypted,
         2,
         {key, "no pass phrase was given", "--pass-phrase-file", "[ERR-unusable-key]"}},
        {"VerifyWithEncryptedKeyWithoutPassPhrase",
         verify_patient,
         encrypted,
         2,
         {key, "no pass phrase was given", "--pass-phrase-file", "[ERR-unusable-key]"}},
        {"OpenWithEmptyKey", open_patient, empty_key, 2, {key, "0 bytes", "[ERR-unusable-key]"}},
        {"OpenWithCertificateAsKey",
         open_patient,
         by("cp keys/recipient.cert.pem keys/recipient.key.pem"),
         2,
         {key, "a certificate, not a private key", "[ERR-unusable-key]"}},
        {"SealForEmptyCertificate",
         seal_plain,
         by(": >keys/recipient.cer"),
         2,
         {certificate, "0 bytes", "[ERR-unusable-key]"}},
        {"OpenWithUnreadableKey",
         open_patient,
         locked_key,
         2,
         {key, "Permission denied", "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody}},
    };
}

/// Every way in which a patient file is none: `open` says so as an error, `verify` as a finding.
std::vector<BadInput> rows_of_files() {
    struct Kind {
        std::string name;
        std::string script;
        std::string rule;
        std::string id;
    };
    const std::string reversed_lengths =
        "{ printf '\\000\\000\\001\\000\\000\\000\\000\\020\\000\\000\\000\\004'; "
        "tail -c +13 patient.pat; } >p && mv p patient.pat";
    // The layout of the older page: two lengths, and no extension field behind the IV.
    const std::string legacy =
        "{ head -c 8 patient.pat; tail -c +13 patient.pat | head -c 272; "
        "tail -c +289 patient.pat; } >p && mv p patient.pat";
    const std::vector<Kind> kinds = {
        {"Empty", ": >patient.pat", "ENV-01", "truncated"},
        {"TruncatedInHeader", "truncate -s 200 patient.pat", "ENV-01", "truncated"},
        {"TruncatedInBody", "truncate -s -16 patient.pat", "ENV-13", "truncated"},
        {"TruncatedInBlock", "truncate -s -5 patient.pat", "ENV-09", "truncated"},
        {"PlainZip", "cp plain.zip patient.pat", "ENV-20", "malformed"},
        {"PlainXml", "echo '<?xml version=\"1.0\"?><Eksport/>' >patient.pat", "ENV-20", "malformed"
        },
        {"SwappedByteOrder", reversed_lengths, "ENV-18", "malformed"},
        {"LegacyLayout", legacy, "ENV-17", "malformed"},
        {"Base64OfAll", "base64 patient.pat >p && mv p patient.pat", "ENV-05", "malformed"},
    };
    std::vector<BadInput> rows;
    for (const Kind& kind : kinds) {
        rows.push_back(
            {"Open" + kind.name,
             open_patient,
             by(kind.script),
             1,
             {"/patient.pat", "expected: ", "proved: ", "(" + kind.rule + ")", "[ERR-" + kind.id}}
        );
        rows.push_back(
            {"Verify" + kind.name,
             verify_patient,
             by(kind.script),
             1,
             {"DOES NOT CONFORM", "[" + kind.rule + "]\n", "at patient.pat", "expected ", "fix: "},
             Told::as_finding}
        );
    }
    const std::string denied = "Permission denied";
    rows.push_back(
        {"OpenUnreadable",
         open_patient,
         by("chmod 000 patient.pat"),
         2,
         {"/patient.pat", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody}}
    );
    rows.push_back(
        {"VerifyUnreadable",
         verify_patient,
         by("chmod 000 patient.pat"),
         2,
         {"/patient.pat", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody}}
    );
    rows.push_back(
        {"SealUnreadable",
         seal_plain,
         by("chmod 000 plain.zip"),
         2,
         {"/plain.zip", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody}}
    );
    return rows;
}

class BadKeys : public testing::TestWithParam<BadInput> {};
class BadFiles : public testing::TestWithParam<BadInput> {};

TEST_P(BadKeys, OfTheTable_AreRefusedClearly) {
    test::expect_clear_refusal(GetParam());
}
TEST_P(BadFiles, OfTheTable_AreRefusedClearly) {
    test::expect_clear_refusal(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Program, BadKeys, testing::ValuesIn(rows_of_keys()), test::name_of_row);
INSTANTIATE_TEST_SUITE_P(Program, BadFiles, testing::ValuesIn(rows_of_files()), test::name_of_row);

}  // namespace
}  // namespace sfmkit
