#pragma once

#include <string_view>

/// The kinds of message that the official examples show.
namespace sfmkit::verifier::msg {

struct MessageKind {
    std::string_view code;     ///< Type/@V
    bool sent = false;         ///< by the practice, with its signature
    std::string_view answers;  ///< the kind that it is the reply to; empty: none
};

/// Null for a kind that no example shows.
const MessageKind* message_kind(std::string_view code) noexcept;

/// `ERM` and a number: the kinds of e-prescriptions are many, and the list of known ones is open.
bool may_be_message_kind(std::string_view code) noexcept;

/// May a message of this kind answer one of that kind? Yes where nobody knows.
bool may_answer(std::string_view reply, std::string_view message) noexcept;

}  // namespace sfmkit::verifier::msg
