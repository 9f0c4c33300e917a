#include "mockserver/why/client_rules.hpp"

#include "mockserver/sfm/creation_rules.hpp"
#include "mockserver/sfm/migration_rules.hpp"

#include <array>

namespace sfmkit::mockserver {
namespace {

using findings::Rule;
using findings::Source;
using findings::Sources;
using enum findings::Severity;

constexpr Rule row(
    std::string_view id, Sources sources, std::string_view title, std::string_view remedy
) {
    return {
        .id = id,
        .strict = error,
        .lenient = warning,
        .stage = findings::Stage::upload,
        .title = title,
        .sources = sources,
        .remedy = remedy,
    };
}

constexpr std::array<Rule, 42> rows = {{
    row("CORE-02",
        Source::tus_must,
        "Upload-Offset is a number from 0 on, in digits alone",
        "print the offset as digits, without sign, blank or point"),
    row("CORE-03",
        Source::tus_must,
        "Upload-Length is a number from 0 on, in digits alone",
        "print the size of the file in bytes as digits"),
    row("CORE-06",
        Source::tus_must,
        "every request but OPTIONS carries Tus-Resumable",
        "send Tus-Resumable: 1.0.0 with each POST, HEAD, PATCH and DELETE"),
    row("CORE-08",
        Source::tus_must,
        "Tus-Resumable names the version of the protocol that is spoken",
        "send 1.0.0; OPTIONS tells which versions the server knows"),
    row("CORE-27",
        Source::tus_must,
        "the body of a PATCH has the type application/offset+octet-stream",
        "set exactly this Content-Type, without charset or other parameters"),
    row("CORE-29",
        Source::tus_must,
        "Upload-Offset of a PATCH is where the upload stands on the server",
        "ask by HEAD and go on at its Upload-Offset"),
    row("CORE-41",
        Source::tus_should,
        "a request does not stand still",
        "set a time-out on sending, close the connection when it passes, and ask by HEAD"),
    row("CRE-03",
        Source::tus_must,
        "Upload-Defer-Length is 1",
        "send 1, or send Upload-Length instead"),
    row("CRE-04",
        Source::tus_must,
        "a length is told or deferred, not both",
        "send Upload-Length alone when the size is known"),
    row("CRE-06",
        Source::tus_must,
        "Upload-Metadata is pairs of key, one blank and Base64, with commas between",
        "print the pairs without any other blank"),
    row("CRE-08",
        Source::tus_must,
        "no key of Upload-Metadata is empty",
        "leave out what has no name; no comma behind the last pair"),
    row("CRE-10",
        Source::tus_must,
        "values of Upload-Metadata are Base64 of RFC 4648 section 4, padded",
        "encode with the standard alphabet and padding, not the one for URLs"),
    row("CRE-11", Source::tus_must, "no key of Upload-Metadata comes twice", "send each key once"),
    row("CRE-15",
        Source::tus_must,
        "requests go to a creation URL or to the URL of an upload",
        "take the URL of the service, and of an upload the Location that the server gave"),
    row("CRE-16",
        Source::tus_must,
        "a creation tells Upload-Length, or that it comes later",
        "send Upload-Length with the size of the file in bytes"),
    row("CRE-18",
        Source::tus_must,
        "a deferred length comes with a later PATCH",
        "send Upload-Length with the next PATCH"),
    row("CRE-19",
        Source::tus_must,
        "a length does not change once it is told",
        "send Upload-Length once"),
    row("CRE-25",
        Source::tus_should,
        "a creation carries the metadata that the server asks for",
        "send the keys that the server's documentation names"),
    row("CRE-27",
        Source::tus_must,
        "an upload is not longer than the server takes",
        "ask OPTIONS for Tus-Max-Size before"),
    row("CHK-05",
        Source::tus_should,
        "Upload-Checksum uses an algorithm that the server knows",
        "use sha1, or one of Tus-Checksum-Algorithm"),
    row("CHK-06",
        Source::tus_should,
        "Upload-Checksum is the digest of exactly the body it comes with",
        "hash the bytes of this request, not of the file or of another chunk, and send the chunk "
        "again"),
    row("CHK-14",
        Source::tus_must,
        "Upload-Checksum is the algorithm, one blank and a digest in Base64",
        "print `sha1` and the Base64 of the 20 bytes, not of their hexadecimal text"),
    row("CHT-01",
        Source::tus_must,
        "a checksum comes as header or as trailer",
        "send Upload-Checksum once"),
    row("CON-05",
        Source::tus_must,
        "Upload-Concat is `partial`, or `final;` and URLs with one blank between",
        "list the URLs as the server gave them"),
    row("CON-10",
        Source::tus_must,
        "a final upload is made when its parts are complete",
        "finish the parts first"),
    row("CON-16",
        Source::tus_must,
        "a final upload takes no data of its own",
        "send nothing; it is complete when it is made"),
    row("CON-24",
        Source::tus_must,
        "parts of a final upload were made as partial ones",
        "create them with Upload-Concat: partial"),
    row("EXT-01",
        Source::tus_should,
        "an extension is used when OPTIONS names it",
        "look into Tus-Extension before"),
    row("F-13",
        Source::tus_should,
        "an upload that is gone is begun anew, once",
        "after 404 or 410 forget the URL and create a new upload"),
    row("F-14",
        Source::tus_should,
        "an upload is not touched after its Upload-Expires",
        "compare Upload-Expires with the clock before going on; create a new upload"),
    row("F-18",
        Source::tus_should,
        "nothing is sent to an upload that is complete",
        "ask by HEAD after a lost answer; offset equal to length means done"),
    row("F-20",
        Source::tus_must,
        "the body ends where the upload ends",
        "send Upload-Length minus Upload-Offset bytes at most; the file must not grow meanwhile"),
    row("F-28",
        Source::tus_should,
        "a chunk is not longer than the server takes",
        "send smaller chunks; the same size is refused again"),
    row("F-46",
        Source::tus_must,
        "a request is framed so that every server reads it alike",
        "send one Content-Length or chunked, and lines that end in CR LF"),
    row("F-50",
        Source::tus_must,
        "the URL of an upload is the Location that the server gave",
        "use it as it came; do not build or change it"),
    row("F-54",
        Source::tus_should,
        "one request at a time goes to an upload",
        "wait until the earlier request has ended, then ask by HEAD"),
    row("SFM-18",
        Source::inference,
        "an upload is one envelope from its first byte to its last",
        "keep the encrypted file until its upload is finished, and go on with its bytes"),
    row("AUT-01",
        Source::page_text,
        "every request carries credentials",
        "send Authorization with POST, HEAD and PATCH"),
    row("AUT-02",
        Source::page_text,
        "the token is one of a trusted issuer for SFM, and has not expired",
        "get a new token and go on with the same upload: HEAD, then PATCH"),
    row("AUT-03",
        Source::page_text,
        "each request on /v2/files carries a DPoP proof of its own, for its method and URL",
        "make a new proof with a new jti for each request, HEAD and each PATCH included"),
    row("AUT-04",
        Source::page_text,
        "the token has the scope and the claims that SFM asks for",
        "ask HelseID for the scope of the data importer, with the journal and the organisation"),
    row("LIM-01",
        Source::inference,
        "what a client asks for is within the limits of this server",
        "see the limits in sfmkit serve --help; --limit sets them"),
}};

}  // namespace

std::span<const Rule> client_rules() noexcept {
    return rows;
}

std::vector<const Rule*> server_catalogue() {
    std::vector<const Rule*> all;
    for (const Rule& each : rows) all.push_back(&each);
    for (const auto& each : creation_rules()) all.push_back(&each.row);
    for (const auto& each : arrival_rules()) all.push_back(&each.row);
    for (const auto& each : parallel_rules()) all.push_back(&each.row);
    for (const auto& each : end_rules()) all.push_back(&each.row);
    return all;
}

}  // namespace sfmkit::mockserver
