#include "client/upload/session_id.hpp"
#include "tests/client/faults/catalogue.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <cstdlib>

namespace sfmkit::test {

using client::Outcome;
using client::Step;
using platform::Duration;
using Kind = Step::Kind;
using World = FaultWorld;

namespace {

using Heads = std::vector<SeenRequest>;
using OfRequest = bool (*)(const SeenRequest&);

/// True when it holds for each request with that method, or for all when it is empty.
std::function<bool(const World&)> each(std::string method, OfRequest holds) {
    return [method = std::move(method), holds](const World& world) {
        return std::ranges::all_of(world.seen(), [&](const SeenRequest& request) {
            return (!method.empty() && request.method != method) || holds(request);
        });
    };
}

std::function<unsigned(const World&)> number_of(std::string method) {
    return [method = std::move(method)](const World& world) { return world.count(method); };
}

void plain_export(World& world) {
    world.add_export(2500, 0, 0);
}

std::expected<std::vector<wire::MetadataPair>, wire::MetadataFault> metadata_in(
    const SeenRequest& request
) {
    return wire::parse_metadata_strictly(request.fields.first("Upload-Metadata").value_or(""));
}

bool strict_metadata(const SeenRequest& request) {
    return metadata_in(request).has_value();
}

std::string value_in(const SeenRequest& request, const std::string& key) {
    const auto pairs = metadata_in(request);
    if (!pairs) return "";
    for (const auto& pair : *pairs) {
        if (pair.key == key) return std::string(platform::as_text(pair.value));
    }
    return "";
}

bool sfm_metadata(const SeenRequest& request) {
    const bool all = !value_in(request, "name").empty() &&
                     !value_in(request, "contentType").empty() &&
                     !value_in(request, "FileType").empty();
    return all && value_in(request, "SessionId").size() == 36;
}

/// Changes Upload-Metadata of each POST.
std::function<void(World&)> writes_metadata(void (*wrong)(std::string& metadata)) {
    return writes_requests([wrong](std::string& head) {
        std::string metadata = field_of(head, "Upload-Metadata");
        if (metadata.empty()) return;
        wrong(metadata);
        set_field(head, "Upload-Metadata", metadata);
    });
}

void without_padding(std::string& metadata) {
    std::erase(metadata, '=');
}

void blank_after_comma(std::string& metadata) {
    for (std::size_t at = metadata.find(','); at != std::string::npos;
         at = metadata.find(',', at + 2)) {
        metadata.insert(at + 1, " ");
    }
}

void other_key(std::string& metadata) {
    metadata.replace(metadata.find("FileType"), 8, "filetype");
}

/// Letters up to U+00FF, each as one byte.
void as_latin1(std::string& metadata) {
    auto pairs = wire::parse_metadata_strictly(metadata).value();
    for (auto& pair : pairs) {
        std::string latin;
        const std::string text(platform::as_text(pair.value));
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < 0x80) {
                latin += text[i];
                continue;
            }
            const auto next = static_cast<unsigned char>(text[++i]);
            latin += static_cast<char>(((byte & 3) << 6) | (next & 0x3f));
        }
        pair.value = platform::to_buffer(latin);
    }
    metadata = wire::print_metadata(pairs);
}

/// The checksum of the chunk before.
std::function<void(World&)> late_checksums() {
    return [](World& world) {
        auto before = std::make_shared<std::string>();
        world.tamper({.request = [before](std::string& head) {
            const std::string right = field_of(head, "Upload-Checksum");
            if (right.empty()) return;
            if (!before->empty()) set_field(head, "Upload-Checksum", *before);
            *before = right;
        }});
    };
}

std::string target_of(const std::string& head) {
    const std::size_t start = head.find(' ') + 1;
    return head.substr(start, head.find(' ', start) - start);
}

void set_target(std::string& head, const std::string& target) {
    const std::size_t start = head.find(' ') + 1;
    head.replace(start, head.find(' ', start) - start, target);
}

