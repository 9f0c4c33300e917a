#include "mockserver/tus/engine.hpp"

#include "mockserver/tus/extensions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace sfmkit::mockserver {
namespace {

Answer options_answer(const Rules& rules) {
    Answer answer = bare_answer(204);
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    answer.fields.add(wire::tus::supported_versions, wire::tus::version);
    if (rules.settings.max_size_bytes) {
        answer.fields.add(wire::tus::max_size, std::to_string(*rules.settings.max_size_bytes));
    }
    std::vector<std::string_view> extensions;
    for (const std::string_view extension : rules.profile->extensions) {
        if (rules.offers(extension)) extensions.push_back(extension);
    }
    if (!extensions.empty()) {
        answer.fields.add(wire::tus::extension, fmt::format("{}", fmt::join(extensions, ",")));
    }
    if (rules.offers("checksum")) {
        answer.fields.add(
            wire::tus::checksum_algorithm,
            fmt::format("{}", fmt::join(rules.profile->checksum_algorithms, ","))
        );
    }
    return answer;
}

Answer version_answer() {
    Answer answer = bare_answer(200);
    answer.text = "sfmkit " SFMKIT_VERSION;
    answer.text_type = "text/plain";
    return answer;
}

Answer unknown_report() {
    Answer answer = bare_answer(400);
    answer.text =
        "expected _query=MIGRATION_REPORT_01, dates like date=ge2026-11-01 and date=le2026-11-30, "
        "and a patientLogLevel of Information, Warning or Error\n";
    answer.text_type = "text/plain";
    return answer;
}

bool has_non_ascii(std::string_view text) {
    return std::ranges::any_of(text, [](char letter) {
        return static_cast<unsigned char>(letter) >= 0x80;
    });
}

/// HEAD of an upload that is there (tus: Upload-Offset always, Cache-Control: no-store).
Answer head_answer(const Rules& rules, const Upload& upload) {
    if (rules.profile->non_ascii_metadata_breaks_head && has_non_ascii(upload.metadata)) {
        return bare_answer(500);
    }
    Answer answer = bare_answer(200);
    answer.fields.add("Cache-Control", "no-store");
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    if (!upload.metadata.empty()) answer.fields.add(wire::tus::upload_metadata, upload.metadata);
    if (upload.length_bytes) {
        answer.fields.add(wire::tus::upload_length, std::to_string(*upload.length_bytes));
    } else {
        answer.fields.add(wire::tus::upload_defer_length, "1");
    }
    answer.fields.add(wire::tus::upload_offset, std::to_string(upload.offset_bytes));
    if (!upload.concat.empty()) answer.fields.add(wire::tus::upload_concat, upload.concat);
    return answer;
}

Refused judge_version(const Rules& rules, const wire::RequestHead& head) {
    const auto version = head.fields.first(wire::tus::resumable);
    if (!version) return refuse(*rules.profile, Refusal::version_missing);
    if (*version == wire::tus::version) return std::nullopt;
    return refuse(*rules.profile, Refusal::version_unsupported, {std::string(*version)});
}

Refused judge_offset_syntax(
    const Rules& rules, const wire::RequestHead& head, std::uint64_t& offset_bytes
) {
    const auto text = head.fields.first(wire::tus::upload_offset);
    if (!text) return refuse(*rules.profile, Refusal::offset_missing);
    const auto number = read_number(rules, *text);
    if (number) {
        offset_bytes = *number;
        return std::nullopt;
    }
    const bool negative = number.error() == wire::NumberFault::negative;
    return refuse(*rules.profile, negative ? Refusal::offset_negative : Refusal::offset_unreadable);
}

/// Content-Type is compared whole and without case; a charset parameter is refused (recorded).
Refused judge_content_type(const Rules& rules, const wire::RequestHead& head) {
    const std::string_view type = head.fields.first("Content-Type").value_or("");
    if (wire::equal_ignoring_case(type, wire::tus::offset_content_type)) return std::nullopt;
    return refuse(*rules.profile, Refusal::content_type, {std::string(type)});
}

Decision decide_head(const Rules& rules, const Upload& upload, platform::WallTime now) {
    if (is_expired(upload, now)) return refuse(*rules.profile, Refusal::expired);
    return head_answer(rules, upload);
}

}  // namespace

bool Rules::offers(std::string_view extension) const {
    return std::ranges::find(profile->extensions, extension) != profile->extensions.end() &&
           std::ranges::find(settings.without, extension) == settings.without.end();
}

