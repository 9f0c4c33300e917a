#include "tests/mockserver/strict_rows.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr const char* ten = "Upload-Length: 10\r\n";

/// Answers to requests that a server takes and to such that it refuses.
awaitable<std::vector<RawAnswer>> many_answers(StrictTalk& talk) {
    std::vector<RawAnswer> answers;
    const std::string path = co_await talk.create(ten);
    const auto ask = [&](std::string method, std::string where, std::string fields
                     ) -> awaitable<void> {
        RawAnswer answer = co_await talk.ask(method, where, fields);
        answers.push_back(std::move(answer));
    };
    co_await ask("POST", "/files", ten);
    co_await ask("POST", "/files", "");
    co_await ask("POST", "/files", "Upload-Length: 1001\r\n");
    co_await ask("POST", "/files", "Upload-Length: 10\r\nTus-Resumable: 0.2.2\r\n");
    co_await ask("HEAD", path, "");
    co_await ask("HEAD", "/files/00000000000000000000000000000000", "");
    co_await ask("GET", path, "");
    co_await ask("PUT", path, "");
    co_await ask("POST", path, "");
    co_await ask("GET", "/files", "");
    co_await ask("DELETE", "/files", "");
    co_await ask("PATCH", path, "X-HTTP-Method-Override: FOO\r\n");
    co_await ask("PATCH", path, "");
    co_await ask(
        "PATCH", path, "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 5\r\n"
    );
    co_await ask("DELETE", path, "");
    co_await ask("DELETE", path, "");
    co_return answers;
}

awaitable<std::vector<RawAnswer>> answers_to_old_versions(StrictTalk& talk) {
    std::vector<RawAnswer> answers;
    const std::string path = co_await talk.create(ten);
    for (const std::string version : {"0.2.2", "9.9.9"}) {
        const std::string line = "Tus-Resumable: " + version + "\r\n";
        for (const std::string method : {"POST", "HEAD", "PATCH", "DELETE"}) {
            const std::string where = method == "POST" ? "/files" : path;
            RawAnswer answer = co_await talk.ask(method, where, line + ten);
            answers.push_back(std::move(answer));
        }
    }
    co_return answers;
}

awaitable<bool> old_versions_change_nothing(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    const std::string old = "Tus-Resumable: 0.2.2\r\n";
    const RawAnswer patched = co_await talk.patch(path, "0", "hello", old);
    const std::string offset = co_await talk.offset(path);
    const RawAnswer created = co_await talk.ask("POST", "/files", old + ten);
    co_return patched.status == 412 && offset == "0" && !field(created, "Location");
}

/// The method of the header on top of this one: PATCH, HEAD and DELETE do what they do.
awaitable<bool> override_counts(StrictTalk& talk, std::string real) {
    const std::string path = co_await talk.create(ten);
    const auto line = [](const char* method) {
        return std::string("X-HTTP-Method-Override: ") + method + "\r\n";
    };
    const std::string lines =
        line("PATCH") + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n";
    const RawAnswer patched = co_await talk.ask(real, path, lines, "hello");
    const RawAnswer asked = co_await talk.ask(real, path, line("HEAD"));
    const bool moved = field(asked, "Upload-Offset") == "5";
    const RawAnswer removed = co_await talk.ask(real, path, line("DELETE"));
    const RawAnswer gone = co_await talk.head(path);
    co_return patched.status == 204 && moved&& removed.status == 204 && gone.status >= 400;
}

awaitable<bool> offset_is_always_told(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    const std::string first = co_await talk.offset(path);
    co_await talk.patch(path, "0", "hello");
    const std::string second = co_await talk.offset(path);
    co_await talk.patch(path, "5", "world");
    const std::string third = co_await talk.offset(path);
    co_return first == "0" && second == "5" && third == "10";
}

/// HEAD around a PATCH at a wrong offset of an upload with 5 of 10 bytes.
awaitable<bool> wrong_offset(StrictTalk& talk, bool judges_status) {
    const std::string path = co_await talk.create(ten);
    co_await talk.patch(path, "0", "hello");
    for (const std::string offset : {"0", "4", "6", "10"}) {
        const RawAnswer refused = co_await talk.patch(path, offset, "abc");
        const std::string after = co_await talk.offset(path);
        if (judges_status && refused.status != 409) co_return false;
        if (!judges_status && (after != "5" || talk.stored(path) != "hello")) co_return false;
    }
    co_return true;
}

awaitable<RawAnswer> good_patch(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    co_return co_await talk.patch(path, "0", "hello");
}

awaitable<bool> offsets_add_up(StrictTalk& talk) {
    const std::string path = co_await talk.create(ten);
    std::string bytes;
    for (const std::string piece : {"a", "bcd", "efghij"}) {
        const RawAnswer answer = co_await talk.patch(path, std::to_string(bytes.size()), piece);
        bytes += piece;
        const std::string expected = std::to_string(bytes.size());
        const std::string asked = co_await talk.offset(path);
        if (field(answer, "Upload-Offset") != expected || asked != expected) co_return false;
    }
    co_return talk.stored(path) == bytes;
}

awaitable<RawAnswer> options(StrictTalk& talk) {
    co_return co_await talk.ask("OPTIONS", "/files");
}

