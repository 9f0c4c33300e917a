#include "mockserver/tus/extensions.hpp"

#include <optional>

namespace sfmkit::mockserver {
namespace {

constexpr std::string_view partial_value = "partial";
constexpr std::string_view final_prefix = "final;";

std::vector<std::string_view> split_at_blanks(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t blank = text.find(' ');
        parts.push_back(text.substr(0, blank));
        if (blank == std::string_view::npos) return parts;
        text.remove_prefix(blank + 1);
    }
}

/// The ids named by a final upload; nothing when one URL is not below the creation URL.
std::optional<std::vector<std::string>> ids_of_final(
    std::string_view base, std::string_view value
) {
    std::vector<std::string> ids;
    for (const std::string_view url : split_at_blanks(value.substr(final_prefix.size()))) {
        // Two blanks between URLs name an upload without an id; a blank before the first URL spoils
        // the header (recorded).
        if (url.empty() && !ids.empty()) {
            ids.emplace_back();
            continue;
        }
        const Route target = route(url);
        if (target.place != Place::upload || target.base != base) return std::nullopt;
        ids.push_back(target.id);
    }
    return ids;
}

void append(std::string& list, const std::string& id) {
    if (!list.empty()) list += ", ";
    list += id;
}

Refused judge_parts(const Rules& rules, const Known& known, CreatePlan& plan) {
    std::string unknown;
    std::string unfinished;
    std::string not_partial;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        if (!is_upload_id(plan.parts[i])) return refuse(*rules.profile, Refusal::invalid_id);
        const auto& part = known.parts.at(i);
        if (!part) {
            append(unknown, plan.parts[i]);
            continue;
        }
        if (part->role != ConcatRole::partial) append(not_partial, part->id);
        if (!part->is_complete()) append(unfinished, part->id);
        sum += part->offset_bytes;
    }
    if (!unknown.empty()) return refuse(*rules.profile, Refusal::concat_unknown, {unknown});
    if (!not_partial.empty()) {
        return refuse(*rules.profile, Refusal::concat_not_partial, {not_partial});
    }
    if (!unfinished.empty()) {
        return refuse(*rules.profile, Refusal::concat_unfinished, {unfinished});
    }
    if (rules.settings.max_size_bytes && sum > *rules.settings.max_size_bytes) {
        return refuse(*rules.profile, Refusal::concat_too_large);
    }
    plan.upload.length_bytes = static_cast<std::int64_t>(sum);
    return std::nullopt;
}

}  // namespace

bool wants_final(const wire::RequestHead& head) {
    return head.fields.first(wire::tus::upload_concat).value_or("").starts_with(final_prefix);
}

std::vector<std::string> part_ids(const Claim& claim, const wire::RequestHead& head) {
    if (claim.action != Action::create || !wants_final(head)) return {};
    const std::string_view value = head.fields.first(wire::tus::upload_concat).value_or("");
    return ids_of_final(claim.where.base, value).value_or(std::vector<std::string>());
}

Refused judge_concat(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    CreatePlan& plan
) {
    const auto value = head.fields.first(wire::tus::upload_concat);
    if (!value || !rules.offers("concatenation")) return std::nullopt;
    const bool lenient = rules.profile->reading == HeaderReading::dotnet;
    // tusdotnet takes an empty value for a partial upload (recorded).
    if (*value == partial_value || (value->empty() && lenient)) {
        plan.upload.role = ConcatRole::partial;
        plan.upload.concat = partial_value;
        return std::nullopt;
    }
    if (!wants_final(head)) return refuse(*rules.profile, Refusal::concat_invalid);
    auto ids = ids_of_final(claim.where.base, *value);
    if (!ids) return refuse(*rules.profile, Refusal::concat_invalid);
    plan.upload.role = ConcatRole::final_upload;
    plan.parts = std::move(*ids);
    if (auto refused = judge_parts(rules, known, plan)) return refused;
    plan.upload.concat = final_prefix;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        if (i > 0) plan.upload.concat += ' ';
        plan.upload.concat += claim.where.base + "/" + plan.parts[i];
    }
    return std::nullopt;
}

}  // namespace sfmkit::mockserver
