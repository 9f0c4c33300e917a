#pragma once

#include <cstdint>
#include <string_view>

namespace sfmkit::verifier {

/// What a value that is about no person looks like.
enum class ValueShape : std::uint8_t {
    guid,     ///< 8-4-4-4-12 hex digits
    moment,   ///< date, time of day, or both, with or without zone
    boolean,  ///< as XSD writes it
    number,   ///< at most seven digits: longer ones number people
    code,     ///< few letters and digits without blanks
    oid,      ///< digits and dots, as X.660 has them
    word,     ///< one of the words that the schema's documentation lists
    file,     ///< a file of an export that is named after a GUID
    version   ///< e.g. `v1.2 2006-05-24`
};

/// The value has that shape, so it is none of another kind that stands in its place by mistake.
bool has_shape(std::string_view value, ValueShape shape) noexcept;

/// Digits in a row, as many as the longest run has.
std::size_t longest_digit_run(std::string_view value) noexcept;

}  // namespace sfmkit::verifier
