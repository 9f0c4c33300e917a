#include "wire/tus_headers.hpp"

#include "wire/base64.hpp"

#include <algorithm>
#include <limits>

namespace sfmkit::wire {
namespace {

using Pairs = std::vector<MetadataPair>;
using Kind = MetadataFault::Kind;

constexpr std::uint64_t largest_number = std::numeric_limits<std::int64_t>::max();
/// What .NET counts as white space below U+0080.
constexpr std::string_view dotnet_blanks = " \t\n\v\f\r";

std::string_view without_leading(std::string_view text, std::string_view letters) noexcept {
    return text.substr(std::min(text.find_first_not_of(letters), text.size()));
}

std::string_view without_trailing(std::string_view text, std::string_view letters) noexcept {
    return text.substr(0, text.find_last_not_of(letters) + 1);
}

/// One or more digits and nothing else.
std::expected<std::uint64_t, NumberFault> parse_digits(
    std::string_view text, std::uint64_t largest
) noexcept {
    if (text.empty()) return std::unexpected(NumberFault::not_a_number);
    std::uint64_t number = 0;
    bool too_large = false;
    for (const char letter : text) {
        if (letter < '0' || letter > '9') return std::unexpected(NumberFault::not_a_number);
        const auto digit = static_cast<std::uint64_t>(letter - '0');
        too_large = too_large || number > (largest - digit) / 10;
        if (!too_large) number = number * 10 + digit;
    }
    if (too_large) return std::unexpected(NumberFault::too_large);
    return number;
}

std::unexpected<MetadataFault> fault(Kind kind, std::size_t pair, std::string_view key) {
    return std::unexpected(MetadataFault{kind, pair, std::string(key)});
}

bool has_key(const Pairs& pairs, std::string_view key) noexcept {
    return std::ranges::find(pairs, key, &MetadataPair::key) != pairs.end();
}

/// Visible ASCII without comma; a blank ends the key and so cannot be in it.
bool is_strict_key(std::string_view key) noexcept {
    return std::ranges::all_of(key, [](char letter) {
        return letter > ' ' && letter < '\x7f' && letter != ',';
    });
}

/// .NET's decoder skips white space inside the text and does not look at unused bits.
std::optional<platform::ByteBuffer> decode_base64_as_dotnet(std::string_view text) {
    std::string letters(text);
    std::erase_if(letters, [](char letter) {
        return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    });
    return decode_base64(letters, Base64Rule::unused_bits);
}

/// The members of a comma-separated list as they stand; an empty text has one empty member.
std::vector<std::string_view> members_of(std::string_view list) {
    std::vector<std::string_view> members;
    for (std::size_t comma = list.find(','); comma != list.npos; comma = list.find(',')) {
        members.push_back(list.substr(0, comma));
        list.remove_prefix(comma + 1);
    }
    members.push_back(list);
    return members;
}

}  // namespace

std::expected<std::uint64_t, NumberFault> parse_number_strictly(std::string_view text) {
    if (!text.starts_with('-')) return parse_digits(text, largest_number);
    const bool number = parse_digits(text.substr(1), largest_number).has_value();
    return std::unexpected(number ? NumberFault::negative : NumberFault::not_a_number);
}

std::expected<std::uint64_t, NumberFault> parse_number_as_dotnet(std::string_view text) {
    // NumberStyles.Integer also lets zero bytes follow, after the blanks.
    text = without_trailing(text, std::string_view("\0", 1));
    text = without_leading(without_trailing(text, dotnet_blanks), dotnet_blanks);
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+')) text.remove_prefix(1);

    // Int64 reaches one further below zero than above.
    const auto number = parse_digits(text, minus ? largest_number + 1 : largest_number);
    if (minus && number && *number > 0) return std::unexpected(NumberFault::negative);
    return number;
}

std::expected<Pairs, MetadataFault> parse_metadata_strictly(std::string_view text) {
    if (text.empty()) return fault(Kind::empty_header, 0, "");
    Pairs pairs;
    for (const std::string_view member : members_of(text)) {
        const std::size_t blank = std::min(member.find(' '), member.size());
        const std::string_view key = member.substr(0, blank);
        const std::string_view value = member.substr(std::min(blank + 1, member.size()));
        if (value.contains(' ')) return fault(Kind::not_one_blank, pairs.size(), key);
        if (key.empty()) return fault(Kind::empty_key, pairs.size(), key);
        if (!is_strict_key(key)) return fault(Kind::bad_key, pairs.size(), key);
        if (has_key(pairs, key)) return fault(Kind::duplicate_key, pairs.size(), key);
        auto decoded = decode_base64(value);
        if (!decoded) return fault(Kind::bad_base64, pairs.size(), key);
        pairs.push_back(MetadataPair{std::string(key), std::move(*decoded)});
    }
    return pairs;
}

std::expected<Pairs, MetadataFault> parse_metadata_as_tusdotnet(std::string_view text) {
    Pairs pairs;
    if (without_leading(text, dotnet_blanks).empty()) return pairs;
    if (text.ends_with(',')) text.remove_suffix(1);
    for (const std::string_view untrimmed : members_of(text)) {
        const std::string_view member = without_trailing(untrimmed, dotnet_blanks);
        const std::size_t blank = std::min(member.find(' '), member.size());
        const std::string_view key = without_trailing(member.substr(0, blank), dotnet_blanks);
        const std::string_view value = member.substr(std::min(blank + 1, member.size()));
        if (value.contains(' ')) return fault(Kind::not_one_blank, pairs.size(), key);
        if (key.empty()) return fault(Kind::empty_key, pairs.size(), key);
        if (has_key(pairs, key)) return fault(Kind::duplicate_key, pairs.size(), key);
        auto decoded = decode_base64_as_dotnet(value);
        if (!decoded) return fault(Kind::bad_base64, pairs.size(), key);
        pairs.push_back(MetadataPair{std::string(key), std::move(*decoded)});
    }
    return pairs;
}

std::string print_metadata(const Pairs& pairs) {
    std::string text;
    for (const MetadataPair& pair : pairs) {
        if (!text.empty()) text += ',';
        text += pair.key;
        if (!pair.value.empty()) text += ' ' + encode_base64(pair.value);
    }
    return text;
}

std::optional<Checksum> parse_checksum_strictly(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || blank == 0) return std::nullopt;
    const std::string_view encoded = text.substr(blank + 1);
    auto digest = decode_base64(encoded);
    if (encoded.empty() || !digest) return std::nullopt;
    return Checksum{std::string(text.substr(0, blank)), std::move(*digest)};
}

std::optional<Checksum> parse_checksum_as_tusdotnet(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto trimmed = [](std::string_view part) {
        return without_leading(without_trailing(part, dotnet_blanks), dotnet_blanks);
    };
    const std::string_view algorithm = trimmed(text.substr(0, blank));
    const std::string_view encoded = trimmed(text.substr(blank + 1));
    if (algorithm.empty() || encoded.empty()) return std::nullopt;
    auto digest = decode_base64_as_dotnet(encoded);
    if (!digest) return std::nullopt;
    return Checksum{std::string(algorithm), std::move(*digest)};
}

std::string print_checksum(const Checksum& checksum) {
    return checksum.algorithm + ' ' + encode_base64(checksum.digest);
}

}  // namespace sfmkit::wire
