#include "mockserver/sfm/creation_checks.hpp"

#include "platform/printable.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace sfmkit::mockserver::sfm {
namespace {

namespace names = wire::sfm;

constexpr std::array<std::string_view, 4> keys = {
    names::metadata_name,
    names::metadata_content_type,
    names::metadata_file_type,
    names::metadata_session_id
};

const wire::MetadataPair* pair_of(const CreationFacts& facts, std::string_view key) {
    const auto pair = std::ranges::find(facts.metadata, key, &wire::MetadataPair::key);
    return pair == facts.metadata.end() ? nullptr : &*pair;
}

bool is_utf8_text(std::string_view text) {
    return text.find('\0') == std::string_view::npos && platform::is_utf8(text);
}

/// The value; nothing when the key is missing or SFM-06 tells that nobody can read it.
std::optional<std::string_view> value_of(const CreationFacts& facts, std::string_view key) {
    const auto* const pair = pair_of(facts, key);
    if (pair == nullptr || !is_utf8_text(platform::as_text(pair->value))) return std::nullopt;
    return platform::as_text(pair->value);
}

/// A name may be that of a person: only what cannot be one is shown.
std::string shown_name(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    const bool known = name == names::organisation_file || name == names::index_file ||
                       names::is_guid(name.substr(0, dot));
    return known ? platform::printable(name) : fmt::format("a name of {} bytes", name.size());
}

/// Values that are made by programs and tell nothing about people, cut to a line.
std::string shown_value(std::string_view value) {
    constexpr std::size_t longest = 60;
    return '`' + platform::printable(value.substr(0, longest)) + '`';
}

std::string letters_of(std::string_view key) {
    std::string letters;
    for (const char c : key) {
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') letters += c;
    }
    return letters;
}

/// The key that was meant: the same letters in another case or with other signs between them, or
/// a name that uploaders of other services use.
std::optional<std::string_view> meant_by(std::string_view key) {
    struct Other {
        std::string_view letters;
        std::string_view meant;
    };
    constexpr std::array<Other, 6> others = {{
        {"filename", names::metadata_name},
        {"mimetype", names::metadata_content_type},
        {"type", names::metadata_content_type},
        {"sessionguid", names::metadata_session_id},
        {"session", names::metadata_session_id},
        {"filekind", names::metadata_file_type},
    }};
    const std::string letters = letters_of(key);
    for (const std::string_view known : keys) {
        if (letters == letters_of(known)) return known;
    }
    const auto other = std::ranges::find(others, letters, &Other::letters);
    return other == others.end() ? std::nullopt : std::optional(other->meant);
}

void tell_missing(const CreationFacts& facts, const RuleReporter& broken, std::string_view key) {
    if (pair_of(facts, key) != nullptr) return;
    std::string sent;
    for (const wire::MetadataPair& pair : facts.metadata) {
        // SFM-05 tells.
        if (meant_by(pair.key) == key) return;
        sent += (sent.empty() ? "" : ", ") + platform::printable(pair.key, 40);
    }
    broken.found(
        {.expected = fmt::format("the key {}", key),
         .actual = facts.metadata.empty() ? "no Upload-Metadata" : "the keys " + sent,
         .message = fmt::format("Upload-Metadata has no {}", key)}
    );
}

/// Forms that .NET reads, too: without hyphens, or in brackets.
bool is_guid_of_other_form(std::string_view text) {
    constexpr std::size_t digits_of_a_guid = 32;
    if (text.size() >= 2) {
        const std::string_view inner = text.substr(1, text.size() - 2);
        const bool in_brackets = (text.front() == '{' && text.back() == '}') ||
                                 (text.front() == '(' && text.back() == ')');
        if (in_brackets) return names::is_guid(inner);
    }
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    return text.size() == digits_of_a_guid &&
           text.find_first_not_of(digits) == std::string_view::npos;
}

names::FileKind kind_of_name(std::string_view name) {
    if (name == names::organisation_file) return names::FileKind::organisation;
    if (name.ends_with(names::patient_extension)) return names::FileKind::patient;
    if (name.ends_with(names::report_extension)) return names::FileKind::report;
    return names::FileKind::unknown;
}

std::optional<names::FileKind> kind_of_type(std::string_view type) {
    using enum names::FileKind;
    for (const auto kind : {organisation, patient, report, unknown}) {
        if (type == names::upload_file_type(kind)) return kind;
    }
    return std::nullopt;
}

}  // namespace

void name_missing(const CreationFacts& facts, const RuleReporter& broken) {
    tell_missing(facts, broken, names::metadata_name);
}

void content_type_missing(const CreationFacts& facts, const RuleReporter& broken) {
    tell_missing(facts, broken, names::metadata_content_type);
}

void file_type_missing(const CreationFacts& facts, const RuleReporter& broken) {
    tell_missing(facts, broken, names::metadata_file_type);
}

