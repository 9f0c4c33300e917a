#include "tests/mockserver/strict_rows.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr const char* ten = "Upload-Length: 10\r\n";

/// sha1 of `hello` and of `world`, from `printf hello | openssl dgst -sha1 -binary | base64`.
constexpr const char* sha1_of_hello = "Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\n";
constexpr const char* sha1_of_world = "Upload-Checksum: sha1 fCEUM/AgcVl3Qeb/Wo6jR4mrv0M=\r\n";

awaitable<bool> checksum_counts_at_the_end(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    const RawAnswer wrong = co_await talk.patch(path, "0", "hello", sha1_of_world);
    const RawAnswer right = co_await talk.patch(path, "0", "hello", sha1_of_hello);
    co_return wrong.status == 460 && right.status == 204;
}

/// A chunk with another digest, and one with an algorithm that nobody knows, at this offset.
awaitable<bool> bad_chunk_leaves_nothing(StrictTalk& talk, bool at_zero) {
    const std::string path = co_await talk.create(ten);
    const std::string good = at_zero ? "" : "hello";
    const std::string offset = std::to_string(good.size());
    if (!at_zero) co_await talk.patch(path, "0", good);
    co_await talk.patch(path, offset, "WORLD", sha1_of_world);
    co_await talk.patch(path, offset, "WORLD", "Upload-Checksum: crc9 AAAA\r\n");
    const std::string asked = co_await talk.offset(path);
    if (asked != offset || talk.stored(path) != good) co_return false;
    const RawAnswer answer = co_await talk.patch(path, offset, "world", sha1_of_world);
    co_return answer.status == 204 && talk.stored(path) == good + "world";
}

std::string chunked_hello(const std::string& trailer) {
    return "5\r\nhello\r\n0\r\n" + trailer + "\r\n";
}

awaitable<bool> trailers_count(StrictTalk& talk) {
    const bool offered = co_await talk.offers("checksum-trailer");
    const std::string path = co_await talk.create(ten);
    const std::string fields = "Transfer-Encoding: chunked\r\nTrailer: Upload-Checksum\r\n";
    const RawAnswer wrong = co_await talk.patch(path, "0", chunked_hello(sha1_of_world), fields);
    const RawAnswer right = co_await talk.patch(path, "0", chunked_hello(sha1_of_hello), fields);
    co_return offered&& wrong.status == 460 && right.status == 204;
}

awaitable<bool> both_are_removed(StrictTalk& talk) {
    for (const std::string body : {"hello", "helloworld"}) {
        const std::string path = co_await talk.create(ten);
        co_await talk.patch(path, "0", body);
        const RawAnswer answer = co_await talk.ask("DELETE", path);
        if (answer.status != 204) co_return false;
    }
    co_return true;
}

/// `world` and `hello`, in this order, as two parts and their whole.
struct Whole {
    std::string first;
    std::string second;
    std::string line;
    std::string path;
};

awaitable<Whole> join(StrictTalk& talk) {
    Whole whole;
    whole.first = co_await talk.create_part("world");
    whole.second = co_await talk.create_part("hello");
    whole.line = "final;" + whole.first + " " + whole.second;
    whole.path = co_await talk.create("Upload-Concat: " + whole.line + "\r\n");
    co_return whole;
}

awaitable<bool> early_final_is_refused(StrictTalk& talk) {
    const bool offered = co_await talk.offers("concatenation-unfinished");
    const std::string part = co_await talk.create("Upload-Concat: partial\r\nUpload-Length: 5\r\n");
    const std::string fields = "Upload-Concat: final;" + part + "\r\n";
    const RawAnswer early = co_await talk.post(fields);
    co_await talk.patch(part, "0", "hello");
    const RawAnswer late = co_await talk.post(fields);
    co_return !offered && early.status >= 400 && late.status == 201;
}

awaitable<bool> final_takes_no_data(StrictTalk& talk, bool judges_status) {
    const Whole whole = co_await join(talk);
    const RawAnswer answer = co_await talk.patch(whole.path, "10", "abc");
    const std::string of_whole = co_await talk.offset(whole.path);
    const std::string of_part = co_await talk.offset(whole.first);
    if (judges_status) co_return answer.status == 403;
    co_return of_whole == "10" && of_part == "5" && talk.stored(whole.path) == "worldhello" &&
        talk.stored(whole.first) == "world";
}

