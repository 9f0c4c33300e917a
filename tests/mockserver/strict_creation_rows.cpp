#include "tests/mockserver/strict_rows.hpp"
#include "wire/http_date.hpp"

#include <array>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr const char* ten = "Upload-Length: 10\r\n";
constexpr const char* deferred = "Upload-Defer-Length: 1\r\n";
constexpr const char* with_data = "Content-Type: application/offset+octet-stream\r\n";

/// The status of a POST with this metadata.
awaitable<int> status_with(StrictTalk& talk, std::string metadata) {
    const std::string fields = ten + ("Upload-Metadata: " + metadata) + "\r\n";
    const RawAnswer answer = co_await talk.post(fields);
    co_return answer.status;
}

/// Of two that differ in one thing, this one is refused and that one taken.
awaitable<bool> metadata_is_judged(StrictTalk& talk, std::string bad, std::string good) {
    const int refused = co_await status_with(talk, bad);
    const int taken = co_await status_with(talk, good);
    co_return refused == 400 && taken == 201;
}

/// The first chunk comes before the length is known, the second one tells it.
awaitable<bool> length_may_come_late(StrictTalk& talk) {
    const std::string path = co_await talk.create(deferred);
    const RawAnswer first = co_await talk.patch(path, "0", "hello");
    const RawAnswer asked = co_await talk.head(path);
    const bool open = field(asked, "Upload-Defer-Length") == "1" && !field(asked, "Upload-Length");
    const RawAnswer second = co_await talk.patch(path, "5", "world", ten);
    const RawAnswer after = co_await talk.head(path);
    co_return first.status == 204 && open&& second.status == 204 &&
        field(after, "Upload-Length") == "10" && !field(after, "Upload-Defer-Length");
}

awaitable<bool> length_stays(StrictTalk& talk) {
    const std::string path = co_await talk.create(deferred);
    co_await talk.patch(path, "0", "hello", ten);
    const RawAnswer other = co_await talk.patch(path, "5", "abc", "Upload-Length: 11\r\n");
    const RawAnswer asked = co_await talk.head(path);
    co_return other.status == 400 && field(asked, "Upload-Length") == "10" &&
        field(asked, "Upload-Offset") == "5";
}

awaitable<bool> created_with_data(StrictTalk& talk, bool compares_with_head) {
    const std::string fields = std::string(ten) + with_data;
    const RawAnswer answer = co_await talk.post(fields, "hello");
    const auto told = field(answer, "Upload-Offset");
    if (!compares_with_head) co_return told.has_value();
    const std::string path = field(answer, "Location").value_or("/files/none");
    const std::string asked = co_await talk.offset(path);
    co_return told == "5" && asked == "5" && talk.stored(path) == "hello";
}

awaitable<bool> expiry_is_a_date(StrictTalk& talk) {
    const RawAnswer created = co_await talk.post(ten);
    const std::string path = field(created, "Location").value_or("/files/none");
    const RawAnswer patched = co_await talk.patch(path, "0", "hello");
    for (const RawAnswer* answer : {&created, &patched}) {
        const auto text = field(*answer, "Upload-Expires");
        if (!text || !wire::parse_http_date(*text)) co_return false;
    }
    co_return true;
}

awaitable<bool> each_patch_tells_expiry(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    for (const std::string offset : {"0", "1", "2"}) {
        const RawAnswer answer = co_await talk.patch(path, offset, "a");
        if (!field(answer, "Upload-Expires")) co_return false;
    }
    co_return true;
}

