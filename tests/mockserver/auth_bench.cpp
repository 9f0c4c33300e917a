#include "tests/mockserver/auth_bench.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <map>
#include <stdexcept>

namespace sfmkit::mockserver {
namespace {

void apply(std::span<const BrokenVariant> variants, const std::string& name, TokenParts& parts) {
    if (name.empty()) return;
    const BrokenVariant* variant = find_variant(variants, name);
    if (variant == nullptr) throw std::runtime_error("no variant " + name);
    variant->apply(parts);
}

std::string taken(wire::JoseResult<std::string> token) {
    if (!token) throw std::runtime_error(describe(token.error()));
    return std::move(*token);
}

wire::Jwk public_half(const EVP_PKEY& key) {
    auto parsed = wire::Jwk::parse_public(*wire::public_members(key));
    if (!parsed) throw std::runtime_error(describe(parsed.error()));
    return std::move(*parsed);
}

std::string path_of(const Order& order) {
    if (!order.path.empty()) return order.path;
    return order.route == AuthRoute::dpop ? "/v2/files" : "/files";
}

}  // namespace

std::shared_ptr<EVP_PKEY> shared_rsa_key(int number, std::size_t bits) {
    static std::map<std::pair<int, std::size_t>, std::shared_ptr<EVP_PKEY>> keys;
    auto& key = keys[{number, bits}];
    if (!key) {
        key = platform::Openssl<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
    }
    return key;
}

void set_field(wire::RequestHead& head, std::string_view name, std::optional<std::string> value) {
    wire::HeaderFields fields;
    for (const wire::HeaderField& field : head.fields.all()) {
        if (!wire::equal_ignoring_case(field.name, name)) fields.add(field.name, field.value);
    }
    if (value) fields.add(name, *value);
    head.fields = std::move(fields);
}

AuthBench::AuthBench() : issuer_key_(shared_rsa_key(1)), client_key_(shared_rsa_key(2)) {
    kid_ = jkt_of(*issuer_key_);
    jkt_ = jkt_of(*client_key_);
    restart(settings());
}

std::string AuthBench::jkt_of(const EVP_PKEY& key) const {
    return thumbprint(public_half(key), *algorithms_.sha256);
}

AuthSettings AuthBench::settings() const {
    const std::string members = print_json(*wire::public_members(*issuer_key_));
    const std::string set =
        fmt::format(R"({{"keys":[{{"kid":"{}","use":"sig",{}]}})", kid_, members.substr(1));
    AuthSettings settings;
    settings.issuers.push_back(
        {.name = "https://sts.sfmkit.test", .keys = *wire::parse_jwk_set(set)}
    );
    return settings;
}

void AuthBench::restart(AuthSettings settings) {
    guard_ = std::make_unique<Guard>(std::move(settings), algorithms_, random_);
}

void AuthBench::pass(std::chrono::seconds time) {
    now_ += time;
    steady_ += time;
}

std::string AuthBench::token_of(const Order& order) {
    TokenOrder token = order.token;
    token.route = order.route;
    token.kid = kid_;
    if (token.jkt.empty()) token.jkt = order.proof_key ? jkt_of(*order.proof_key) : jkt_;
    if (token.now == std::chrono::sys_seconds()) token.now = now_;
    TokenParts parts = token_parts(token, *issuer_key_, random_);
    apply(broken_tokens(), order.token_variant, parts);
    if (order.token_change) order.token_change(parts);
    return taken(assemble(parts));
}

std::string AuthBench::proof_of(const Order& order, const std::string& token) {
    const ProofOrder proof = {
        .method = order.method,
        .url = (order.tls ? "https" : "http") + ("://localhost:5140" + path_of(order)),
        .token = token,
        .nonce = order.nonce,
        .algorithm = order.proof_algorithm,
        .now = now_
    };
    EVP_PKEY& key = order.proof_key ? *order.proof_key : *client_key_;
    TokenParts parts = proof_parts(proof, key, random_, *algorithms_.sha256);
    apply(broken_proofs(), order.proof_variant, parts);
    if (order.proof_change) order.proof_change(parts);
    return taken(assemble(parts));
}

wire::RequestHead AuthBench::head_of(const Order& order) {
    wire::RequestHead head;
    head.method = order.method;
    head.target = path_of(order);
    head.fields.add("Host", "localhost:5140");
    const bool dpop = order.route == AuthRoute::dpop;
    const std::string token = token_of(order);
    if (dpop) head.fields.add("DPoP", proof_of(order, token));
    head.fields.add("Authorization", (dpop ? "DPoP " : "Bearer ") + token);
    if (order.head_change) order.head_change(head);
    return head;
}

AuthVerdict AuthBench::judge(const Order& order) {
    return judge(order, head_of(order));
}

AuthVerdict AuthBench::judge(const Order& order, const wire::RequestHead& head) {
    const AuthRequest request = {
        .head = head,
        .route = order.route,
        .session_id = order.session_id,
        .upload_id = order.upload_id,
        .tls = order.tls
    };
    return guard_->judge(request, now_, steady_);
}

}  // namespace sfmkit::mockserver