awaitable<bool> final_has_its_length(StrictTalk& talk) {
    const Whole whole = co_await join(talk);
    const RawAnswer answer = co_await talk.head(whole.path);
    co_return field(answer, "Upload-Length") == "10";
}

awaitable<bool> concat_is_repeated(StrictTalk& talk) {
    const Whole whole = co_await join(talk);
    const RawAnswer of_whole = co_await talk.head(whole.path);
    const RawAnswer of_part = co_await talk.head(whole.first);
    co_return field(of_whole, "Upload-Concat") == whole.line&& field(of_part, "Upload-Concat") ==
        "partial";
}

awaitable<std::vector<std::string>> algorithms(StrictTalk& talk) {
    const RawAnswer answer = co_await talk.ask("OPTIONS", "/files");
    co_return list_in(answer, "Tus-Checksum-Algorithm");
}

const std::array<StrictRow, 21> rows = {{
    {"CHK-02",
     "checksum is in the list",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await talk.offers("checksum"); }},
    {"CHK-04", "a checksum is compared", checksum_counts_at_the_end},
    {"CHK-08",
     "a bad chunk is thrown away",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await bad_chunk_leaves_nothing(talk, true);
     }},
    {"CHK-09",
     "and leaves what was there",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await bad_chunk_leaves_nothing(talk, false);
     }},
    {"CHK-10",
     "sha1 is there",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto names = co_await algorithms(talk);
         const bool works = co_await checksum_counts_at_the_end(talk);
         co_return works&& has(names, "sha1");
     }},
    {"CHK-11",
     "algorithms are written in small letters",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto names = co_await algorithms(talk);
         co_return !names.empty() && std::ranges::all_of(names, [](const std::string& name) {
             return std::ranges::all_of(name, [](char c) {
                 return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
             });
         });
     }},
    {"CHK-12",
     "OPTIONS tells them",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto names = co_await algorithms(talk);
         co_return !names.empty();
     }},
    {"CHK-13",
     "as a list",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto names = co_await algorithms(talk);
         co_return !names.empty() && std::ranges::none_of(names, [](const std::string& name) {
             return name.empty() || name.contains(' ');
         });
     }},
    {"CHT-02", "checksum-trailer is in the list, and works", trailers_count},
    {"TER-01",
     "termination is in the list",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await talk.offers("termination"); }},
    {"TER-03", "DELETE of an upload is answered by 204", both_are_removed},
    {"CON-01",
     "concatenation is in the list",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await talk.offers("concatenation"); }},
    {"CON-03", "the whole is as long as its parts", final_has_its_length},
    {"CON-06",
     "the parts stand in their order",
     [](StrictTalk& talk) -> awaitable<bool> {
         const Whole whole = co_await join(talk);
         co_return talk.stored(whole.path) == "worldhello";
     }},
    {"CON-10", "parts are finished first", early_final_is_refused},
    {"CON-16",
     "PATCH of the whole is refused by 403",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await final_takes_no_data(talk, true); }
    },
    {"CON-17",
     "and changes neither whole nor parts",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await final_takes_no_data(talk, false);
     }},
    {"CON-19",
     "HEAD of the whole tells that it is complete",
     [](StrictTalk& talk) -> awaitable<bool> {
         const Whole whole = co_await join(talk);
         const RawAnswer answer = co_await talk.head(whole.path);
         const auto offset = field(answer, "Upload-Offset");
         co_return offset&& offset == field(answer, "Upload-Length");
     }},
    {"CON-20",
     "HEAD of a part tells its offset",
     [](StrictTalk& talk) -> awaitable<bool> {
         const std::string path = co_await talk.create_part("hello");
         const std::string offset = co_await talk.offset(path);
         co_return offset == "5";
     }},
    {"CON-21", "HEAD of the whole tells its length", final_has_its_length},
    {"CON-22", "HEAD repeats Upload-Concat", concat_is_repeated},
}};

}  // namespace

std::span<const StrictRow> extension_rows() noexcept {
    return rows;
}

}  // namespace sfmkit::test