const std::array<StrictRow, 24> rows = {{
    {"CRE-02",
     "creation is in the list",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await talk.offers("creation"); }},
    {"CRE-03",
     "Upload-Defer-Length is 1 and nothing else",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer two = co_await talk.post("Upload-Defer-Length: 2\r\n");
         const RawAnswer one = co_await talk.post(deferred);
         co_return two.status == 400 && one.status == 201;
     }},
    {"CRE-04",
     "and never stands beside a length",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer both = co_await talk.post(std::string(deferred) + ten);
         const std::string path = co_await talk.create(ten);
         const RawAnswer asked = co_await talk.head(path);
         co_return both.status == 400 && asked.status == 200 &&
             !field(asked, "Upload-Defer-Length");
     }},
    {"CRE-05",
     "Upload-Metadata has a pair",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await metadata_is_judged(talk, "", "name");
     }},
    {"CRE-06",
     "one blank stands in a pair",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await metadata_is_judged(talk, "name  YQ==", "name YQ==");
     }},
    {"CRE-08",
     "a key is not empty",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await metadata_is_judged(talk, "name YQ==,", "name YQ==");
     }},
    {"CRE-10",
     "a value is base64",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await metadata_is_judged(talk, "name YQ", "name YQ==");
     }},
    {"CRE-11",
     "a key stands there once",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await metadata_is_judged(talk, "a YQ==,a YQ==", "a YQ==,b YQ==");
     }},
    {"CRE-18", "a length may come with a later chunk", length_may_come_late},
    {"CRE-19", "a length stays what it is", length_stays},
    {"CRE-20",
     "HEAD tells that the length is to come",
     [](StrictTalk& talk) -> awaitable<bool> {
         const std::string path = co_await talk.create(deferred);
         const RawAnswer answer = co_await talk.head(path);
         co_return field(answer, "Upload-Defer-Length") == "1";
     }},
    {"CRE-21",
     "creation-defer-length is in the list",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await talk.offers("creation-defer-length");
     }},
    {"CRE-26",
     "HEAD repeats Upload-Metadata",
     [](StrictTalk& talk) -> awaitable<bool> {
         const std::string metadata = "name YS5wYXQ=,empty,FileType UGF0aWVudEZpbGU=";
         const std::string fields = ten + ("Upload-Metadata: " + metadata) + "\r\n";
         const std::string path = co_await talk.create(fields);
         const RawAnswer answer = co_await talk.head(path);
         co_return field(answer, "Upload-Metadata") == metadata;
     }},
    {"CRE-27",
     "above Tus-Max-Size comes 413",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer most = co_await talk.post("Upload-Length: 1000\r\n");
         const RawAnswer more = co_await talk.post("Upload-Length: 1001\r\n");
         co_return most.status == 201 && more.status == 413;
     }},
    {"CRE-29",
     "a good POST is answered by 201",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await talk.post(ten);
         co_return answer.status == 201;
     }},
    {"CRE-30",
     "that 201 tells where the upload is",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await talk.post(ten);
         const std::string path = field(answer, "Location").value_or("/files/none");
         const RawAnswer asked = co_await talk.head(path);
         co_return asked.status == 200;
     }},
    {"CWU-02",
     "creation-with-upload is in the list",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await talk.offers("creation-with-upload");
     }},
    {"CWU-03",
     "and never without creation",
     [](StrictTalk& talk) -> awaitable<bool> {
         const bool with_upload = co_await talk.offers("creation-with-upload");
         const bool creation = co_await talk.offers("creation");
         co_return creation || !with_upload;
     }},
    {"CWU-08",
     "a 201 with data tells Upload-Offset",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await created_with_data(talk, false); }
    },
    {"CWU-09",
     "which counts these data",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await created_with_data(talk, true); }},
    {"EXP-02",
     "expiration is in the list",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await talk.offers("expiration"); }},
    {"EXP-05", "each PATCH tells Upload-Expires", each_patch_tells_expiry},
    {"EXP-06",
     "so does the 201",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await talk.post(ten);
         co_return field(answer, "Upload-Expires").has_value();
     }},
    {"EXP-11", "Upload-Expires is a date of HTTP", expiry_is_a_date},
}};

}  // namespace

std::span<const StrictRow> creation_rows() noexcept {
    return rows;
}

}  // namespace sfmkit::test
