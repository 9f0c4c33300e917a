#include "mockserver/tus/extensions.hpp"

namespace sfmkit::mockserver {

Refused judge_late_length(const Rules& rules, const Upload& upload, const wire::RequestHead& head) {
    const auto text = head.fields.first(wire::tus::upload_length);
    if (upload.length_bytes) {
        if (!text) return std::nullopt;
        return refuse(*rules.profile, Refusal::length_already_set);
    }
    if (!text) {
        if (rules.profile->late_length_may_wait) return std::nullopt;
        return refuse(*rules.profile, Refusal::length_still_missing);
    }
    if (rules.profile->trusts_deferred_length) return std::nullopt;
    const auto length = read_number(rules, *text);
    if (!length) {
        const bool negative = length.error() == wire::NumberFault::negative;
        return refuse(
            *rules.profile, negative ? Refusal::length_negative : Refusal::length_unreadable
        );
    }
    if (rules.settings.max_size_bytes && *length > *rules.settings.max_size_bytes) {
        return refuse(*rules.profile, Refusal::length_too_large);
    }
    if (rules.profile->refuses_length_below_offset && *length < upload.offset_bytes) {
        return refuse(
            *rules.profile,
            Refusal::too_much_data,
            {std::to_string(upload.offset_bytes), std::to_string(*length)}
        );
    }
    return std::nullopt;
}

Refused take_late_length(const Rules& rules, WritePlan& plan, const wire::RequestHead& head) {
    if (plan.upload.length_bytes) return std::nullopt;
    const auto sent = head.fields.first(wire::tus::upload_length);
    if (!sent) return std::nullopt;
    const std::string_view text = *sent;
    // tusdotnet 2.5.0 stores a negative number here and fails with an exception on what is none.
    const bool negative = text.starts_with('-');
    const auto magnitude = read_number(rules, negative ? text.substr(1) : text);
    if (!magnitude) return bare_answer(500);
    const auto length = static_cast<std::int64_t>(*magnitude);
    plan.upload.length_bytes = negative ? -length : length;
    plan.length_is_new = true;
    return std::nullopt;
}

}  // namespace sfmkit::mockserver
