#include "client/upload/credentials.hpp"

#include <algorithm>
#include <vector>

namespace sfmkit::client {
namespace {

constexpr std::string_view proof_field = "DPoP";
constexpr std::string_view nonce_field = "DPoP-Nonce";
constexpr std::size_t longest_nonce = 512;
constexpr unsigned most_nonces = 2;  // for one request
/// So many letters of a credential in a row are a part of it and no chance.
constexpr std::size_t telling_letters = 16;

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Split at commas outside of quotes.
std::vector<std::string_view> elements_of(std::string_view list) {
    std::vector<std::string_view> elements;
    bool quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (quoted && list[i] == '\\') {
            ++i;
        } else if (list[i] == '"') {
            quoted = !quoted;
        } else if (list[i] == ',' && !quoted) {
            elements.push_back(trimmed(list.substr(start, i - start)));
            start = i + 1;
        }
    }
    elements.push_back(trimmed(list.substr(start)));
    return elements;
}

/// RFC 9449 section 8.1: NQCHAR.
bool is_nonce(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_nonce &&
           std::ranges::all_of(text, [](char letter) {
               return letter >= 0x21 && letter <= 0x7e && letter != '"' && letter != '\\';
           });
}

bool repeats(std::string_view text, std::string_view secret) {
    const std::size_t length = std::min(telling_letters, secret.size());
    if (length == 0) return false;
    for (std::size_t i = 0; i + length <= text.size(); ++i) {
        if (secret.find(text.substr(i, length)) != std::string_view::npos) return true;
    }
    return false;
}

/// Without the header of a JWS, which is no secret and which other tokens begin with too.
std::string_view secret_part(std::string_view credential) noexcept {
    const std::size_t dot = credential.find('.');
    return dot == std::string_view::npos ? credential : credential.substr(dot + 1);
}

/// The claims are alike in other tokens, of which the URL of a new upload may hold one.
bool repeats_in_url(std::string_view url, std::string_view secret) {
    const std::size_t dot = secret.find('.');
    const std::string_view claims = secret.substr(0, dot);
    const bool has_parts = dot != std::string_view::npos && dot >= telling_letters;
    if (!has_parts) return repeats(url, secret);
    return url.find(claims) != std::string_view::npos || repeats(url, secret.substr(dot + 1));
}

void hide(std::string_view secret, HttpExchange& exchange) {
    if (repeats(exchange.text, secret)) exchange.text.clear();
    // Shorter ones are no real tokens and may stand in a field by chance.
    if (!exchange.answer || secret.size() < telling_letters) return;
    wire::ResponseHead& head = *exchange.answer;
    if (repeats(head.reason, secret)) head.reason.clear();
    wire::HeaderFields kept;
    for (const wire::HeaderField& field : head.fields.all()) {
        const bool tells_upload =
            head.status == 201 && wire::equal_ignoring_case(field.name, "Location");
        const bool hidden =
            tells_upload ? repeats_in_url(field.value, secret) : repeats(field.value, secret);
        if (!hidden) kept.add(field.name, field.value);
    }
    head.fields = std::move(kept);
}

}  // namespace

boost::asio::awaitable<HttpExchange> Credentials::exchange(
    HttpConnection& connection, const HttpRequest& request
) {
    HttpExchange all;
    bool wants_nonce = true;
    for (unsigned nonces = 0; wants_nonce && nonces <= most_nonces; ++nonces) {
        const HttpRequest complete = with_credentials(request);
        HttpExchange one = co_await connection.exchange(complete);
        wants_nonce = one.answer && take_nonce(*one.answer);
        hide_credentials(complete, one);
        one.body_bytes_sent += all.body_bytes_sent;
        one.reached_server = one.reached_server || all.reached_server;
        all = std::move(one);
    }
    if (wants_nonce) all.text = "each answer wants another DPoP nonce";
    co_return all;
}

HttpRequest Credentials::with_credentials(const HttpRequest& request) {
    HttpRequest complete = request;
    if (!token_.is_wanted()) return complete;
    if (key_ == nullptr) {
        complete.fields.add("Authorization", "Bearer " + token_.text());
        return complete;
    }
    const ProofRequest wanted{
        .method = request.method,
        .url = request.url,
        .token = token_.text(),
        .nonce = nonce_,
        .now = clock_.wall_now()
    };
    complete.fields.add("Authorization", "DPoP " + token_.text());
    complete.fields.add(proof_field, key_->prove(wanted, random_, sha256_));
    return complete;
}

bool Credentials::take_nonce(const wire::ResponseHead& head) {
    const auto given = head.fields.first(nonce_field);
    if (key_ == nullptr || !given || !is_nonce(*given)) return false;
    nonce_ = *given;
    const auto& fields = head.fields.all();
    return head.status == 401 && std::ranges::any_of(fields, [](const wire::HeaderField& field) {
               return wire::equal_ignoring_case(field.name, "WWW-Authenticate") &&
                      asks_for_nonce(field.value);
           });
}

bool asks_for_nonce(std::string_view challenges) {
    bool in_dpop = false;
    for (std::string_view element : elements_of(challenges)) {
        const std::size_t blank = element.find(' ');
        if (blank < element.find('=')) {
            in_dpop = wire::equal_ignoring_case(element.substr(0, blank), "DPoP");
            element = trimmed(element.substr(blank));
        }
        const std::size_t equals = element.find('=');
        if (!in_dpop || equals == std::string_view::npos) continue;
        std::string_view value = trimmed(element.substr(equals + 1));
        if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
            value = value.substr(1, value.size() - 2);
        }
        const std::string_view name = trimmed(element.substr(0, equals));
        if (wire::equal_ignoring_case(name, "error") && value == "use_dpop_nonce") return true;
    }
    return false;
}

void hide_credentials(const HttpRequest& request, HttpExchange& exchange) {
    if (const auto shown = request.fields.first("Authorization")) {
        hide(secret_part(shown->substr(shown->find(' ') + 1)), exchange);
    }
    if (const auto proof = request.fields.first(proof_field)) hide(secret_part(*proof), exchange);
}

}  // namespace sfmkit::client
