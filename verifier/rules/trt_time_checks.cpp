#include "verifier/rules/trt_time_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/sfm_time.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;
using std::chrono::local_days;

constexpr std::array<std::string_view, 4> events = {
    "Tilbakekalling", "Slettet", "Fjernet", "Seponering"
};

constexpr auto utc_written =
    "one of the two times was written in UTC and the other in Norwegian time (C#: "
    "DateTime.UtcNow, Java: Instant, Node: toISOString())";
constexpr auto day_first =
    "the date was printed in the format of the user's country (C#: ToString() without \"s\", "
    "Java: DateTimeFormatter without ISO, Node: toLocaleDateString)";

/// The earliest Tidspunkt among versions.
struct Earliest {
    Element element;
    std::optional<LocalTime> time;

    void see(Element version) {
        const Element moment = version.child("Tidspunkt");
        const auto seen = local_time_in(moment.text());
        if (!seen || (time && *time <= *seen)) return;
        element = moment;
        time = seen;
    }
    std::optional<local_days> day() const {
        if (!time) return std::nullopt;
        return std::chrono::floor<std::chrono::days>(*time);
    }
};

Earliest earliest_of(const Histories& all, const Prescription& prescription) {
    Earliest earliest;
    for (const std::size_t i : prescription.versions) earliest.see(all.versions[i].element);
    return earliest;
}

/// So many years and days later; the 29th of February becomes the 1st of March.
local_days later(local_days day, std::int64_t years, std::int64_t days) {
    const std::chrono::year_month_day date(day);
    const auto year = date.year() + std::chrono::years(years);
    const auto moved =
        local_days(year / date.month() / 1) + (day - local_days(date.year() / date.month() / 1));
    return moved + std::chrono::days(days);
}

void judge_expiry(const ContentFacts& facts, const RuleReporter& broken, Element expiry) {
    const Element info = expiry.parent();
    const Element written = info.child("Forskrivningsdato");
    const auto begin = local_day_in(written.text());
    const auto end = local_day_in(expiry.text());
    if (!begin || !end) return;
    const local_days latest = later(*begin, broken.bound(0), broken.bound(1));
    if (*end >= *begin && *end <= latest) return;
    const bool early = *end < *begin;
    tell_made(facts, broken, expiry, [&] {
        return Observation{
            .expected = early ? "not before Forskrivningsdato, " + shown_text(written)
                              : fmt::format(
                                    "at most {} year and {} day after Forskrivningsdato, {}",
                                    broken.bound(0),
                                    broken.bound(1),
                                    shown_text(written)
                                ),
            .actual = shown_text(expiry),
            .message = early ? "the prescription expires before it was written"
                             : "the prescription is good for longer than a year"
        };
    });
}

void judge_day_form(const ContentFacts& facts, const RuleReporter& broken, Element day) {
    if (day.attribute("V").empty() || local_time_in(day.attribute("V"))) return;
    tell_made(facts, broken, day, [&] {
        return Observation{
            .expected = "a date or time in ISO 8601: 2024-01-05 or 2024-01-05T08:00:00",
            .actual = shown_attribute(day, "V"),
            .message = fmt::format("{} is no date", day.name()),
            .likely_cause = day_first
        };
    });
}

/// The ends that the versions of a treatment tell, of active ones.
Element active_end_of(Element treatment) {
    Element end;
    for (const Element& version : Children(treatment, "Prescription")) {
        const bool current =
            is_true(version.child("Aktiv")) && is_true(version.child("HeadOfHistory"));
        if (current) end = version.child("Seponering");
    }
    return end;
}

void judge_ends(const ContentFacts& facts, const RuleReporter& broken, Element treatment) {
    const Element own = treatment.child("Seponering");
    const Element end = active_end_of(treatment);
    if (!own && !end) return;
    const auto own_time = local_time_in(own.child("Tidspunkt").text());
    const auto time = local_time_in(end.child("Tidspunkt").text());
    if (own && end && (!own_time || !time || *own_time == *time)) return;
    tell_made(facts, broken, own ? own : end, [&] {
        return Observation{
            .expected =
                "Seponering with the same Tidspunkt on the treatment and on the active "
                "version of its prescription",
            .actual = own && end ? fmt::format(
                                       "{} and {}",
                                       shown_text(own.child("Tidspunkt")),
                                       shown_text(end.child("Tidspunkt"))
                                   )
                                 : (own ? "on the treatment only" : "on the prescription only"),
            .message = fmt::format(
                "treatment {} and its prescription do not agree on their end",
                shown_text(treatment.child("LibId"))
            )
        };
    });
}

}  // namespace