bool is_digits(const std::optional<std::string>& text) {
    return text && !text->empty() &&
           std::ranges::all_of(*text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What is no number of digits is refused where its twin is taken.
awaitable<bool> numbers_are_digits(StrictTalk& talk, std::string name) {
    const std::string path = co_await talk.create(ten);
    for (const std::string text : {"-0", "+5", "0x0", "0.0", "zero", " "}) {
        if (name == "Upload-Length") {
            const RawAnswer answer =
                co_await talk.ask("POST", "/files", name + ": " + text + "\r\n");
            if (answer.status != 400) co_return false;
        } else {
            const RawAnswer answer = co_await talk.patch(path, text, "hello");
            if (answer.status != 400) co_return false;
        }
    }
    const RawAnswer taken = co_await talk.patch(path, "0", "hello");
    const RawAnswer asked = co_await talk.head(path);
    co_return taken.status == 204 && is_digits(field(asked, name));
}

const std::array<StrictRow, 23> rows = {{
    {"CORE-02",
     "Upload-Offset is a number of digits",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await numbers_are_digits(talk, "Upload-Offset");
     }},
    {"CORE-03",
     "Upload-Length is a number of digits",
     [](StrictTalk& talk) -> awaitable<bool> {
         co_return co_await numbers_are_digits(talk, "Upload-Length");
     }},
    {"CORE-04",
     "Tus-Version is a list of versions",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         const auto versions = list_in(answer, "Tus-Version");
         co_return !versions.empty() && std::ranges::all_of(versions, [](const auto& version) {
             return std::ranges::count(version, '.') == 2 && !version.contains(' ');
         });
     }},
    {"CORE-05",
     "the best version comes first",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         const auto versions = list_in(answer, "Tus-Version");
         co_return !versions.empty() && versions.front() == "1.0.0";
     }},
    {"CORE-07",
     "every answer tells the version in use",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto answers = co_await many_answers(talk);
         co_return std::ranges::all_of(answers, [](const RawAnswer& answer) {
             return field(answer, "Tus-Resumable") == "1.0.0";
         });
     }},
    {"CORE-09",
     "other versions are refused by 412",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto answers = co_await answers_to_old_versions(talk);
         co_return std::ranges::all_of(answers, [](const RawAnswer& answer) {
             return answer.status == 412;
         });
     }},
    {"CORE-10",
     "that 412 names the versions",
     [](StrictTalk& talk) -> awaitable<bool> {
         const auto answers = co_await answers_to_old_versions(talk);
         co_return std::ranges::all_of(answers, [](const RawAnswer& answer) {
             return has(list_in(answer, "Tus-Version"), "1.0.0");
         });
     }},
    {"CORE-11", "what is refused by 412 changes nothing", old_versions_change_nothing},
    {"CORE-12",
     "Tus-Extension is a list",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         const auto extensions = list_in(answer, "Tus-Extension");
         co_return extensions.size() > 1 && std::ranges::none_of(extensions, [](const auto& name) {
             return name.empty() || name.contains(' ');
         });
     }},
    {"CORE-13",
     "without extensions there is no list of them",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         co_return !field(answer, "Tus-Extension");
     },
     true},
    {"CORE-14",
     "Tus-Max-Size is a number",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         co_return is_digits(field(answer, "Tus-Max-Size"));
     }},
    {"CORE-17",
     "X-HTTP-Method-Override is the method",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await override_counts(talk, "POST"); }},
    {"CORE-18",
     "the real method counts no more then",
     [](StrictTalk& talk) -> awaitable<bool> {
         const bool put = co_await override_counts(talk, "PUT");
         const bool get = co_await override_counts(talk, "GET");
         co_return put&& get;
     }},
    {"CORE-20", "HEAD always tells Upload-Offset", offset_is_always_told},
    {"CORE-21",
     "HEAD tells a known Upload-Length",
     [](StrictTalk& talk) -> awaitable<bool> {
         const std::string path = co_await talk.create(ten);
         const RawAnswer answer = co_await talk.head(path);
         co_return field(answer, "Upload-Length") == "10";
     }},
    {"CORE-25",
     "nobody may store the answer to HEAD",
     [](StrictTalk& talk) -> awaitable<bool> {
         const std::string path = co_await talk.create(ten);
         const RawAnswer known = co_await talk.head(path);
         const RawAnswer unknown = co_await talk.head("/files/00000000000000000000000000000000");
         const auto kept_by_nobody = [](const RawAnswer& answer) {
             return field(answer, "Cache-Control").value_or("").contains("no-store");
         };
         co_return kept_by_nobody(known) && kept_by_nobody(unknown);
     }},
    {"CORE-31",
     "a wrong offset is refused by 409",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await wrong_offset(talk, true); }},
    {"CORE-32",
     "what is refused by 409 changes nothing",
     [](StrictTalk& talk) -> awaitable<bool> { co_return co_await wrong_offset(talk, false); }},
    {"CORE-35",
     "a good PATCH is answered by 204",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await good_patch(talk);
         co_return answer.status == 204;
     }},
    {"CORE-36",
     "that 204 tells the new offset",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await good_patch(talk);
         co_return is_digits(field(answer, "Upload-Offset"));
     }},
    {"CORE-37", "the new offset counts the bytes that came", offsets_add_up},
    {"CORE-45",
     "OPTIONS tells Tus-Version",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer = co_await options(talk);
         const bool good = answer.status == 200 || answer.status == 204;
         co_return good&& field(answer, "Tus-Version");
     }},
    {"CORE-48",
     "OPTIONS takes any Tus-Resumable",
     [](StrictTalk& talk) -> awaitable<bool> {
         const RawAnswer answer =
             co_await talk.ask("OPTIONS", "/files", "Tus-Resumable: 9.9.9\r\n");
         co_return answer.status == 204;
     }},
}};

}  // namespace

std::span<const StrictRow> core_rows() noexcept {
    return rows;
}

}  // namespace sfmkit::test
