#include "verifier/value_shape.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

/// Telephone numbers have eight digits, health personnel numbers seven to nine, identity numbers
/// eleven.
constexpr std::size_t longest_harmless_run = 6;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// `9` stands for a digit, `h` for a hex digit, every other letter for itself.
bool fits(std::string_view value, std::string_view pattern) noexcept {
    return std::ranges::equal(value, pattern, [](char c, char wanted) {
        if (wanted == '9') return is_digit(c);
        return wanted == 'h' ? is_hex(c) : c == wanted;
    });
}

bool is_guid(std::string_view value) noexcept {
    return fits(value, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
}

bool is_zone(std::string_view value) noexcept {
    return value.empty() || value == "Z" || fits(value, "+99:99") || fits(value, "-99:99");
}

bool is_time(std::string_view value) noexcept {
    constexpr std::size_t seconds_end = 8;
    if (value.size() < seconds_end || !fits(value.substr(0, seconds_end), "99:99:99")) return false;
    value.remove_prefix(seconds_end);
    if (value.starts_with('.')) {
        const auto end = std::ranges::find_if_not(value.substr(1), is_digit);
        const auto digits = static_cast<std::size_t>(end - value.begin()) - 1;
        if (digits == 0 || digits > 9) return false;
        value.remove_prefix(1 + digits);
    }
    return is_zone(value);
}

bool is_moment(std::string_view value) noexcept {
    constexpr std::size_t date_end = 10;
    if (is_time(value)) return true;
    if (value.size() < date_end || !fits(value.substr(0, date_end), "9999-99-99")) return false;
    value.remove_prefix(date_end);
    return is_zone(value) || (value.starts_with('T') && is_time(value.substr(1)));
}

/// In all: numbers of people are also written in groups, `22 33 44 55` or `010190-12345`.
bool has_few_digits(std::string_view value) noexcept {
    constexpr std::ptrdiff_t most_digits = 7;
    return std::ranges::count_if(value, is_digit) <= most_digits &&
           longest_digit_run(value) <= longest_harmless_run;
}

bool is_number(std::string_view value) noexcept {
    if (value.starts_with('-') || value.starts_with('+')) value.remove_prefix(1);
    return has_few_digits(value) && std::ranges::any_of(value, is_digit) &&
           std::ranges::count(value, '.') <= 1 &&
           std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.'; });
}

/// Of letters side by side.
std::size_t longest_letter_run(std::string_view value) noexcept {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : value) {
        run = is_letter(c) ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

bool is_word(std::string_view value) noexcept;

bool is_code(std::string_view value) noexcept {
    constexpr std::string_view marks = "._/+-%";
    constexpr std::size_t longest = 20;
    constexpr std::size_t longest_unit = 4;
    const bool letters_fit = !value.empty() && value.size() <= longest && has_few_digits(value) &&
                             std::ranges::all_of(value, [&](char c) {
                                 return is_digit(c) || is_letter(c) || marks.find(c) != marks.npos;
                             });
    // A longer word may be a name that stands in the wrong place, also with a digit behind it.
    const bool no_name = longest_letter_run(value) <= longest_unit;
    return letters_fit && (no_name || value == "AppRec" || is_word(value));
}

bool is_oid(std::string_view value) noexcept {
    // The first arc is 0, 1 or 2 (X.660).
    const bool dotted = value.size() > 1 && value[0] >= '0' && value[0] <= '2' && value[1] == '.';
    return dotted && longest_digit_run(value) <= longest_harmless_run &&
           std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.'; });
}

/// The closed lists in the documentation of the published schema, and the display texts of
/// kodeverk 7408.
constexpr std::array<std::string_view, 59> words = {
    "Successful",
    "Failed",
    "Product",
    "Brand",
    "FreeText",
    "Preparation",
    "Admission",
    "PreliminaryAdmission",
    "Discharge",
    "AfterChange",
    "Other",
    "eRp/uRp",
    "eRp",
    "uRp",
    "fRp",
    "tRp",
    "Reg",
    "iRp",
    "Undefined",
    "Dosett",
    "Multidose",
    "NeitherPlo",
    "NeitherPatient",
    "All",
    "NotA",
    "NotAB",
    "M1Pending",
    "M1Failed",
    "M5Pending",
    "M5Failed",
    "e-resept not in RF",
    "Ekspederbar",
    "Resept avsluttet",
    "Under ekspedering",
    "Tilbakekalt",
    "Foreldet",
    "Rf",
    "Kj",
    "Epj",
    "Utl",
    "Utl/KJ",
    "P/Utl",
    "P/Utl/K",
    "M25/Rf",
    "M25/Kj",
    "M25",
    "Ukjent",
    "New prescription",
    "Renewal",
    "Import",
    "Stop",
    "Recall",
    "Admin",
    "Doctor",
    "Assistant",
    "ReadOnly",
    "Nurse",
    "Dentist",
    "Midwife",
};

constexpr std::array<std::string_view, 8> updates = {
    "Requested by",
    "Registered by",
    "Approved by",
    "Forskriver",
    "Created By",
    "Created by",
    "LastEdited by",
    "Signed by",
};

bool is_word(std::string_view value) noexcept {
    return std::ranges::find(words, value) != words.end() ||
           std::ranges::find(updates, value) != updates.end();
}

/// `Reports0\<guid>.xps` or `<guid>.xml`.
bool is_file(std::string_view value) noexcept {
    const std::size_t slash = value.find_last_of("/\\");
    if (slash != value.npos) {
        const std::string_view folder = value.substr(0, slash);
        if (!folder.starts_with("Reports") || folder.size() > 12) return false;
        if (!std::ranges::all_of(folder.substr(7), is_digit)) return false;
        value.remove_prefix(slash + 1);
    }
    constexpr std::size_t guid_length = 36;
    if (value == "PatientData.xml" || value == "ExportData.xml") return true;
    return value.size() == guid_length + 4 && is_guid(value.substr(0, guid_length)) &&
           (value.ends_with(".xml") || value.ends_with(".xps") || value.ends_with(".rpt"));
}

bool is_version(std::string_view value) noexcept {
    constexpr std::string_view letters = "v. -";
    constexpr std::string_view date = "9999-99-99";
    constexpr std::size_t longest = 20;
    // Without its date there are few digits: those of people have eight and more.
    constexpr std::ptrdiff_t most_digits = 6;
    if (value.empty() || value.size() > longest) return false;
    if (value.size() >= date.size() && fits(value.substr(value.size() - date.size()), date)) {
        value.remove_suffix(date.size());
    }
    return std::ranges::count_if(value, is_digit) <= most_digits &&
           std::ranges::all_of(value, [&](char c) {
               return is_digit(c) || letters.find(c) != letters.npos;
           });
}

}  // namespace

std::size_t longest_digit_run(std::string_view value) noexcept {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : value) {
        run = is_digit(c) ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

bool has_shape(std::string_view value, ValueShape shape) noexcept {
    switch (shape) {
        case ValueShape::guid:
            return is_guid(value);
        case ValueShape::moment:
            return is_moment(value);
        case ValueShape::boolean:
            return value == "true" || value == "false" || value == "0" || value == "1";
        case ValueShape::number:
            return is_number(value);
        case ValueShape::code:
            return is_code(value);
        case ValueShape::oid:
            return is_oid(value);
        case ValueShape::word:
            return is_word(value);
        case ValueShape::file:
            return is_file(value);
        case ValueShape::version:
            return is_version(value);
    }
    return false;
}

}  // namespace sfmkit::verifier
