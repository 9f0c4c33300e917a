#include "verifier/known_names.hpp"

#include "verifier/schema/own_schema.hpp"

#include <array>
#include <set>

namespace sfmkit::verifier {
namespace {

/// What every message has, whatever it carries (msghead 2006-05-24, apprec 2004-11-21, base64
/// container), and attributes that no schema has to declare.
constexpr std::array<std::string_view, 29> beside_the_schema = {
    "AppRec",
    "Base64Container",
    "CanonicalizationMethod",
    "Content",
    "ContentDescription",
    "DigestValue",
    "Document",
    "GenDate",
    "HealthcareProfessional",
    "Ident",
    "IssueDate",
    "MIGversion",
    "MimeType",
    "MsgHead",
    "MsgId",
    "MsgInfo",
    "OriginalMsgId",
    "Organisation",
    "Patient",
    "Receiver",
    "RefDoc",
    "Sender",
    "Signature",
    "SignatureValue",
    "SignedInfo",
    "Status",
    "nil",
    "schemaLocation",
    "type",
};

std::set<std::string_view> collect_names() {
    std::set<std::string_view> names(beside_the_schema.begin(), beside_the_schema.end());
    // Types are named so, too; they are as public as elements.
    constexpr std::string_view before = " name=\"";
    const std::string_view schema = own_schema();
    std::size_t at = schema.find(before);
    while (at != std::string_view::npos) {
        const std::size_t begin = at + before.size();
        const std::size_t end = schema.find('"', begin);
        names.insert(schema.substr(begin, end - begin));
        at = schema.find(before, end);
    }
    return names;
}

}  // namespace

std::string_view known_name(std::string_view local_name) {
    static const std::set<std::string_view> names = collect_names();
    const auto known = names.find(local_name);
    return known == names.end() ? unknown_name : *known;
}

}  // namespace sfmkit::verifier
