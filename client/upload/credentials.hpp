#pragma once

#include "client/upload/access_token.hpp"
#include "client/upload/http_exchange.hpp"
#include "client/upload/proof_key.hpp"

#include <string>
#include <string_view>

namespace sfmkit::client {

/// What lets the requests of one run in: the access token and, with a key, a proof of its own for
/// each request. All requests of a run go to one origin, so one nonce is remembered.
class Credentials {
  public:
    /// key may be null: then the token goes alone, as Bearer. All of them outlive it.
    Credentials(
        const AccessToken& token,
        const ProofKey* key,
        platform::Clock& clock,
        platform::Random& random,
        const EVP_MD& sha256
    )
        : token_(token), key_(key), clock_(clock), random_(random), sha256_(sha256) {}

    /// The exchange with credentials. When the answer refuses the request only because it wants a
    /// nonce in the proof, the same request follows at once, twice at most; the bytes of all are
    /// counted. What the answer repeats of the credentials is taken out of it.
    boost::asio::awaitable<HttpExchange> exchange(
        HttpConnection& connection, const HttpRequest& request
    );

  private:
    HttpRequest with_credentials(const HttpRequest& request);
    /// Remembers the nonce of an answer; true when it refuses for the want of it.
    bool take_nonce(const wire::ResponseHead& head);

    const AccessToken& token_;
    const ProofKey* key_;
    platform::Clock& clock_;
    platform::Random& random_;
    const EVP_MD& sha256_;
    std::string nonce_;
};

/// True for a challenge `DPoP … error="use_dpop_nonce"` among those of one WWW-Authenticate field.
bool asks_for_nonce(std::string_view challenges);

/// Takes out of the exchange what repeats a piece of the request's credentials: a server that
/// echoes them must not bring them into a message, a report or the journal.
void hide_credentials(const HttpRequest& request, HttpExchange& exchange);

}  // namespace sfmkit::client
