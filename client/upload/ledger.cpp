#include "client/upload/ledger.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace sfmkit::client {
namespace {

using nlohmann::json;
using wire::sfm::FileKind;

template <typename Value>
struct Word {
    Value value;
    std::string_view text;
};

constexpr std::array kinds = {
    Word<FileKind>{FileKind::organisation, "organizationFile"},
    Word<FileKind>{FileKind::patient, "patientFile"},
    Word<FileKind>{FileKind::report, "reportFile"},
    Word<FileKind>{FileKind::unknown, "unknown"},
};

constexpr std::array statuses = {
    Word<LedgerStatus>{LedgerStatus::not_started, "notStarted"},
    Word<LedgerStatus>{LedgerStatus::ongoing, "ongoing"},
    Word<LedgerStatus>{LedgerStatus::completed, "completed"},
    Word<LedgerStatus>{LedgerStatus::failed, "failed"},
};

template <typename Words, typename Value>
std::string_view text_of(const Words& words, Value value) {
    const auto found = std::find_if(words.begin(), words.end(), [value](const auto& word) {
        return word.value == value;
    });
    return found == words.end() ? std::string_view("unknown") : found->text;
}

template <typename Words>
auto value_of(const Words& words, std::string_view text)
    -> std::optional<decltype(words.front().value)> {
    const auto found = std::find_if(words.begin(), words.end(), [text](const auto& word) {
        return word.text == text;
    });
    if (found == words.end()) return std::nullopt;
    return found->value;
}

/// The official uploader derives it from the path, and so do we.
std::string_view file_name(std::string_view relative_path) {
    return relative_path.substr(relative_path.rfind('\\') + 1);
}

std::optional<std::string> string_or_null(const json& member) {
    if (member.is_null()) return std::nullopt;
    return member.get<std::string>();
}

constexpr std::size_t members_of_an_entry = 7;

/// Nothing when a word is unknown or there is a member that would be lost; throws what nlohmann
/// throws when a member is missing or of another type.
std::optional<LedgerEntry> read_entry(const json& object) {
    const auto kind = value_of(kinds, object.at("FileType").get_ref<const std::string&>());
    const auto status = value_of(statuses, object.at("Status").get_ref<const std::string&>());
    if (!kind || !status || object.size() != members_of_an_entry) return std::nullopt;
    LedgerEntry entry;
    object.at("FileNameWithRelativePath").get_to(entry.relative_path);
    if (object.at("FileName") != file_name(entry.relative_path)) return std::nullopt;
    entry.kind = *kind;
    entry.status = *status;
    entry.upload = string_or_null(object.at("RemoteUrl"));
    object.at("WhenAddedToLedger").get_to(entry.added);
    object.at("WhenModified").get_to(entry.modified);
    return entry;
}

std::optional<Ledger> read_ledger(const json& object) {
    Ledger ledger;
    const json& files = object.at("importFiles");
    if (!files.is_array() || object.size() != 2) return std::nullopt;
    for (const json& file : files) {
        auto entry = read_entry(file);
        if (!entry) return std::nullopt;
        ledger.entries.push_back(std::move(*entry));
    }
    ledger.session = string_or_null(object.at("ImportSession"));
    return ledger;
}

/// The next code point of well-formed UTF-8, which nlohmann's parser guarantees.
char32_t take_letter(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    constexpr std::array<unsigned char, 5> masks = {0, 0x7f, 0x1f, 0x0f, 0x07};
    char32_t letter = first & masks[length];
    for (const char next : text.substr(1, length - 1)) {
        letter = (letter << 6U) | (static_cast<unsigned char>(next) & 0x3fU);
    }
    text.remove_prefix(std::min(length, text.size()));
    return letter;
}

void print_escape(std::string& out, char32_t letter) {
    const auto code = static_cast<std::uint32_t>(letter);
    if (code < 0x10000) {
        fmt::format_to(std::back_inserter(out), "\\u{:04X}", code);
        return;
    }
    const std::uint32_t rest = code - 0x10000;
    fmt::format_to(
        std::back_inserter(out),
        "\\u{:04X}\\u{:04X}",
        0xd800 + (rest >> 10U),
        0xdc00 + (rest & 0x3ffU)
    );
}

/// A string as System.Text.Json writes it by default: all but plain ASCII is escaped, and so is
/// what means something in HTML.
std::string json_string(std::string_view text) {
    constexpr std::string_view escaped = "\"&'+<>`\x7f";
    constexpr std::string_view short_forms = "\\\\\bb\ff\nn\rr\tt";
    std::string out = "\"";
    while (!text.empty()) {
        const char32_t letter = take_letter(text);
        const char plain = letter < 0x80 ? static_cast<char>(letter) : '\0';
        std::size_t form = 0;
        while (form < short_forms.size() && short_forms[form] != plain) form += 2;
        if (plain != '\0' && form < short_forms.size()) {
            out += '\\';
            out += short_forms[form + 1];
        } else if (plain < ' ' || escaped.find(plain) != std::string_view::npos) {
            print_escape(out, letter);
        } else {
            out += plain;
        }
    }
    return out + '"';
}

std::string json_string_or_null(const std::optional<std::string>& text) {
    return text ? json_string(*text) : "null";
}

std::string print_entry(const LedgerEntry& entry) {
    // Times are the only strings that are written without escapes: their + stays one.
    return fmt::format(
        "    {{\n"
        "      \"FileNameWithRelativePath\": {},\n"
        "      \"FileName\": {},\n"
        "      \"FileType\": \"{}\",\n"
        "      \"Status\": \"{}\",\n"
        "      \"RemoteUrl\": {},\n"
        "      \"WhenAddedToLedger\": \"{}\",\n"
        "      \"WhenModified\": \"{}\"\n"
        "    }}",
        json_string(entry.relative_path),
        json_string(file_name(entry.relative_path)),
        text_of(kinds, entry.kind),
        text_of(statuses, entry.status),
        json_string_or_null(entry.upload),
        entry.added,
        entry.modified
    );
}

std::string with_windows_lines(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\n') out += '\r';
        out += letter;
    }
    return out;
}

