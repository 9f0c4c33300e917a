#pragma once

#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// What a request target points at.
enum class Place {
    elsewhere,        ///< nothing of ours
    creation,         ///< a creation URL, e.g. `/files`
    upload,           ///< something below or right behind a creation URL
    product_version,  ///< the question that the official uploader asks at its start
    migration_report  ///< the question what became of the files of migrations
};

struct Route {
    Place place = Place::elsewhere;
    std::string base;  ///< creation URL as answers spell it, e.g. `/v2/files`
    std::string id;    ///< with Place::upload: what stands behind it, outer slashes removed

    bool operator==(const Route&) const = default;
};

/// Reads a target as Kestrel and tusdotnet do together: absolute form, query, percent coding, dot
/// segments and letter case of the path make no difference; the creation URL is a plain prefix.
Route route(std::string_view target);

}  // namespace sfmkit::mockserver