std::vector<FaultRow> header_rows() {
    return {
        {.id = "F-37",
         .fault = "a server that wants Tus-Resumable",
         .good = "version 1.0.0 in every request",
         .mistake = "another version",
         .stage = plain_export,
         .check = each(
             "",
             [](const SeenRequest& request) {
                 return request.fields.first("Tus-Resumable") == "1.0.0";
             }
         ),
         .spoil =
             writes_requests([](std::string& head) { set_field(head, "Tus-Resumable", "0.2.2"); }),
         .strikes = number_of("PATCH")},
        {.id = "F-38",
         .fault = "a server that wants the chunks' type",
         .good = "exactly application/offset+octet-stream",
         .mistake = "octet-stream",
         .stage = plain_export,
         .check = each(
             "PATCH",
             [](const SeenRequest& request) {
                 return request.fields.first("Content-Type") == "application/offset+octet-stream";
             }
         ),
         .spoil = writes_requests([](std::string& head) {
             set_field(head, "Content-Type", "application/octet-stream");
         }),
         .strikes = number_of("PATCH")},
        {.id = "F-39",
         .fault = "a server that reads Base64 strictly",
         .good = "metadata in the strict form",
         .mistake = "no padding",
         .stage = plain_export,
         .check = each("POST", strict_metadata),
         .spoil = writes_metadata(without_padding),
         .strikes = number_of("POST")},
        {.id = "F-40",
         .fault = "a name with Norwegian letters",
         .good = "the name in UTF-8",
         .mistake = "the name in Latin-1",
         .stage =
             [](World& world) {
                 world.add_export(100, 0, 0);
                 world.add_file("Patients0/\xc3\xa6\xc3\xb8\xc3\xa5.pat", 1500);
             },
         .check =
             [](const World& world) {
                 return std::ranges::any_of(world.seen(), [](const SeenRequest& request) {
                     return value_in(request, "name") == "\xc3\xa6\xc3\xb8\xc3\xa5.pat";
                 });
             },
         .spoil = writes_metadata(as_latin1),
         .strikes = [](const World& world) { return world.count("POST") - 1; }},
        {.id = "F-41",
         .fault = "a server that reads pairs strictly",
         .good = "metadata in the strict form",
         .mistake = "a blank after the comma",
         .stage = plain_export,
         .check = each("POST", strict_metadata),
         .spoil = writes_metadata(blank_after_comma),
         .strikes = number_of("POST")},
        {.id = "F-42",
         .fault = "a service that wants its own keys",
         .good = "name, contentType, FileType and a GUID as SessionId",
         .mistake = "a key in other letters",
         .stage = plain_export,
         .check = each("POST", sfm_metadata),
         .spoil = writes_metadata(other_key),
         .strikes = number_of("POST")},
        {.id = "F-43",
         .fault = "chunk borders move after a broken chunk",
         .good = "no checksum mismatch",
         .mistake = "the checksum of the chunk before",
         .stage =
             one_file_with("PATCH", 2, {.break_after_body_bytes = 400, .keep_body_bytes = 300}),
         .check = [](const World& world) { return no_answer_with(world, 460); },
         .spoil = late_checksums()},
        {.id = "F-44",
         .fault = "one byte of a chunk is flipped",
         .good = "the file arrives",
         .mistake = "gives up on 460",
         .stage = one_file_with("PATCH", 2, {.corrupt = true}),
         .check = everything_arrived,
         .spoil = after_status(460, give_up)},
        {.id = "F-45",
         .fault = "one byte of a chunk is flipped",
         .good = "every chunk begins at the offset told last",
         .mistake = "takes a refused chunk for stored",
         .stage = one_file_with("PATCH", 2, {.corrupt = true}),
         .check = follows_told_offset,
         .spoil = known_mistake(Mistake::believes_460)},
        {.id = "F-46",
         .fault = "a server that refuses two framings",
         .good = "every request is valid HTTP",
         .mistake = "length and chunked together",
         .stage = plain_export,
         .check = [](const World& world) { return world.server.malformed() == 0; },
         .spoil = writes_requests([](std::string& head) {
             if (head.starts_with("PATCH")) add_field(head, "Transfer-Encoding", "chunked");
         }),
         .strikes = number_of("POST")},
        {.id = "F-47",
         .fault = "an offset of 2^32 + 1000",
         .good = "HEAD after it",
         .mistake = "counts in 32 bits",
         .stage = one_file_with(
             "PATCH", 1, {.after = FakeAnswer{204, {{"Upload-Offset", "4294968296"}}, {}, ""}}
         ),
         .check = [](const World& world) { return world.count("HEAD") == 1; },
         .spoil = reads_answers([](std::string& head) {
             const std::string told = field_of(head, "Upload-Offset");
             if (told.empty()) return;
             const auto narrow = static_cast<std::uint32_t>(std::stoull(told));
             set_field(head, "Upload-Offset", std::to_string(narrow));
         })},
    };
}

