#include "wire/http_codec.hpp"

#include "wire/http_chunks.hpp"
#include "wire/http_framing.hpp"
#include "wire/http_head_block.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>

namespace sfmkit::wire {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

/// Beast as reader of heads only: it is given a whole head and keeps fields in the order and
/// spelling in which they came, which its own container does not.
template <bool is_request>
class HeadParser final : public http::basic_parser<is_request> {
  public:
    std::string method;
    std::string target;
    int status = 0;
    std::string reason;
    int version_minor = 1;
    HeaderFields fields;

    /// False when Beast refuses the head; what() says why.
    bool parse(std::string_view head) {
        this->eager(false);
        this->header_limit(static_cast<std::uint32_t>(head.size() + 1));
        this->body_limit(boost::none);
        this->put(boost::asio::buffer(head.data(), head.size()), error_);
        return !error_ && this->is_header_done();
    }
    std::string what() const { return error_.message(); }

  private:
    void
    on_request_impl(http::verb, string_view verb_text, string_view path, int version, error_code&)
        override {
        method = verb_text;
        target = path;
        version_minor = version % 10;
    }
    void on_response_impl(int code, string_view reason_text, int version, error_code&) override {
        status = code;
        reason = reason_text;
        version_minor = version % 10;
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code&) override {
        fields.add(std::string_view(name), std::string_view(value));
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    error_code error_;
};

bool keeps_alive(int version_minor, const HeaderFields& fields) {
    if (fields.has_token("Connection", "close")) return false;
    return version_minor > 0 || fields.has_token("Connection", "keep-alive");
}

/// A body of known length, or until close: what belongs to it at the front of the input.
platform::Bytes take_body(std::uint64_t& remaining, platform::Bytes input) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(remaining, input.size()));
    remaining -= count;
    return input.first(count);
}

constexpr std::size_t max_interim_answers = 16;

}  // namespace

struct RequestReader::Impl {
    Impl(FramingReader reader_, HttpLimits limits_)
        : reader(reader_),
          limits(limits_),
          block(HeadBlock::Kind::head, limits_),
          chunks(limits_) {}

    void refuse(FramingFault fault) {
        refusal = std::move(fault);
        state = State::refused;
    }
    void finish_head();
    void finish_chunks();
    Step push_body(platform::Bytes input);

    FramingReader reader;
    HttpLimits limits;
    State state = State::reading_head;
    bool idle = true;
    HeadBlock block;
    RequestHead head;
    std::uint64_t remaining = 0;
    ChunkReader chunks;
    HeaderFields trailers;
    FramingFault refusal;
    std::optional<FramingFault> back_end_refusal;
    std::vector<FramingFault> tolerated;
};

void RequestReader::Impl::finish_head() {
    RawHead raw = cut_head(block);
    Verdict verdict = judge_request(raw, reader);
    tolerated = std::move(verdict.tolerated);
    if (verdict.refusal) return refuse(std::move(*verdict.refusal));
    back_end_refusal = std::move(verdict.back_end_refusal);
    if (reader.behind_nginx) raw.fields = passed_on_by_nginx(raw.fields);

    HeadParser<true> parser;
    const auto end = find_body_end(raw.fields);
    if (!parser.parse(normalised(raw)) || !end) {
        return refuse(FramingFault{400, "malformed", "the head is malformed: " + parser.what()});
    }
    head.method = std::move(parser.method);
    head.target = std::move(parser.target);
    head.version_minor = parser.version_minor;
    head.fields = std::move(parser.fields);
    head.framing = end->framing;
    head.content_length = end->content_length;
    // After both lengths came the two sides may not agree where the next request begins.
    const bool two_lengths =
        raw.fields.has("Content-Length") && end->framing == BodyFraming::chunked;
    head.keep_alive = !two_lengths && keeps_alive(head.version_minor, head.fields);
    const bool has_body = end->framing == BodyFraming::chunked || end->content_length > 0;
    head.expects_continue =
        has_body && head.version_minor > 0 && head.fields.has_token("Expect", "100-continue");
    remaining = end->content_length;
    state = has_body ? State::reading_body : State::complete;
}

void RequestReader::Impl::finish_chunks() {
    const RawHead raw = cut_trailers(chunks.trailers());
    Verdict verdict = judge_trailers(raw, reader);
    std::ranges::move(verdict.tolerated, std::back_inserter(tolerated));
    if (verdict.refusal) return refuse(std::move(*verdict.refusal));
    trailers = raw.fields;
    state = State::complete;
}

RequestReader::Step RequestReader::Impl::push_body(platform::Bytes input) {
    if (head.framing == BodyFraming::length) {
        const platform::Bytes data = take_body(remaining, input);
        if (remaining == 0) state = State::complete;
        return {data.size(), data};
    }
    const ChunkReader::Step step = chunks.push(input);
    if (const auto& fault = chunks.fault()) refuse(*fault);
    if (chunks.complete()) finish_chunks();
    return {step.consumed, step.data};
}

RequestReader::RequestReader(FramingReader reader, HttpLimits limits)
    : impl_(std::make_unique<Impl>(reader, limits)) {}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::push(platform::Bytes input) {
    if (input.empty()) return {};
    switch (impl_->state) {
        case State::reading_head: {
            impl_->idle = false;
            const std::size_t consumed = impl_->block.push(input);
            if (const auto& fault = impl_->block.fault()) impl_->refuse(*fault);
            if (impl_->block.complete()) impl_->finish_head();
            return {consumed, {}};
        }
        case State::reading_body:
            return impl_->push_body(input);
        case State::complete:
        case State::refused:
            break;
    }
    return {};
}

