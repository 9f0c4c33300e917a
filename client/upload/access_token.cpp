#include "client/upload/access_token.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Result;

/// How soon those who wait for a token that another one fetches look again.
constexpr platform::Duration look_again{20};

}  // namespace

bool is_access_token(std::string_view text) noexcept {
    const std::size_t end = text.find_last_not_of('=');
    const std::string_view letters = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
    return !letters.empty() && std::all_of(letters.begin(), letters.end(), [](char letter) {
        const bool alphanumeric = (letter >= 'a' && letter <= 'z') ||
                                  (letter >= 'A' && letter <= 'Z') ||
                                  (letter >= '0' && letter <= '9');
        return alphanumeric || std::string_view("-._~+/").find(letter) != std::string_view::npos;
    });
}

boost::asio::awaitable<Result<void>> AccessToken::renew(std::uint64_t refused_generation) {
    const bool waits = fetching_;
    while (fetching_) co_await clock_.sleep_for(look_again);
    if (generation_ != refused_generation) co_return Result<void>{};
    if (waits && failure_) co_return std::unexpected(*failure_);
    fetching_ = true;
    auto fetched = co_await fetch();
    fetching_ = false;
    failure_.reset();
    if (!fetched) failure_ = fetched.error();
    co_return fetched;
}

boost::asio::awaitable<Result<void>> AccessToken::fetch() {
    auto token = co_await source_->fetch();
    if (!token) co_return std::unexpected(std::move(token.error()));
    if (*token == text_) {
        co_return platform::fail(
            {.code = Errc::unreachable,
             .what = "the access token that was refused is all there is",
             .expected = "another token",
             .actual = "the same one again",
             .next = "make --token-file or --token-command give a new token, and run again"}
        );
    }
    text_ = std::move(*token);
    ++generation_;
    co_return Result<void>{};
}

}  // namespace sfmkit::client