std::unexpected<platform::Error> bad_ledger(const std::string& where, std::string actual) {
    return platform::fail(
        {.code = platform::Errc::malformed,
         .what = "this is no ledger of the official uploader",
         .where = where,
         .expected = "importFiles with seven members each, and ImportSession",
         .actual = std::move(actual),
         .next = "move it away to start over; what was uploaded is uploaded again"}
    );
}

}  // namespace

platform::Result<Ledger> parse_ledger(std::string_view text, const std::string& where) {
    const json parsed = json::parse(text, nullptr, false);
    if (parsed.is_discarded()) return bad_ledger(where, "no JSON, or JSON that is cut off");
    std::optional<Ledger> ledger;
    try {
        ledger = read_ledger(parsed);
    } catch (const json::exception&) {
        return bad_ledger(where, "a member is missing or of another type");
    }
    if (!ledger) return bad_ledger(where, "an unknown word or member");
    ledger->windows_lines = text.find("\r\n") != std::string_view::npos;
    if (print_ledger(*ledger) == text) return *std::move(ledger);
    return bad_ledger(where, "the same values in another form, which would be lost");
}

std::string print_ledger(const Ledger& ledger) {
    std::string text = "{\n  \"importFiles\": [";
    std::string_view separator = "\n";
    for (const LedgerEntry& entry : ledger.entries) {
        text += separator;
        text += print_entry(entry);
        separator = ",\n";
    }
    if (!ledger.entries.empty()) text += "\n  ";
    text += fmt::format("],\n  \"ImportSession\": {}\n}}", json_string_or_null(ledger.session));
    return ledger.windows_lines ? with_windows_lines(text) : text;
}

}  // namespace sfmkit::client
