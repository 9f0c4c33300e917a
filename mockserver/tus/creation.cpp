#include "mockserver/sfm/creation_rules.hpp"
#include "mockserver/sfm/enforcement.hpp"
#include "mockserver/tus/extensions.hpp"

#include <algorithm>
#include <span>

namespace sfmkit::mockserver {
namespace {

Refused judge_length(const Rules& rules, const wire::RequestHead& head, Upload& upload) {
    const Profile& profile = *rules.profile;
    const auto defer = head.fields.first(wire::tus::upload_defer_length);
    const auto text = head.fields.first(wire::tus::upload_length);
    if (defer && !rules.offers("creation-defer-length")) {
        return refuse(profile, Refusal::defer_not_supported);
    }
    if (defer && text) return refuse(profile, Refusal::length_and_defer);
    if (defer) {
        if (*defer != "1") return refuse(profile, Refusal::defer_not_one);
        return std::nullopt;
    }
    if (!text) return refuse(profile, Refusal::length_missing);
    const auto length = read_number(rules, *text);
    if (!length) {
        const bool negative = length.error() == wire::NumberFault::negative;
        return refuse(profile, negative ? Refusal::length_negative : Refusal::length_unreadable);
    }
    if (rules.settings.max_size_bytes && *length > *rules.settings.max_size_bytes) {
        return refuse(profile, Refusal::length_too_large);
    }
    upload.length_bytes = static_cast<std::int64_t>(*length);
    return std::nullopt;
}

Answer refuse_metadata(const Profile& profile, const wire::MetadataFault& fault) {
    using Kind = wire::MetadataFault::Kind;
    switch (fault.kind) {
        case Kind::empty_key:
            return refuse(profile, Refusal::metadata_empty_key);
        case Kind::duplicate_key:
            return refuse(profile, Refusal::metadata_duplicate_key);
        case Kind::bad_base64:
            return refuse(profile, Refusal::metadata_not_base64, {fault.key});
        case Kind::empty_header:
        case Kind::not_one_blank:
        case Kind::bad_key:
            break;
    }
    return refuse(profile, Refusal::metadata_grammar);
}

/// The importer's rules about a file; those that are enforced refuse it.
Refused judge_file(
    const Rules& rules,
    const wire::RequestHead& head,
    std::span<const wire::MetadataPair> pairs,
    CreatePlan& plan
) {
    // Metadata of a part is nobody's; that of the whole comes with the final upload.
    if (plan.upload.role == ConcatRole::partial) return std::nullopt;
    plan.findings = judge_creation({.metadata = pairs}, head.method + " " + head.target);
    return refuse_enforced(rules, plan.findings, 400);
}

Refused judge_metadata(const Rules& rules, const wire::RequestHead& head, CreatePlan& plan) {
    const auto text = head.fields.first(wire::tus::upload_metadata);
    std::vector<wire::MetadataPair> pairs;
    if (text) {
        auto parsed = rules.profile->reading == HeaderReading::dotnet
                          ? wire::parse_metadata_as_tusdotnet(*text)
                          : wire::parse_metadata_strictly(*text);
        if (!parsed) return refuse_metadata(*rules.profile, parsed.error());
        pairs = std::move(*parsed);
        plan.upload.metadata = *text;
    }
    const std::string& key = rules.settings.required_metadata;
    if (!key.empty() && std::ranges::find(pairs, key, &wire::MetadataPair::key) == pairs.end()) {
        return refuse(*rules.profile, Refusal::metadata_required, {key});
    }
    return judge_file(rules, head, pairs, plan);
}

/// An upload that is complete at once has nothing to wait for, and one that an empty Upload-Concat
/// made partial is told no expiry by tusdotnet (recorded).
bool expires(const Rules& rules, const wire::RequestHead& head, const Upload& upload) {
    if (!rules.offers("expiration")) return false;
    if (upload.length_bytes == 0 || upload.role == ConcatRole::final_upload) return false;
    return head.fields.first(wire::tus::upload_concat) != "";
}

bool takes_data(const Rules& rules, const wire::RequestHead& head, const Upload& upload) {
    if (!rules.offers("creation-with-upload")) return false;
    // A zero-length and a final upload are complete; tusdotnet ignores a body then (recorded).
    return has_body(head) && upload.role != ConcatRole::final_upload && !upload.is_complete();
}

}  // namespace

bool has_body(const wire::RequestHead& head) {
    return head.framing == wire::BodyFraming::chunked ||
           (head.framing == wire::BodyFraming::length && head.content_length > 0);
}

Decision decide_creation(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    const std::string& new_id,
    platform::WallTime now
) {
    CreatePlan plan;
    plan.upload.id = new_id;
    plan.base = claim.where.base;
    if (auto refused = judge_concat(rules, claim, head, known, plan)) return *refused;
    if (plan.upload.role != ConcatRole::final_upload) {
        if (auto refused = judge_length(rules, head, plan.upload)) return *refused;
    }
    if (auto refused = judge_metadata(rules, head, plan)) return *refused;
    if (expires(rules, head, plan.upload)) plan.upload.expires = expiry_from(rules.settings, now);
    if (!takes_data(rules, head, plan.upload)) return plan;
    Decision write = decide_write(rules, plan.upload, head, 0, now);
    if (auto* accepted = std::get_if<WritePlan>(&write)) {
        plan.write = std::move(*accepted);
    } else {
        plan.data_refused = true;
        plan.data_refusal = std::get<Answer>(std::move(write));
    }
    return plan;
}

Answer created(
    const Rules& rules, const CreatePlan& plan, const Upload& upload, bool data_refused
) {
    wire::HeaderFields all;
    all.add("Location", plan.base + "/" + upload.id);
    all.add(wire::tus::resumable, wire::tus::version);
    if (plan.write || plan.data_refused) {
        all.add(wire::tus::upload_offset, std::to_string(upload.offset_bytes));
    }
    if (!data_refused || !rules.profile->refused_data_hides_expiry) add_expiry(all, upload);
    const bool partial = upload.role == ConcatRole::partial;
    Answer answer = bare_answer(201);
    for (const std::string_view name :
         partial ? rules.profile->partial_created_order : rules.profile->created_order) {
        if (const auto value = all.first(name)) answer.fields.add(name, *value);
    }
    return answer;
}

}  // namespace sfmkit::mockserver
