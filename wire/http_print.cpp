#include "wire/http_codec.hpp"

#include <fmt/format.h>

namespace sfmkit::wire {
namespace {

void append_fields(std::string& head, const HeaderFields& fields) {
    for (const HeaderField& field : fields.all()) {
        head += field.name;
        head += ": ";
        head += field.value;
        head += "\r\n";
    }
    head += "\r\n";
}

}  // namespace

std::string print_request_head(
    std::string_view method, std::string_view target, const HeaderFields& fields
) {
    std::string head = fmt::format("{} {} HTTP/1.1\r\n", method, target);
    append_fields(head, fields);
    return head;
}

std::string print_response_head(int status, std::string_view reason, const HeaderFields& fields) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", status, reason);
    append_fields(head, fields);
    return head;
}

std::string print_chunk(platform::Bytes bytes) {
    if (bytes.empty()) return "0\r\n\r\n";
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), platform::as_text(bytes));
}

}  // namespace sfmkit::wire