void event_before_prescription(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    for (const Prescription& prescription : all.prescriptions) {
        const Earliest first = earliest_of(all, prescription);
        // Later versions repeat what happened.
        IdMap<bool> told;
        for (const std::size_t i : prescription.versions) {
            for (const std::string_view event : events) {
                const Element time = all.versions[i].element.child(event).child("Tidspunkt");
                const auto day = local_day_in(time.text());
                if (!first.time || !day || *day >= *first.day()) continue;
                if (!told.emplace(time.text(), true).second) continue;
                tell_made(facts, broken, time, [&] {
                    return Observation{
                        .expected =
                            "not before the day of the first version, " + shown_text(first.element),
                        .actual = shown_text(time),
                        .message = fmt::format(
                            "{} of {} is older than the prescription",
                            event,
                            prescription_words(all, prescription)
                        ),
                        .likely_cause = utc_written
                    };
                });
            }
        }
    }
}

void begins_after_prescription(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& treatment : treatments_in(facts)) {
        const Element start = treatment.child("DatoOppstart");
        const auto day = local_day_in(start.text());
        Earliest first;
        for (const Element& version : Children(treatment, "Prescription")) first.see(version);
        if (!day || !first.time || *day <= *first.day()) continue;
        tell_made(facts, broken, start, [&] {
            return Observation{
                .expected = "at most the day of the first version, " + shown_text(first.element),
                .actual = shown_text(start),
                .message = fmt::format(
                    "treatment {} begins after its first prescription was written",
                    shown_text(treatment.child("LibId"))
                )
            };
        });
    }
}

void wrong_expiry(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& expiry : facts.all("Utloper")) judge_expiry(facts, broken, expiry);
}

void wrong_period(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    for (const Element& dosage : facts.all("Dosering")) {
        const Element start = dosage.child("Starttidspunkt");
        const Element end = dosage.child("Sluttidspunkt");
        judge_day_form(facts, broken, start);
        judge_day_form(facts, broken, end);
        const auto begins = local_time_in(start.attribute("V"));
        const auto ends = local_time_in(end.attribute("V"));
        // A day alone lasts until its end.
        const bool ends_with_day = end.attribute("V").find('T') == std::string_view::npos;
        if (!begins || !ends || *begins <= *ends) continue;
        if (ends_with_day && std::chrono::floor<std::chrono::days>(*begins) <= *ends) continue;
        tell_made(facts, broken, end, [&] {
            return Observation{
                .expected = "not before Starttidspunkt, " + shown_attribute(start, "V"),
                .actual = shown_attribute(end, "V"),
                .message = "the dosage ends before it begins"
            };
        });
    }
}

void answer_before_question(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& question : facts.all("Sporsmal")) {
        const auto asked = local_time_in(question.child("Tidspunkt").text());
        for (const Element& answer : Children(question, "Svar")) {
            const Element time = answer.child("Tidspunkt");
            const auto answered = local_time_in(time.text());
            if (!asked || !answered || *answered >= *asked) continue;
            tell_made(facts, broken, time, [&] {
                return Observation{
                    .expected =
                        "not before the question, " + shown_text(question.child("Tidspunkt")),
                    .actual = shown_text(time),
                    .message = "a question was answered before it was asked",
                    .likely_cause = utc_written
                };
            });
        }
    }
}

void ends_differ(const ContentFacts& facts, const RuleReporter& broken) {
    for (const std::string_view kind : {"NIBBehandling", "FIBBehandling"}) {
        for (const Element& treatment : facts.all(kind)) judge_ends(facts, broken, treatment);
    }
}

}  // namespace sfmkit::verifier::trt
