#include "verifier/known_names.hpp"

#include "verifier/schema/own_schema.hpp"

#include <array>
#include <unordered_set>

namespace sfmkit::verifier {
namespace {

/// What every message has, whatever it carries (msghead 2006-05-24, apprec 2004-11-21, base64
/// container), what names the patient in some of them, and attributes that no schema has to
/// declare.
constexpr std::array<std::string_view, 37> beside_the_schema = {
    "AppRec",
    "Base64Container",
    "CanonicalizationMethod",
    "Content",
    "ContentDescription",
    "ConversationRef",
    "DigestValue",
    "Document",
    "Fnr",
    "GenDate",
    "HealthcareProfessional",
    "Ident",
    "IssueDate",
    "M911",
    "M912",
    "M95",
    "MIGversion",
    "MimeType",
    "MsgHead",
    "MsgId",
    "MsgInfo",
    "OriginalMsgId",
    "Organisation",
    "Pasient",
    "Patient",
    "Receiver",
    "RefDoc",
    "RefToConversation",
    "RefToParent",
    "Sender",
    "Signature",
    "SignatureValue",
    "SignedInfo",
    "Status",
    "nil",
    "schemaLocation",
    "type",
};

std::unordered_set<std::string_view> collect_names() {
    std::unordered_set<std::string_view> names(beside_the_schema.begin(), beside_the_schema.end());
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
    static const std::unordered_set<std::string_view> names = collect_names();
    const auto known = names.find(local_name);
    return known == names.end() ? unknown_name : *known;
}

std::string shown_namespace(std::string_view name) {
    constexpr std::array<std::string_view, 2> domain = {
        "http://www.kith.no/xmlstds/", "http://www.ehelse.no/xmlstds/"
    };
    if (name.empty()) return "no namespace";
    for (const std::string_view before : domain) {
        if (name.starts_with(before)) return std::string(name);
    }
    return "another namespace";
}

}  // namespace sfmkit::verifier
