#include "mockserver/faults/answer_edit.hpp"

#include "platform/assert.hpp"
#include "wire/http_codec.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <zlib.h>

namespace sfmkit::mockserver {
namespace {

constexpr std::string_view line_end = "\r\n";

/// An answer taken apart; fields as they stand on the wire.
struct Parts {
    std::string version;
    std::string status;
    std::string reason;
    std::vector<wire::HeaderField> fields;
    std::string body;  ///< as coded
};

Parts take_apart(const std::string& printed) {
    Parts parts;
    const std::size_t head_end = printed.find("\r\n\r\n");
    SFM_ASSERT(head_end != std::string::npos);
    parts.body = printed.substr(head_end + 4);
    std::size_t begin = printed.find(line_end);
    const std::string_view first(printed.data(), begin);
    const std::size_t status = first.find(' ') + 1;
    const std::size_t reason = std::min(first.find(' ', status), first.size());
    parts.version = first.substr(0, status - 1);
    parts.status = first.substr(status, reason - status);
    if (reason < first.size()) parts.reason = first.substr(reason + 1);
    while (begin < head_end) {
        begin += line_end.size();
        const std::size_t end = printed.find(line_end, begin);
        const std::string_view line(printed.data() + begin, end - begin);
        const std::size_t colon = std::min(line.find(": "), line.size());
        const std::size_t value = std::min(colon + 2, line.size());
        parts.fields.push_back(
            {.name = std::string(line.substr(0, colon)), .value = std::string(line.substr(value))}
        );
        begin = end;
    }
    return parts;
}

std::string put_together(const Parts& parts) {
    std::string text = parts.version + " " + parts.status + " " + parts.reason;
    text += line_end;
    for (const wire::HeaderField& field : parts.fields) {
        text += field.name + ": " + field.value;
        text += line_end;
    }
    text += line_end;
    return text + parts.body;
}

auto find_field(Parts& parts, std::string_view name) {
    return std::ranges::find_if(parts.fields, [&](const wire::HeaderField& field) {
        return wire::equal_ignoring_case(field.name, name);
    });
}

void remove_field(Parts& parts, std::string_view name) {
    std::erase_if(parts.fields, [&](const wire::HeaderField& field) {
        return wire::equal_ignoring_case(field.name, name);
    });
}

void set_field(Parts& parts, const std::string& name, const std::string& value) {
    const auto there = find_field(parts, name);
    if (there == parts.fields.end()) {
        parts.fields.push_back({.name = name, .value = value});
    } else {
        *there = {.name = name, .value = value};
    }
}

void shift_offset(Parts& parts, std::int64_t shift) {
    const auto there = find_field(parts, wire::tus::upload_offset);
    if (there == parts.fields.end()) return;
    std::int64_t offset = 0;
    const char* const end = there->value.data() + there->value.size();
    std::from_chars(there->value.data(), end, offset);
    there->value = std::to_string(offset + shift);
}

/// The body without the chunks that it may be sent in.
std::string decoded(const std::string& printed, const Parts& parts) {
    wire::ResponseReader reader(false);
    std::string body;
    platform::Bytes rest = platform::as_bytes(printed);
    using State = wire::ResponseReader::State;
    while (!rest.empty() && reader.state() != State::complete && reader.state() != State::failed) {
        const auto step = reader.push(rest);
        body += platform::as_text(step.data);
        rest = rest.subspan(step.consumed);
    }
    return reader.state() == State::failed ? parts.body : body;
}

std::string compressed(const std::string& text) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    constexpr int memory_level = 8;
    const int ready = deflateInit2(
        &stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY
    );
    SFM_ASSERT(ready == Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    SFM_ASSERT(done == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

void code_body(const std::string& printed, const FaultAction& action, Parts& parts) {
    if (!action.gzip && !action.chunked) return;
    std::string body = decoded(printed, parts);
    const auto chunked_field = find_field(parts, "Transfer-Encoding");
    const bool chunked = action.chunked || chunked_field != parts.fields.end();
    if (action.gzip) {
        body = compressed(body);
        set_field(parts, "Content-Encoding", "gzip");
    }
    if (!chunked) {
        set_field(parts, "Content-Length", std::to_string(body.size()));
        parts.body = std::move(body);
        return;
    }
    remove_field(parts, "Content-Length");
    set_field(parts, "Transfer-Encoding", "chunked");
    parts.body = body.empty() ? std::string() : wire::print_chunk(platform::as_bytes(body));
    parts.body += wire::print_chunk({});
}

void lower(std::string& name) {
    for (char& letter : name) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
}

}  // namespace

std::string edit_answer(const std::string& printed, const FaultAction& action) {
    Parts parts = take_apart(printed);
    if (action.status != 0 && parts.status != std::to_string(action.status)) {
        parts.status = std::to_string(action.status);
        parts.reason.clear();
    }
    if (action.reason) parts.reason = *action.reason;
    if (action.shift) shift_offset(parts, *action.shift);
    for (const std::string& name : action.remove) remove_field(parts, name);
    for (const wire::HeaderField& field : action.set.all()) {
        set_field(parts, field.name, field.value);
    }
    code_body(printed, action, parts);
    if (action.http_1_0) parts.version = "HTTP/1.0";
    if (action.lower_case) {
        for (wire::HeaderField& field : parts.fields) lower(field.name);
    }
    return put_together(parts);
}

}  // namespace sfmkit::mockserver