std::vector<FaultRow> location_rows() {
    const std::string id = "00000000000000000000000000000001";
    return {
        {.id = "F-48",
         .fault = "answer headers in lower case",
         .good = "the file arrives",
         .mistake = "looks headers up with their case",
         .stage =
             [id](World& world) {
                 const FakeAnswer made{201, {{"location", "/files/" + id}}, {}, ""};
                 one_file_with("POST", 1, {.after = made})(world);
             },
         .check = everything_arrived,
         .spoil = reads_answers([](std::string& head) { drop_field(head, "location"); })},
        {.id = "F-49",
         .fault = "a Location that begins with //",
         .good = "the target of RFC 3986",
         .mistake = "puts Location behind its own address",
         .stage =
             [](World& world) {
                 plain_export(world);
                 world.server.set_location_form("//127.0.0.1:8080/files/{id}");
             },
         .check = each(
             "PATCH",
             [](const SeenRequest& request) {
                 return request.target == "/files/00000000000000000000000000000001";
             }
         ),
         .spoil = writes_requests([](std::string& head) {
             if (head.starts_with("PATCH"))
                 set_target(head, "/files//127.0.0.1:8080" + target_of(head));
         }),
         .strikes = number_of("POST")},
        {.id = "F-49",
         .fault = "a Location with http on an https service",
         .good = "nothing is sent there",
         .mistake = "follows the downgrade",
         .stage =
             [](World& world) {
                 plain_export(world);
                 world.settings.service.scheme = client::Scheme::https;
                 world.server.set_location_form("http://127.0.0.1:8080/files/{id}");
             },
         .check = [](const World& world) { return world.count("PATCH") == 0; },
         .spoil =
             [](World& world) {
                 world.plans([](const Asked& asked, Step good, const Outcome& outcome) {
                     if (status_of(outcome) != 201) return good;
                     const auto where = outcome.answer->fields.first("Location").value_or("");
                     good.upload = client::parse_url(where).value();
                     good.failure.reset();
                     return asked.chunk_at(std::move(good), 0);
                 });
             },
         .completes = false,
         .strikes = number_of("POST")},
        {.id = "F-50",
         .fault = "a Location under another path with a query",
         .good = "Location is taken as it is",
         .mistake = "builds the address from the id",
         .stage =
             [](World& world) {
                 plain_export(world);
                 world.server.set_location_form("/other/place/{id}?part=1");
             },
         .check = each(
             "PATCH",
             [](const SeenRequest& request) {
                 return request.target == "/other/place/00000000000000000000000000000001?part=1";
             }
         ),
         .spoil = writes_requests([id](std::string& head) {
             if (head.starts_with("PATCH")) set_target(head, "/files/" + id);
         }),
         .strikes = number_of("POST")},
        {.id = "F-51",
         .fault = "a chunk without an answer leads to HEAD",
         .good = "no query",
         .mistake = "a query against caches",
         .stage = one_file_with("PATCH", 2, {.lose_answer = true}),
         .check = each(
             "",
             [](const SeenRequest& request) {
                 return request.target.find('?') == std::string::npos;
             }
         ),
         .spoil = writes_requests([](std::string& head) {
             if (head.starts_with("HEAD")) set_target(head, target_of(head) + "?_=1");
         })},
        {.id = "F-52",
         .fault = "a server without creation-with-upload",
         .good = "POST has no body",
         .mistake = "sends bytes with POST",
         .stage = plain_export,
         .check = each("POST", [](const SeenRequest& request) { return request.body_bytes == 0; }),
         .spoil = writes_requests([](std::string& head) {
             if (!head.starts_with("POST")) return;
             set_field(head, "Content-Length", "5");
             head += "bytes";
         }),
         .strikes = number_of("POST")},
    };
}

}  // namespace

std::vector<FaultRow> form_rows() {
    std::vector<FaultRow> rows = header_rows();
    for (FaultRow& row : location_rows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace sfmkit::test
