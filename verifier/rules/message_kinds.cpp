#include "verifier/rules/message_kinds.hpp"

#include "verifier/message_facts.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier::msg {
namespace {

constexpr std::array<MessageKind, 14> kinds = {{
    {"ERM1", true, ""},
    {"ERM5", true, ""},
    {"ERM52", false, "ERM5"},
    {"ERM7", false, ""},
    {"ERM95", true, ""},
    {"ERM96", false, "ERM95"},
    {"ERM97", true, ""},
    {"ERM98", false, "ERM97"},
    {"ERM911", true, ""},
    {"ERM912", false, "ERM911"},
    {"ERM251", true, ""},
    {"ERM271", true, ""},
    {"ERM272", false, "ERM271"},
    {receipt_root, false, ""},
}};

bool is_reply(const MessageKind& kind) noexcept {
    return !kind.answers.empty() || kind.code == receipt_root;
}

}  // namespace

const MessageKind* message_kind(std::string_view code) noexcept {
    const auto* const found = std::ranges::find(kinds, code, &MessageKind::code);
    return found == kinds.end() ? nullptr : found;
}

bool may_be_message_kind(std::string_view code) noexcept {
    constexpr std::string_view before = "ERM";
    constexpr std::size_t most_digits = 5;
    if (!code.starts_with(before)) return false;
    const std::string_view number = code.substr(before.size());
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !number.empty() && number.size() <= most_digits && std::ranges::all_of(number, is_digit);
}

bool may_answer(std::string_view reply, std::string_view message) noexcept {
    const MessageKind* const kind = message_kind(reply);
    if (kind == nullptr || message.empty()) return true;
    if (!kind->answers.empty()) return message == kind->answers;
    if (kind->code != receipt_root) return true;
    // Receipts are for messages; answers to a request have none.
    const MessageKind* const received = message_kind(message);
    return received == nullptr || !is_reply(*received);
}

}  // namespace sfmkit::verifier::msg
