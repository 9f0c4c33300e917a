#pragma once

#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::client {

/// Where access tokens come from. Its text is a secret: it belongs in no message and no log.
class TokenSource {
  public:
    virtual ~TokenSource() = default;
    /// A token as it goes behind `Bearer `.
    virtual boost::asio::awaitable<platform::Result<std::string>> fetch() = 0;
    /// False when fetch() would only give the same token again.
    virtual bool has_more() const = 0;
};

/// True for the letters that RFC 6750 section 2.1 allows; anything else could break out of the
/// header field.
bool is_access_token(std::string_view text) noexcept;

/// The token that the uploads of one run share: whoever is refused first fetches another one, the
/// rest wait for it.
class AccessToken {
  public:
    /// source may be null: then there is no token. Both outlive it.
    AccessToken(TokenSource* source, platform::Clock& clock) : source_(source), clock_(clock) {}

    bool is_wanted() const noexcept { return source_ != nullptr; }
    bool has_more() const { return source_ != nullptr && source_->has_more(); }
    /// Empty before the first renew().
    const std::string& text() const noexcept { return text_; }
    /// Grows with each token.
    std::uint64_t generation() const noexcept { return generation_; }
    /// Fetches another token unless somebody did so since that generation. Fails when the source
    /// does, or when it gives the refused token again; those who waited for that fail alike.
    boost::asio::awaitable<platform::Result<void>> renew(std::uint64_t refused_generation);

  private:
    boost::asio::awaitable<platform::Result<void>> fetch();

    TokenSource* source_;
    platform::Clock& clock_;
    std::string text_;
    std::uint64_t generation_ = 0;
    bool fetching_ = false;
    std::optional<platform::Error> failure_;  ///< of the last fetch
};

}  // namespace sfmkit::client
