#include "cli/evidence_names.hpp"

#include "cli/kept_evidence.hpp"
#include "wire/http_date.hpp"
#include "wire/http_message.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::cli {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_hex(char letter) {
    return is_digit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}

/// In a form `h` stands for a hexadecimal digit, `d` for a decimal one, all else for itself.
bool has_form(std::string_view text, std::string_view form) {
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'h'   ? is_hex(text[i])
                          : form[i] == 'd' ? is_digit(text[i])
                                           : text[i] == form[i];
        if (!fits) return false;
    }
    return true;
}

constexpr std::string_view guid_form = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
constexpr std::string_view digits_form = "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh";
constexpr std::string_view secret_prefix = "sha256:";
constexpr std::string_view secret_form = "hhhhhhhhhhhhhhhh";
constexpr std::string_view time_form = "dddd-dd-ddTdd:dd:dd";

/// Length of the id that begins the text; 0 when none does. Longer runs of digits are no ids.
std::size_t id_at(std::string_view text) {
    for (const std::string_view form : {guid_form, digits_form}) {
        if (!has_form(text, form)) continue;
        const bool goes_on = text.size() > form.size() && is_hex(text[form.size()]);
        if (!goes_on) return form.size();
    }
    return 0;
}

/// A time of ISO 8601 with fraction and zone.
std::size_t time_at(std::string_view text) {
    if (!has_form(text, time_form)) return 0;
    std::size_t end = time_form.size();
    if (end < text.size() && text[end] == '.') {
        ++end;
        while (end < text.size() && is_digit(text[end])) ++end;
    }
    if (end < text.size() && text[end] == 'Z') return end + 1;
    const std::string_view rest = text.substr(end);
    return has_form(rest, "+dd:dd") || has_form(rest, "-dd:dd") ? end + 6 : end;
}

/// The port behind an authority.
std::string without_port(const std::string& authority) {
    const std::size_t colon = authority.rfind(':');
    const bool has_port =
        colon != std::string::npos && colon + 1 < authority.size() &&
        std::all_of(
            authority.begin() + static_cast<std::ptrdiff_t>(colon) + 1, authority.end(), is_digit
        );
    return has_port ? authority.substr(0, colon) + ":<port>" : authority;
}

std::string without_url_port(std::string text) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string::npos) return text;
    const std::size_t begin = scheme + 3;
    const std::size_t end = std::min(text.find_first_of("/?# \"", begin), text.size());
    return text.substr(0, begin) + without_port(text.substr(begin, end - begin)) + text.substr(end);
}

}  // namespace

std::string StableNames::numbered(std::string_view kind, std::string_view id) {
    std::string plain(kind);
    for (const char letter : id) {
        if (letter != '-')
            plain += static_cast<char>(letter >= 'A' && letter <= 'F' ? letter + 32 : letter);
    }
    const auto [place, is_new] = numbers_.try_emplace(plain, numbers_.size() + 1);
    return fmt::format("<{} {}>", kind, place->second);
}

std::string StableNames::text(std::string_view text) {
    std::string out;
    bool in_word = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        std::size_t taken = 0;
        if (in_word) {
            // An id does not begin in the middle of other digits.
        } else if (rest.starts_with(secret_prefix) &&
                   has_form(rest.substr(secret_prefix.size()), secret_form)) {
            taken = secret_prefix.size() + secret_form.size();
            out += numbered("secret", rest.substr(0, taken));
        } else if ((taken = id_at(rest)) > 0) {
            out += numbered("id", rest.substr(0, taken));
        } else if ((taken = time_at(rest)) > 0) {
            out += "<time>";
        }
        if (taken == 0) {
            out += text[at];
            in_word = is_hex(text[at]);
            taken = 1;
        } else {
            in_word = false;
        }
        at += taken;
    }
    return without_url_port(std::move(out));
}

std::string StableNames::header_value(const std::string& name, const std::string& value) {
    constexpr std::array dates = {"Date", "Upload-Expires", "Expires", "Last-Modified"};
    const auto is = [&name](std::string_view other) {
        return wire::equal_ignoring_case(name, other);
    };
    if (std::ranges::any_of(dates, is) && wire::parse_http_date(value)) return "<time>";
    if (is("Host")) return without_port(value);
    if (!is("Upload-Metadata")) return text(value);
    const auto pairs = wire::parse_metadata_as_tusdotnet(value);
    if (!pairs) return text(value);
    std::string shown;
    for (const wire::MetadataPair& pair : *pairs) {
        if (!shown.empty()) shown += ", ";
        shown += pair.key + " " + text(platform::as_text(pair.value));
    }
    return shown;
}

std::string StableNames::head(const std::string& head) {
    std::string out = head.substr(0, head.starts_with("HTTP/") ? head.find("\r\n") : 0);
    for (const HeaderLine& line : header_lines(head)) {
        out += "\n" + line.name + ": " + header_value(line.name, line.value);
    }
    return out;
}

}  // namespace sfmkit::cli
