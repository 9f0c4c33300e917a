#include "mockserver/storage/upload_record.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace sfmkit::mockserver {
namespace {

using nlohmann::json;

// A header value may hold any byte above 0x1F, JSON text only UTF-8: each byte becomes one code
// point, as in Latin-1.
std::string to_utf8(std::string_view bytes) {
    std::string text;
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80) {
            text += letter;
        } else {
            text += static_cast<char>(0xC0 | (byte >> 6));
            text += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return text;
}

std::string from_utf8(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80 || i + 1 == text.size()) {
            bytes += text[i];
        } else {
            const auto trail = static_cast<unsigned char>(text[++i]);
            bytes += static_cast<char>(((lead & 0x03) << 6) | (trail & 0x3F));
        }
    }
    return bytes;
}

constexpr std::array<std::pair<ConcatRole, const char*>, 3> roles = {{
    {ConcatRole::none, "none"},
    {ConcatRole::partial, "partial"},
    {ConcatRole::final_upload, "final"},
}};

const char* name_of(ConcatRole role) {
    for (const auto& [value, name] : roles) {
        if (value == role) return name;
    }
    return "none";
}

std::optional<ConcatRole> role_of(const std::string& text) {
    for (const auto& [value, name] : roles) {
        if (text == name) return value;
    }
    return std::nullopt;
}

platform::Error not_a_record() {
    return {
        .code = platform::Errc::malformed,
        .what = "an upload record cannot be read",
        .where = {},
        .expected = "a record written by sfmkit serve",
        .actual = {},
        .next = "start serve with another --data-dir"
    };
}

}  // namespace

std::string print_upload_record(const Upload& upload) {
    json record = {
        {"id", upload.id},
        {"metadata", to_utf8(upload.metadata)},
        {"role", name_of(upload.role)},
        {"concat", upload.concat},
        {"offset", upload.offset_bytes},
    };
    if (upload.length_bytes) record["length"] = *upload.length_bytes;
    if (upload.awaits_checksum) record["awaits_checksum"] = true;
    if (upload.expires) record["expires_ms"] = upload.expires->time_since_epoch().count();
    return record.dump(2) + "\n";
}

platform::Result<Upload> parse_upload_record(std::string_view text) {
    const json record = json::parse(text, nullptr, false);
    if (!record.is_object()) return platform::fail(not_a_record());
    Upload upload;
    try {
        upload.id = record.at("id").get<std::string>();
        upload.metadata = from_utf8(record.at("metadata").get<std::string>());
        upload.concat = record.at("concat").get<std::string>();
        upload.offset_bytes = record.at("offset").get<std::uint64_t>();
        const auto role = role_of(record.at("role").get<std::string>());
        if (!role) return platform::fail(not_a_record());
        upload.role = *role;
        upload.awaits_checksum = record.value("awaits_checksum", false);
        if (record.contains("length")) {
            upload.length_bytes = record.at("length").get<std::int64_t>();
        }
        if (record.contains("expires_ms")) {
            const std::chrono::milliseconds since(record.at("expires_ms").get<std::int64_t>());
            upload.expires = platform::WallTime(since);
        }
    } catch (const json::exception&) {
        return platform::fail(not_a_record());
    }
    return upload;
}

}  // namespace sfmkit::mockserver
