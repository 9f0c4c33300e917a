#pragma once

#include <string_view>

namespace sfmkit::mockserver {

/// What a refusal means for the answer: RFC 6750 section 3.1 and RFC 9449 section 7.1.
enum class AuthError {
    none,             ///< accepted
    challenge,        ///< 401 that names the scheme and no error: nothing usable came
    invalid_request,  ///< 400
    invalid_token,    ///< 401
    invalid_proof,    ///< 401, `invalid_dpop_proof`
    nonce_needed,     ///< 401, `use_dpop_nonce`
    scope,            ///< 403, `insufficient_scope`
    forbidden,        ///< 403 without challenge
    overloaded        ///< 503
};

/// Every outcome of the judgement.
enum class AuthReason {
    accepted,
    not_needed,  ///< no credential came, and none is needed here
    credential_missing,
    token_in_url,
    scheme_unknown,
    credential_empty,
    credential_form,
    credential_twice,
    scheme_of_other_route,
    token_jose,  ///< a wire::JoseFault of the token, which gives the name
    token_type,
    issuer,
    audience,
    audience_many,
    expired,
    expired_in_grace,  ///< told, not refused
    not_yet_valid,
    issued_in_future,
    bound_token_as_bearer,
    token_not_bound,
    proof_missing,
    proof_twice,
    proof_list,
    proof_jose,  ///< a wire::JoseFault of the proof, which gives the name
    proof_type,
    proof_id_long,
    proof_method,
    proof_url,
    proof_url_form,  ///< told, not refused: equal only after normalisation
    proof_old,
    proof_future,
    proof_milliseconds,
    proof_token_hash,
    proof_replayed,
    key_binding,
    nonce_missing,
    nonce_unknown,
    replay_cache_full,
    scope_missing,
    scope_wrong,
    claim_missing,
    claim_wrong,
    other_owner
};

struct AuthReasonRow {
    AuthReason reason;
    std::string_view name;  ///< stable, e.g. `dpop.htu-mismatch`
    AuthError error;
    std::string_view description;  ///< for error_description: fixed, never what came
    std::string_view source;       ///< who asks for it
    std::string_view next;         ///< what to do about it
};

const AuthReasonRow& row_of(AuthReason reason) noexcept;

}  // namespace sfmkit::mockserver
