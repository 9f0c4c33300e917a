#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::wire {

struct HeaderField {
    std::string name{};  ///< in the spelling sent
    std::string value{};

    bool operator==(const HeaderField&) const = default;
};

/// Header fields in the order on the wire; names are compared without case.
class HeaderFields {
  public:
    void add(std::string_view name, std::string_view value);
    /// The first one of that name.
    std::optional<std::string_view> first(std::string_view name) const noexcept;
    std::size_t count(std::string_view name) const noexcept;
    bool has(std::string_view name) const noexcept { return count(name) > 0; }
    /// True when one of the comma-separated members of the fields of that name equals the token.
    bool has_token(std::string_view name, std::string_view token) const noexcept;
    const std::vector<HeaderField>& all() const noexcept { return fields_; }

    bool operator==(const HeaderFields&) const = default;

  private:
    std::vector<HeaderField> fields_;
};

/// ASCII only, as header names and tokens are.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// How the end of a body is known (RFC 9112 section 6).
enum class BodyFraming { none, length, chunked, until_close };

struct RequestHead {
    std::string method{};  ///< as sent, case kept
    std::string target{};  ///< request target as sent
    int version_minor = 1;
    HeaderFields fields{};
    BodyFraming framing = BodyFraming::none;
    std::uint64_t content_length = 0;  ///< with BodyFraming::length
    bool keep_alive = true;
    bool expects_continue = false;  ///< `Expect: 100-continue` on HTTP/1.1
};

struct ResponseHead {
    int version_minor = 1;
    int status = 0;
    std::string reason{};
    HeaderFields fields{};
    BodyFraming framing = BodyFraming::none;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
};

}  // namespace sfmkit::wire
