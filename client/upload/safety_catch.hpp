#pragma once

#include "client/upload/url.hpp"
#include "platform/result.hpp"

#include <string>

namespace sfmkit::client {

/// True for `localhost`, 127.0.0.0/8 and ::1 in their usual spelling. Odd spellings that some
/// resolvers accept (`127.1`, `0x7f000001`) are not taken for it.
bool is_loopback(std::string_view host);

/// Keeps real patients away from wrong places: only this machine may be uploaded to, unless the
/// host's name was given a second time. real_service is empty when it was not given.
/// Errc::usage otherwise, before anything is sent or resolved.
platform::Result<void> check_destination(const Url& url, const std::string& real_service);

}  // namespace sfmkit::client