RequestReader::State RequestReader::state() const noexcept {
    return impl_->state;
}

const RequestHead& RequestReader::head() const noexcept {
    return impl_->head;
}

const HeaderFields& RequestReader::trailers() const noexcept {
    return impl_->trailers;
}

const FramingFault& RequestReader::refusal() const noexcept {
    return impl_->refusal;
}

const std::optional<FramingFault>& RequestReader::back_end_refusal() const noexcept {
    return impl_->back_end_refusal;
}

const std::vector<FramingFault>& RequestReader::tolerated() const noexcept {
    return impl_->tolerated;
}

bool RequestReader::idle() const noexcept {
    return impl_->idle;
}

void RequestReader::next() {
    impl_ = std::make_unique<Impl>(impl_->reader, impl_->limits);
}

struct ResponseReader::Impl {
    Impl(bool to_head_request_, HttpLimits limits_)
        : to_head_request(to_head_request_),
          limits(limits_),
          block(HeadBlock::Kind::head, limits_),
          chunks(limits_) {}

    void fail(std::string why) {
        failure = std::move(why);
        state = State::failed;
    }
    void finish_head();
    Step push_body(platform::Bytes input);

    bool to_head_request;
    HttpLimits limits;
    State state = State::reading_head;
    HeadBlock block;
    ResponseHead head;
    std::vector<int> interim;
    std::uint64_t remaining = 0;
    ChunkReader chunks;
    std::string failure;
};

void ResponseReader::Impl::finish_head() {
    const RawHead raw = cut_head(block);
    HeadParser<false> parser;
    if (block.empty_lines_before() > 0 || !parser.parse(block.text())) {
        return fail("the head of the answer is malformed: " + parser.what());
    }
    // 101 would hand the connection to another protocol, for which nobody here asks.
    if (parser.status < 200 && parser.status != 101) {
        interim.push_back(parser.status);
        if (interim.size() > max_interim_answers) return fail("too many interim answers came");
        block = HeadBlock(HeadBlock::Kind::head, limits);
        return;
    }
    const auto end = find_body_end(raw.fields);
    if (!end || parser.status == 101) {
        return fail("the end of the answer's body cannot be known from its head");
    }
    head.version_minor = parser.version_minor;
    head.status = parser.status;
    head.reason = std::move(parser.reason);
    head.fields = std::move(parser.fields);
    head.framing = end->framing;
    head.content_length = end->content_length;
    if (to_head_request || head.status == 204 || head.status == 304) {
        head.framing = BodyFraming::none;
    } else if (head.framing == BodyFraming::none) {
        head.framing = BodyFraming::until_close;
    }
    head.keep_alive =
        head.framing != BodyFraming::until_close && keeps_alive(head.version_minor, head.fields);
    remaining = head.content_length;
    const bool empty = head.framing == BodyFraming::length && remaining == 0;
    state = head.framing == BodyFraming::none || empty ? State::complete : State::reading_body;
}

ResponseReader::Step ResponseReader::Impl::push_body(platform::Bytes input) {
    if (head.framing == BodyFraming::until_close) return {input.size(), input};
    if (head.framing == BodyFraming::length) {
        const platform::Bytes data = take_body(remaining, input);
        if (remaining == 0) state = State::complete;
        return {data.size(), data};
    }
    const ChunkReader::Step step = chunks.push(input);
    if (const auto& fault = chunks.fault()) {
        fail("the body of the answer is malformed: " + fault->text);
    }
    if (chunks.complete()) state = State::complete;
    return {step.consumed, step.data};
}

ResponseReader::ResponseReader(bool to_head_request, HttpLimits limits)
    : impl_(std::make_unique<Impl>(to_head_request, limits)) {}

ResponseReader::~ResponseReader() = default;

ResponseReader::Step ResponseReader::push(platform::Bytes input) {
    if (input.empty()) return {};
    switch (impl_->state) {
        case State::reading_head: {
            const std::size_t consumed = impl_->block.push(input);
            if (const auto& fault = impl_->block.fault()) {
                impl_->fail("in the answer, " + fault->text);
            }
            if (impl_->block.complete()) impl_->finish_head();
            return {consumed, {}};
        }
        case State::reading_body:
            return impl_->push_body(input);
        case State::complete:
        case State::failed:
            break;
    }
    return {};
}

void ResponseReader::push_end() {
    if (impl_->state == State::reading_head) {
        impl_->fail("the connection ended before the head of an answer was complete");
    } else if (impl_->state == State::reading_body) {
        if (impl_->head.framing == BodyFraming::until_close) {
            impl_->state = State::complete;
        } else {
            impl_->fail("the connection ended inside the body of the answer");
        }
    }
}

ResponseReader::State ResponseReader::state() const noexcept {
    return impl_->state;
}

const ResponseHead& ResponseReader::head() const noexcept {
    return impl_->head;
}

const std::vector<int>& ResponseReader::interim() const noexcept {
    return impl_->interim;
}

const std::string& ResponseReader::failure() const noexcept {
    return impl_->failure;
}

}  // namespace sfmkit::wire
