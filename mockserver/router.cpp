#include "mockserver/router.hpp"

#include "wire/http_message.hpp"
#include "wire/percent.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sfmkit::mockserver {
namespace {

// The official uploader is configured with both; the second one is for DPoP.
constexpr std::array<std::string_view, 2> creation_urls = {"/v2/files", "/files"};
// Without and with a trailing slash in the configured creation URL the official uploader asks at
// different places.
constexpr std::array<std::string_view, 3> version_urls = {
    "/api/sfmproductversion", "/files/api/sfmproductversion", "/v2/files/api/sfmproductversion"
};

constexpr std::string_view migration_report_end = "/Basic";

std::string remove_dot_segments(const std::string& path) {
    std::vector<std::string> kept;
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        std::string segment = path.substr(begin, end - begin);
        const bool last = end == path.size();
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
            if (last) kept.emplace_back();
        } else if (segment == ".") {
            if (last) kept.emplace_back();
        } else {
            kept.push_back(std::move(segment));
        }
        begin = end + 1;
    }
    std::string joined;
    for (const std::string& segment : kept) joined += "/" + segment;
    return joined;
}

std::string_view without_authority(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos || target.starts_with('/')) return target;
    const std::size_t path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

std::string path_of(std::string_view target) {
    std::string_view path = without_authority(target);
    path = path.substr(0, path.find_first_of("?#"));
    if (!path.starts_with('/')) return std::string(path);
    // ASP.NET Core leaves `%2F` alone.
    return remove_dot_segments(wire::decode_percent(path, '/'));
}

bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           wire::equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::string decode_slashes(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (starts_ignoring_case(text.substr(i), "%2f")) {
            decoded += '/';
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string trim_slashes(std::string_view text) {
    while (text.starts_with('/')) text.remove_prefix(1);
    while (text.ends_with('/')) text.remove_suffix(1);
    return std::string(text);
}

}  // namespace

Route route(std::string_view target) {
    const std::string path = path_of(target);
    for (const std::string_view url : version_urls) {
        if (wire::equal_ignoring_case(path, url)) return {Place::product_version, {}, {}};
    }
    for (const std::string_view base : creation_urls) {
        if (!starts_ignoring_case(path, base)) continue;
        const std::string rest = decode_slashes(std::string_view(path).substr(base.size()));
        std::string id = trim_slashes(rest);
        if (id.empty()) return {Place::creation, std::string(base), {}};
        return {Place::upload, std::string(base), std::move(id)};
    }
    // Where the importer answers it is not published: any place but below a creation URL will do.
    if (path.ends_with(migration_report_end)) return {Place::migration_report, {}, {}};
    return {};
}

}  // namespace sfmkit::mockserver
