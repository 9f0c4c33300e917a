#pragma once

#include "wire/jose/fault.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sfmkit::wire {

/// A JSON value as tokens and keys hold it. Members keep their order, and no name stands twice.
class JsonValue {
  public:
    using Array = std::vector<JsonValue>;
    using Member = std::pair<std::string, JsonValue>;
    using Object = std::vector<Member>;

    JsonValue() = default;  ///< null
    JsonValue(bool value) : value_(value) {}
    JsonValue(std::int64_t value) : value_(value) {}
    JsonValue(double value) : value_(value) {}
    JsonValue(std::string value) : value_(std::move(value)) {}
    JsonValue(std::string_view value) : value_(std::string(value)) {}
    JsonValue(const char* value) : value_(std::string(value)) {}
    JsonValue(Array value) : value_(std::move(value)) {}
    JsonValue(Object value) : value_(std::move(value)) {}

    const bool* boolean() const noexcept { return std::get_if<bool>(&value_); }
    /// A whole number that was written without fraction and exponent and fits.
    const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&value_); }
    /// Any other number.
    const double* real() const noexcept { return std::get_if<double>(&value_); }
    const std::string* text() const noexcept { return std::get_if<std::string>(&value_); }
    const Array* array() const noexcept { return std::get_if<Array>(&value_); }
    const Object* object() const noexcept { return std::get_if<Object>(&value_); }
    /// With its article, for messages: `a text`, `an object`, ….
    std::string_view type_name() const noexcept;

    /// The member of that name; null when there is none or this is no object.
    const JsonValue* find(std::string_view name) const noexcept;
    /// Puts the member at the end of the object, or in the place of the one of that name. What is
    /// no object becomes one.
    void set(std::string_view name, JsonValue value);
    void remove(std::string_view name);

    bool operator==(const JsonValue&) const = default;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

struct JsonLimits {
    std::size_t bytes = 16 * 1024;
    std::size_t levels = 16;  ///< objects and arrays inside each other
};

/// One JSON text in UTF-8 (RFC 8259) without byte order mark; duplicate members (also spelt with
/// escapes) and deeper nesting are refused.
JoseResult<JsonValue> parse_json(std::string_view text, JsonLimits limits = {});

/// The same, and an object.
JoseResult<JsonValue> parse_json_object(std::string_view text, JsonLimits limits = {});

/// Without blanks, members in their order. Texts have to be UTF-8.
std::string print_json(const JsonValue& value);

/// A member that has to be a text with at least one letter. The text lives as long as the object.
JoseResult<std::string_view> text_member(const JsonValue& object, std::string_view name);
/// The same where the member may be missing.
JoseResult<std::optional<std::string_view>> optional_text_member(
    const JsonValue& object, std::string_view name
);

}  // namespace sfmkit::wire
