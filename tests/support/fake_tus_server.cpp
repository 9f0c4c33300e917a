#include "tests/support/fake_tus_server.hpp"

#include "wire/http_codec.hpp"
#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include <array>
#include <exception>

namespace sfmkit::test {

namespace tus = wire::tus;
using platform::Duration;

namespace {

std::string print_answer(const FakeAnswer& answer, bool to_head) {
    wire::HeaderFields fields;
    bool has_length = answer.status == 204 || to_head;
    for (const auto& [name, value] : answer.headers) {
        fields.add(name, value);
        const bool frames = wire::equal_ignoring_case(name, "Content-Length") ||
                            wire::equal_ignoring_case(name, "Transfer-Encoding");
        has_length = has_length || frames;
    }
    if (!has_length) fields.add("Content-Length", std::to_string(answer.body.size()));
    std::string text = wire::print_response_head(answer.status, answer.reason, fields);
    if (!to_head) text += answer.body;
    return text;
}

std::uint64_t number_of(const SeenRequest& request, std::string_view name) {
    const auto value = request.fields.first(name);
    if (!value) return 0;
    return wire::parse_number_strictly(*value).value_or(0);
}

}  // namespace

/// One connection.
struct FakeTusServer::Conversation {
    std::unique_ptr<platform::Transport> transport;
    std::uint64_t number = 0;
    wire::RequestReader reader{wire::FramingPolicy::strict_spec, {}};
    std::string working_on{};  ///< target of the request that is open, when it is an upload
    std::array<std::byte, 16384> window{};
    std::size_t start = 0;
    std::size_t end = 0;
};

FakeTusServer::FakeTusServer(
    platform::Network& network,
    fuzz::VirtualClock& clock,
    const platform::CryptoAlgorithms& algorithms,
    std::uint16_t port
)
    : network_(network), clock_(clock), algorithms_(algorithms), port_(port) {}

FakeTusServer::~FakeTusServer() = default;

void FakeTusServer::start(boost::asio::io_context& context) {
    context_ = &context;
    auto listener = network_.listen("127.0.0.1", port_);
    if (!listener) throw std::runtime_error(platform::describe(listener.error()));
    listener_ = std::move(*listener);
    boost::asio::co_spawn(context, accept_all(listener_), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

void FakeTusServer::stop() {
    if (listener_) listener_->close();
    listener_.reset();
}

void FakeTusServer::on(const std::string& method, unsigned nth, Trouble trouble) {
    troubles_[{method, nth}] = std::move(trouble);
}

std::vector<const FakeUpload*> FakeTusServer::named(const std::string& name) const {
    std::vector<const FakeUpload*> found;
    for (const auto& [id, upload] : uploads_) {
        const auto pairs = wire::parse_metadata_strictly(upload.metadata);
        if (!pairs) continue;
        for (const auto& pair : *pairs) {
            const bool same = pair.key == "name" && platform::as_text(pair.value) == name;
            if (same) found.push_back(&upload);
        }
    }
    return found;
}

std::string FakeTusServer::trace() const {
    std::string text;
    for (const SeenRequest& request : requests_) {
        if (!text.empty()) text += ", ";
        text += request.method;
        if (request.method == "PATCH") {
            text += fmt::format(
                "@{}+{}",
                number_of(request, tus::upload_offset),
                number_of(request, "Content-Length")
            );
        }
        text += request.status == 0 ? std::string(" -") : fmt::format(" {}", request.status);
    }
    return text;
}

Trouble FakeTusServer::trouble_of(const std::string& method) {
    const unsigned nth = ++counts_[method];
    if (allowed_at_once_ && at_once_ > *allowed_at_once_) {
        ++strikes_;
        return {.instead = FakeAnswer{429, {}, {}, "Too Many Requests"}};
    }
    for (const unsigned number : {nth, 0U}) {
        const auto found = troubles_.find({method, number});
        if (found == troubles_.end()) continue;
        ++strikes_;
        return found->second;
    }
    return {};
}

void FakeTusServer::note_arrival(Conversation& conversation, SeenRequest& seen) {
    most_at_once_ = std::max(most_at_once_, ++at_once_);
    seen.at_once = at_once_;
    if (const FakeUpload* upload = find(seen.target)) seen.held_before = upload->bytes.size();
    if (seen.method == "POST") return;
    for (const auto& weak : conversations_) {
        const auto other = weak.lock();
        if (!other || other.get() == &conversation || other->working_on != seen.target) continue;
        if (!other->transport->other_side_ended()) ++overlaps_;
    }
    conversation.working_on = seen.target;
}

FakeUpload* FakeTusServer::find(const std::string& target) {
    const std::string path = target.substr(0, target.find('?'));
    const auto found = uploads_.find(path.substr(path.rfind('/') + 1));
    return found == uploads_.end() || found->second.deleted ? nullptr : &found->second;
}

FakeAnswer FakeTusServer::create(const SeenRequest& request) {
    const std::string id = fmt::format("{:032x}", uploads_.size() + 1);
    FakeUpload upload;
    upload.length = number_of(request, tus::upload_length);
    upload.metadata = std::string(request.fields.first(tus::upload_metadata).value_or(""));
    uploads_[id] = std::move(upload);
    std::string location = location_form_;
    const auto place = location.find("{id}");
    if (place != std::string::npos) location.replace(place, 4, id);
    FakeAnswer answer{201, {{"Location", location}, {"Tus-Resumable", "1.0.0"}}, {}, "Created"};
    if (lifetime_) {
        const auto expires =
            std::chrono::floor<std::chrono::seconds>(clock_.wall_now() + *lifetime_);
        answer.headers.emplace_back("Upload-Expires", wire::print_http_date(expires));
    }
    return answer;
}

FakeAnswer FakeTusServer::tell_offset(const FakeUpload& upload) const {
    FakeAnswer answer{200, {}, {}, "OK"};
    answer.headers = {
        {"Cache-Control", "no-store"},
        {"Tus-Resumable", "1.0.0"},
        {"Upload-Length", std::to_string(upload.length)},
        {"Upload-Offset", std::to_string(upload.bytes.size())}
    };
    return answer;
}

FakeAnswer FakeTusServer::store(
    FakeUpload& upload, const SeenRequest& request, const std::string& body
) {
    if (number_of(request, tus::upload_offset) != upload.bytes.size())
        return {409, {}, {}, "Conflict"};
    if (upload.bytes.size() == upload.length) {
        return {
            400, {{"Content-Type", "text/plain"}}, "Upload is already complete.", "Bad Request"
        };
    }
    const auto checksum =
        wire::parse_checksum_strictly(request.fields.first(tus::upload_checksum).value_or(""));
    const auto digest = platform::digest_of(*algorithms_.sha1, platform::as_bytes(body));
    if (!checksum || checksum->digest != digest) return {460, {}, {}, ""};
    if (upload.bytes.size() + body.size() > upload.length) return {413, {}, {}, ""};
    upload.bytes += body;
    FakeAnswer answer{204, {{"Tus-Resumable", "1.0.0"}}, {}, "No Content"};
    answer.headers.emplace_back("Upload-Offset", std::to_string(upload.bytes.size()));
    return answer;
}

FakeAnswer FakeTusServer::serve(SeenRequest& request, std::string body, const Trouble& trouble) {
    if (request.method == "POST") return create(request);
    FakeUpload* upload = find(request.target);
    if (upload != nullptr && trouble.forget_upload) {
        upload->deleted = true;
        upload = nullptr;
    }
    if (upload == nullptr) return {404, {}, {}, "Not Found"};
    if (request.method == "HEAD") return tell_offset(*upload);
    if (trouble.corrupt && !body.empty()) body.front() = static_cast<char>(body.front() ^ 1);
    if (!trouble.store_part_only) return store(*upload, request, body);
    upload->bytes += body.substr(0, trouble.keep_body_bytes);
    FakeAnswer answer{204, {}, {}, "No Content"};
    answer.headers.emplace_back("Upload-Offset", std::to_string(upload->bytes.size()));
    return answer;
}

boost::asio::awaitable<void> FakeTusServer::accept_all(std::shared_ptr<platform::Listener> listener
) {
    while (true) {
        auto accepted = co_await listener->accept();
        if (!accepted) co_return;
        boost::asio::co_spawn(
            *context_,
            converse(std::move(*accepted)),
            [](std::exception_ptr failure) {
                if (failure) std::rethrow_exception(failure);
            }
        );
    }
}

boost::asio::awaitable<void> FakeTusServer::converse(std::unique_ptr<platform::Transport> transport
) {
    const auto conversation = std::make_shared<Conversation>();
    conversations_.push_back(conversation);
    conversation->transport = std::move(transport);
    conversation->transport->set_deadline(std::chrono::minutes(5));
    conversation->number = ++connections_;
    bool go_on = true;
    while (go_on) {
        go_on = co_await serve_one(*conversation);
        conversation->working_on.clear();
    }
}

boost::asio::awaitable<bool> FakeTusServer::serve_one(Conversation& conversation) {
    using State = wire::RequestReader::State;
    wire::RequestReader& reader = conversation.reader;
    platform::Transport& transport = *conversation.transport;
    std::optional<std::size_t> index;
    Trouble trouble;
    std::string body;
    const auto end_connection = [&] {
        if (trouble.close_in_order) {
            transport.close();
        } else {
            transport.reset();
        }
        if (index) --at_once_;
        return false;
    };
    while (reader.state() != State::complete && reader.state() != State::refused) {
        if (conversation.start == conversation.end) {
            const auto count = co_await transport.read_some(conversation.window);
            if (!count || *count == 0) co_return end_connection();
            conversation.start = 0;
            conversation.end = *count;
        }
        const auto input = platform::Bytes(conversation.window)
                               .subspan(conversation.start, conversation.end - conversation.start);
        const auto step = reader.push(input);
        conversation.start += step.consumed;
        body += platform::as_text(step.data);
        if (!index && reader.state() != State::reading_head && reader.state() != State::refused) {
            SeenRequest seen;
            seen.method = reader.head().method;
            seen.target = reader.head().target;
            seen.fields = reader.head().fields;
            seen.arrived = clock_.steady_now();
            seen.connection = conversation.number;
            index = requests_.size();
            note_arrival(conversation, seen);
            requests_.push_back(std::move(seen));
            trouble = trouble_of(requests_[*index].method);
            if (trouble.answer_early) break;
        }
        if (index) requests_[*index].body_bytes = body.size();
        const auto limit = trouble.break_after_body_bytes;
        if (limit && body.size() >= *limit) {
            FakeUpload* upload = find(requests_[*index].target);
            if (upload != nullptr) upload->bytes += body.substr(0, trouble.keep_body_bytes);
            co_return end_connection();
        }
    }
    if (reader.state() == State::refused) {
        ++malformed_;
        co_return end_connection();
    }
    const std::size_t place = *index;
    const bool to_head = requests_[place].method == "HEAD";
    FakeAnswer answer;
    if (trouble.instead) {
        answer = *trouble.instead;
    } else {
        SeenRequest request = requests_[place];
        answer = serve(request, std::move(body), trouble);
    }
    if (trouble.after) answer = *trouble.after;
    requests_[place].status = trouble.lose_answer ? 0 : answer.status;
    if (trouble.delay > Duration(0)) co_await clock_.sleep_for(trouble.delay);
    if (trouble.lose_answer) co_return end_connection();
    const std::string text = print_answer(answer, to_head);
    const std::string_view whole = text;
    const std::string_view sent = whole.substr(0, trouble.cut_answer_after.value_or(whole.size()));
    const std::size_t piece = trouble.drip_answer.value_or(sent.size());
    for (std::size_t done = 0; done < sent.size(); done += piece) {
        const auto bytes = platform::as_bytes(sent.substr(done, piece));
        const auto written = co_await transport.write_all(bytes);
        if (!written) co_return end_connection();
        if (trouble.drip_answer) co_await clock_.sleep_for(std::chrono::seconds(1));
    }
    if (trouble.cut_answer_after || trouble.answer_early) co_return end_connection();
    for (const auto& [name, value] : answer.headers) {
        if (!wire::equal_ignoring_case(name, tus::upload_offset)) continue;
        const auto told = wire::parse_number_strictly(value);
        if (told) requests_[place].told_offset = *told;
    }
    reader.next();
    --at_once_;
    co_return true;
}

}  // namespace sfmkit::test