std::expected<std::uint64_t, wire::NumberFault> read_number(
    const Rules& rules, std::string_view text
) {
    return rules.profile->reading == HeaderReading::dotnet ? wire::parse_number_as_dotnet(text)
                                                           : wire::parse_number_strictly(text);
}

bool is_upload_id(std::string_view id) {
    constexpr std::size_t hex_digits_of_a_guid = 32;
    return id.size() == hex_digits_of_a_guid && std::ranges::all_of(id, [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') ||
                      (letter >= 'A' && letter <= 'F');
           });
}

Decision decide_write(
    const Rules& rules,
    const Upload& upload,
    const wire::RequestHead& head,
    std::optional<std::uint64_t> offset_bytes,
    platform::WallTime now
) {
    WritePlan plan;
    plan.upload = upload;
    if (auto refused = judge_content_type(rules, head)) return *refused;
    // A POST with data has brought its length already; a PATCH may bring a deferred one.
    const bool patch = !offset_bytes.has_value();
    if (patch || !upload.length_bytes) {
        if (auto refused = judge_late_length(rules, upload, head)) return *refused;
    }
    std::uint64_t requested = offset_bytes.value_or(0);
    if (patch) {
        if (auto refused = judge_offset_syntax(rules, head, requested)) return *refused;
    }
    if (upload.role == ConcatRole::final_upload) {
        return refuse(*rules.profile, Refusal::final_upload);
    }
    if (auto refused = judge_checksum_header(rules, head, plan)) return *refused;
    if (is_expired(upload, now)) return refuse(*rules.profile, Refusal::expired);
    if (requested != upload.offset_bytes) {
        return refuse(
            *rules.profile,
            Refusal::offset_mismatch,
            {std::to_string(upload.offset_bytes), std::to_string(requested)}
        );
    }
    if (upload.is_complete()) return refuse(*rules.profile, Refusal::already_complete);
    if (patch) {
        if (auto refused = take_late_length(rules, plan, head)) return *refused;
    }
    return plan;
}

Decision decide(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    const std::string& new_id,
    platform::WallTime now
) {
    if (claim.action == Action::none) return bare_answer(404);
    if (claim.action == Action::product_version) return version_answer();
    if (rules.settings.require_authorization && !head.fields.has("Authorization")) {
        return bare_answer(401);
    }
    if (claim.action == Action::migration_report) {
        const auto query = read_report_query(head.target);
        return query ? Decision(*query) : Decision(unknown_report());
    }
    if (claim.action == Action::options) return options_answer(rules);
    if (auto refused = judge_version(rules, head)) return *refused;
    if (claim.action == Action::create) {
        return decide_creation(rules, claim, head, known, new_id, now);
    }
    const bool takes_lock = claim.action != Action::head || rules.profile->head_takes_lock;
    if (takes_lock && known.locked) {
        return refuse(*rules.profile, Refusal::locked, {claim.where.id});
    }
    if (!is_upload_id(claim.where.id)) return refuse(*rules.profile, Refusal::invalid_id);
    if (!known.upload) return refuse(*rules.profile, Refusal::not_found);
    const Upload& upload = *known.upload;
    if (claim.action == Action::patch) return decide_write(rules, upload, head, std::nullopt, now);
    if (claim.action == Action::head) return decide_head(rules, upload, now);
    return decide_termination(rules, upload, now);
}

std::optional<Answer> judge_write(const Rules& rules, const WritePlan& plan, const WriteEnd& end) {
    if (end.too_much_data && !plan.upload.length_bytes) {
        return refuse(*rules.profile, Refusal::above_max_size);
    }
    if (end.too_much_data) {
        return refuse(
            *rules.profile,
            Refusal::too_much_data,
            {std::to_string(plan.upload.offset_bytes + end.received_bytes),
             std::to_string(plan.upload.length_bytes.value_or(0))}
        );
    }
    return judge_digest(rules, plan, end);
}

bool drops_bytes(const Rules& rules, const WriteEnd& end) {
    return !end.too_much_data || !rules.profile->too_much_data_keeps_steps;
}

Answer patched(const Upload& upload) {
    Answer answer = bare_answer(204);
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    answer.fields.add(wire::tus::upload_offset, std::to_string(upload.offset_bytes));
    add_expiry(answer.fields, upload);
    return answer;
}

}  // namespace sfmkit::mockserver
