#pragma once

#include "wire/http_codec.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::wire {

/// All that a reader told about one request or response.
template <class State, class Head>
struct Reading {
    State state = State::reading_head;
    Head head = {};
    std::string body;
    HeaderFields trailers = {};
    std::string fault;  ///< id of the refusal, or the failure of a response
    int status = 0;     ///< with which the request is refused
    std::vector<std::string> tolerated = {};
    std::vector<int> interim = {};
    std::size_t consumed = 0;
};

using RequestReading = Reading<RequestReader::State, RequestHead>;
using ResponseReading = Reading<ResponseReader::State, ResponseHead>;

/// Gives the text to the reader in these pieces; a piece is offered again until it is used up or
/// nothing more is taken. The number of bytes taken is added to consumed.
template <class Reader>
std::string push_all(
    Reader& reader, const std::vector<std::string>& pieces, std::size_t& consumed
) {
    std::string body;
    for (const std::string& piece : pieces) {
        platform::Bytes rest = platform::as_bytes(piece);
        while (!rest.empty()) {
            const auto step = reader.push(rest);
            body += platform::as_text(step.data);
            consumed += step.consumed;
            rest = rest.subspan(step.consumed);
            if (step.consumed == 0) return body;
        }
    }
    return body;
}

inline RequestReading result_of(
    const RequestReader& reader, std::string body, std::size_t consumed
) {
    RequestReading reading;
    reading.state = reader.state();
    reading.head = reader.head();
    reading.body = std::move(body);
    reading.trailers = reader.trailers();
    if (reader.state() == RequestReader::State::refused) {
        reading.fault = reader.refusal().id;
        reading.status = reader.refusal().status;
    }
    for (const FramingFault& fault : reader.tolerated()) reading.tolerated.push_back(fault.id);
    reading.consumed = consumed;
    return reading;
}

inline RequestReading read_request(
    const std::vector<std::string>& pieces,
    FramingPolicy policy = FramingPolicy::strict_spec,
    HttpLimits limits = {}
) {
    RequestReader reader(policy, limits);
    std::size_t consumed = 0;
    std::string body = push_all(reader, pieces, consumed);
    return result_of(reader, std::move(body), consumed);
}

enum class Then { more, end };  ///< whether the other side ends its sending afterwards

inline ResponseReading read_response(
    const std::vector<std::string>& pieces, Then then = Then::end, bool to_head_request = false
) {
    ResponseReader reader(to_head_request);
    ResponseReading reading;
    reading.body = push_all(reader, pieces, reading.consumed);
    if (then == Then::end) reader.push_end();
    reading.state = reader.state();
    reading.head = reader.head();
    reading.interim = reader.interim();
    reading.fault = reader.failure();
    return reading;
}

}  // namespace sfmkit::wire
