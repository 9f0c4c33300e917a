#include "tests/verifier/export_recipe.hpp"

namespace sfmkit::test {
namespace {

std::function<void(ExportRecipe&)> edited_file(std::function<void(std::string&)> edit) {
    return [edit](ExportRecipe& recipe) { recipe.edit_patient_file = edit; };
}

std::function<void(ExportRecipe&)> wrapped_by(TestWrap wrap) {
    return [wrap](ExportRecipe& recipe) { recipe.patient.wrap = wrap; };
}

std::function<void(ExportRecipe&)> with_extension_field(std::string field) {
    return [field](ExportRecipe& recipe) { recipe.patient.extension_field = field; };
}

std::function<void(ExportRecipe&)> sealed_for(unsigned bits) {
    return [bits](ExportRecipe& recipe) { recipe.recipient_bits = bits; };
}

void cut_last_block(ExportRecipe& recipe) {
    recipe.edit_patient_file = [](std::string& file) { file.resize(file.size() - 16); };
}

void unpadded(ExportRecipe& recipe) {
    recipe.patient.plaintext = make_zip(recipe.patient_archive);
    recipe.patient.plaintext.resize(recipe.patient.plaintext.size() / 16 * 16);
    recipe.patient.padded = false;
}

std::vector<RuleRecipe> layout_recipes() {
    return {
        {"ENV-01", "the smallest header", true, [](ExportRecipe&) {}},
        {"ENV-01", "five bytes", false, edited_file([](std::string& file) { file.resize(5); })},
        {"ENV-01", "cut in the key", false, edited_file([](std::string& f) { f.resize(100); })},
        {"ENV-02", "the right key", true, sealed_for(3072)},
        {"ENV-02",
         "sealed for a longer key",
         false,
         [](ExportRecipe& recipe) {
             recipe.for_another_recipient = true;
             recipe.another_recipient_bits = 3072;
         }},
        {"ENV-03", "4096 bits", true, sealed_for(4096)},
        {"ENV-03", "2432 bits", false, sealed_for(2432)},
        {"ENV-03", "1536 bits", false, sealed_for(1536)},
        {"ENV-04", "16 bytes", true, [](ExportRecipe& r) { r.patient.iv = "sixteen bytes!!!"; }},
        {"ENV-04", "GCM", false, [](ExportRecipe& r) { r.patient.iv = "twelve bytes"; }},
        {"ENV-04",
         "Rijndael-256",
         false,
         [](ExportRecipe& r) { r.patient.iv = "thirty-two bytes for Rijndael256"; }},
        {"ENV-04", "2 GiB", false, [](ExportRecipe& r) { r.patient.iv_length = 0x7FFFFFFF; }},
        {"ENV-05", "4 letters", true, with_extension_field("emlw")},
        {"ENV-05", "empty", false, with_extension_field("")},
        {"ENV-05", "65 letters", false, with_extension_field(std::string(65, 'A'))},
        {"ENV-05", "4 GiB", false, [](ExportRecipe& r) { r.patient.extension_length = 0xFFFFFFFF; }
        },
        {"ENV-05",
         "a key of 2 GiB",
         false,
         [](ExportRecipe& r) { r.patient.key_length = 0x7FFFFFFF; }},
        {"ENV-09", "whole blocks", true, [](ExportRecipe&) {}},
        {"ENV-09", "one byte behind", false, edited_file([](std::string& f) { f += 'x'; })},
        {"ENV-09", "no ciphertext", false, edited_file([](std::string& f) { f.resize(288); })},
        {"ENV-17", "with extension field", true, [](ExportRecipe&) {}},
        {"ENV-17", "without", false, [](ExportRecipe& r) { r.patient.with_extension = false; }},
        {"ENV-18", "little-endian", true, [](ExportRecipe&) {}},
        {"ENV-18", "big-endian", false, [](ExportRecipe& r) { r.patient.big_endian = true; }},
        {"ENV-20", "encrypted", true, [](ExportRecipe&) {}},
        {"ENV-20", "a zip", false, edited_file([](std::string& f) { f = "PK\x03\x04 and so on"; })},
        {"ENV-20", "XML", false, edited_file([](std::string& f) { f = "<?xml version='1.0'?>"; })},
    };
}

std::vector<RuleRecipe> field_recipes() {
    return {
        {"ENV-06", "base64", true, with_extension_field("emlw")},
        {"ENV-06", "three plain letters", false, with_extension_field("zip")},
        {"ENV-06", "with a plain dot", false, with_extension_field(".zip")},
        {"ENV-06", "no UTF-8", false, with_extension_field("//8=")},
        {"ENV-07", "capitals", true, with_extension_field("WklQ")},
        {"ENV-07", "pat", false, with_extension_field("cGF0")},
        {"ENV-08", "zip", true, with_extension_field("emlw")},
        {"ENV-08", ".zip", false, with_extension_field("LnppcA==")},
        {"ENV-16",
         "two letters in turn",
         true,
         [](ExportRecipe& r) { r.patient.iv = "abababababababab"; }},
        {"ENV-16", "zeros", false, [](ExportRecipe& r) { r.patient.iv = std::string(16, '\0'); }},
        {"ENV-15", "all new", true, [](ExportRecipe&) {}},
        {"ENV-15", "same IV", false, [](ExportRecipe& r) { r.patient.iv = r.organisation.iv; }},
        {"ENV-15",
         "same AES key",
         false,
         [](ExportRecipe& r) { r.patient.aes_key = r.organisation.aes_key; }},
    };
}

std::vector<RuleRecipe> secret_recipes() {
    return {
        {"ENV-10", "the right key", true, [](ExportRecipe&) {}},
        {"ENV-10", "another key", false, [](ExportRecipe& r) { r.for_another_recipient = true; }},
        {"ENV-11", "SHA-512", true, wrapped_by(TestWrap::oaep_sha512)},
        {"ENV-11", "Java's MGF1", false, wrapped_by(TestWrap::oaep_sha512_mgf1_sha1)},
        {"ENV-11", "SHA-256", false, wrapped_by(TestWrap::oaep_sha256)},
        {"ENV-11", "SHA-1", false, wrapped_by(TestWrap::oaep_sha1)},
        {"ENV-11", "PKCS#1 v1.5", false, wrapped_by(TestWrap::pkcs1_v15)},
        {"ENV-12", "32 bytes", true, [](ExportRecipe&) {}},
        {"ENV-12",
         "AES-128",
         false,
         [](ExportRecipe& r) { r.patient.wrapped_content = "sixteen bytes!!!"; }},
        {"ENV-12",
         "key and IV",
         false,
         [](ExportRecipe& r) { r.patient.wrapped_content = r.patient.aes_key + r.patient.iv; }},
        {"ENV-13",
         "a full block of padding",
         true,
         [](ExportRecipe& r) {
             r.patient_archive.comment.clear();
             while (make_zip(r.patient_archive).size() % 16 != 0) r.message().content += ' ';
         }},
        {"ENV-13", "the last block is missing", false, cut_last_block},
        {"ENV-13", "never padded", false, unpadded},
        {"ENV-14", "a zip", true, [](ExportRecipe&) {}},
        {"ENV-14", "text", false, [](ExportRecipe& r) { r.patient.plaintext = "no archive"; }},
        {"ENV-19", "valid today", true, [](ExportRecipe& r) { r.with_certificate = true; }},
        {"ENV-19",
         "expired",
         false,
         [](ExportRecipe& r) {
             r.with_certificate = true;
             r.later = std::chrono::hours(24 * 365);
         }},
    };
}

}  // namespace

std::vector<RuleRecipe> env_recipes() {
    std::vector<RuleRecipe> all;
    for (const auto& part : {layout_recipes(), field_recipes(), secret_recipes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace sfmkit::test