void session_id_missing(const CreationFacts& facts, const RuleReporter& broken) {
    tell_missing(facts, broken, names::metadata_session_id);
}

void misspelt_key(const CreationFacts& facts, const RuleReporter& broken) {
    for (const wire::MetadataPair& pair : facts.metadata) {
        if (std::ranges::find(keys, pair.key) != keys.end()) continue;
        const auto meant = meant_by(pair.key);
        if (!meant || pair_of(facts, *meant) != nullptr) continue;
        broken.found(
            {.expected = fmt::format("the key {}", *meant),
             .actual = fmt::format("the key {}", shown_value(pair.key)),
             .message = fmt::format("the key {} of Upload-Metadata is misspelt", *meant)}
        );
    }
}

void unreadable_value(const CreationFacts& facts, const RuleReporter& broken) {
    for (const std::string_view key : keys) {
        const auto* const pair = pair_of(facts, key);
        if (pair == nullptr || is_utf8_text(platform::as_text(pair->value))) continue;
        broken.found(
            {.expected = "text in UTF-8",
             .actual = fmt::format("{} bytes that are no such text", pair->value.size()),
             .message = fmt::format("the value of {} cannot be read", key)}
        );
    }
}

void session_id_without_form(const CreationFacts& facts, const RuleReporter& broken) {
    const auto value = value_of(facts, names::metadata_session_id);
    if (!value || names::is_guid(*value)) return;
    findings::Observation seen{
        .expected = "a GUID such as 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b",
        .actual = shown_value(*value),
        .message = "SessionId is no GUID"
    };
    if (is_guid_of_other_form(*value)) {
        seen.message = "SessionId is a GUID in a form that the page does not show";
        seen.severity = findings::Severity::warning;
    }
    broken.found(std::move(seen));
}

void unknown_file_type(const CreationFacts& facts, const RuleReporter& broken) {
    const auto value = value_of(facts, names::metadata_file_type);
    if (!value) return;
    const auto kind = kind_of_type(*value);
    if (kind && *kind != names::FileKind::unknown) return;
    findings::Observation seen{
        .expected = "OrganizationFile, PatientFile or ReportFile",
        .actual = shown_value(*value),
        .message = "no FileType of an export"
    };
    if (kind) {
        seen.message = "the file belongs to no export; the official uploader sends such files so";
        seen.severity = findings::Severity::info;
    }
    broken.found(std::move(seen));
}

void other_content_type(const CreationFacts& facts, const RuleReporter& broken) {
    const auto value = value_of(facts, names::metadata_content_type);
    if (!value || *value == names::octet_stream) return;
    broken.found(
        {.expected = std::string(names::octet_stream),
         .actual = shown_value(*value),
         .message = "contentType is another one than that of encrypted files"}
    );
}

void name_with_folder(const CreationFacts& facts, const RuleReporter& broken) {
    const auto value = value_of(facts, names::metadata_name);
    if (!value) return;
    const std::size_t separator = value->find_first_of("/\\");
    if (separator == std::string_view::npos && !value->empty()) return;
    broken.found(
        {.expected = "a file name such as ExportData.dat",
         .actual = value->empty()
                       ? std::string("an empty name")
                       : fmt::format("a path with `{}` at byte {}", (*value)[separator], separator),
         .message = value->empty() ? "the name is empty" : "the name has folders in it"}
    );
}

void name_of_other_type(const CreationFacts& facts, const RuleReporter& broken) {
    const auto name = value_of(facts, names::metadata_name);
    const auto type = value_of(facts, names::metadata_file_type);
    if (!name || !type || name->empty()) return;
    const auto told = kind_of_type(*type);
    if (!told || *told == names::FileKind::unknown) return;
    const names::FileKind named = kind_of_name(name->substr(name->find_last_of("/\\") + 1));
    if (named == *told) return;
    broken.found(
        {.expected = fmt::format("FileType {}", names::upload_file_type(named)),
         .actual = fmt::format("FileType {} for {}", *type, shown_name(*name)),
         .message = "name and FileType contradict each other"}
    );
}

void name_without_form(const CreationFacts& facts, const RuleReporter& broken) {
    const auto name = value_of(facts, names::metadata_name);
    const auto type = value_of(facts, names::metadata_file_type);
    if (!name || !type) return;
    const auto told = kind_of_type(*type);
    const std::string_view file = name->substr(name->find_last_of("/\\") + 1);
    const bool has_own_name = told == names::FileKind::patient || told == names::FileKind::report;
    if (!has_own_name || kind_of_name(file) != *told) return;
    const std::string_view stem = file.substr(0, file.rfind('.'));
    if (names::is_lower_case_guid(stem)) return;
    broken.found(
        {.expected = "a GUID in lower case before the extension",
         .actual = shown_name(file),
         .message = "the name is none of an export"}
    );
}

}  // namespace sfmkit::mockserver::sfm
