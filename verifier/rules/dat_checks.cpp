#include "verifier/rules/dat_checks.hpp"

#include "verifier/dos_time.hpp"
#include "verifier/rules/moments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace sfmkit::verifier::dat {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::year_month_day;

std::string print(local_days day) {
    const year_month_day date(day);
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

std::string print(LocalTime time) {
    const auto day = floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(floor<std::chrono::seconds>(time - day));
    return fmt::format(
        "{}T{:02}:{:02}:{:02}",
        print(day),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

LocalTime now_in_norway(const ContentFacts& facts) {
    return norwegian_time(floor<std::chrono::microseconds>(facts.now));
}

std::string name_in_parent(Element element) {
    return fmt::format("{}/{}", element.parent().name(), element.name());
}

std::string shown(const Moment& moment) {
    return moment.element.has_attribute("V") ? shown_attribute(moment.element, "V")
                                             : shown_text(moment.element);
}

bool has_happened(const Moment& moment) noexcept {
    return moment.kind == MomentKind::event || moment.kind == MomentKind::edition;
}

/// The first of those that are written alike, and how many there are.
struct Written {
    std::optional<Moment> first = {};
    std::size_t times = 0;

    void add(const Moment& moment) {
        if (!first) first = moment;
        ++times;
    }
};

}  // namespace

void later_than_now(const ContentFacts& facts, const RuleReporter& broken) {
    const LocalTime last = now_in_norway(facts) + hours(broken.bound());
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        if (!has_happened(moment) || moment.time <= last) return;
        tell(
            facts,
            broken,
            moment.element,
            {.expected =
                 fmt::format("at most {}, which is {} hours from now", print(last), broken.bound()),
             .actual = shown(moment),
             .message = fmt::format("{} lies in the future", name_in_parent(moment.element))}
        );
    });
}

// Says nothing of the date itself: it is personal.
void impossible_birth(const ContentFacts& facts, const RuleReporter& broken) {
    const local_days today = floor<std::chrono::days>(now_in_norway(facts));
    const local_days first =
        local_days(std::chrono::year(static_cast<int>(broken.bound())) / std::chrono::January / 1);
    for (const Element element : facts.all("DateOfBirth")) {
        const auto birth = local_day_in(element.text());
        if (!birth || (*birth >= first && *birth <= today)) continue;
        tell(
            facts,
            broken,
            element,
            {.expected = fmt::format("{} to {}", print(first), print(today)),
             .actual = fmt::format(
                 "a day {}", *birth < first ? "long before that" : "that has not come yet"
             ),
             .message = *birth < first
                            ? fmt::format("the date of birth is before {}", broken.bound())
                            : "the date of birth lies in the future"}
        );
    }
}

void before_birth(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    const auto birth = local_day_in(facts.root().at("DemografiskInfo/DateOfBirth").text());
    // Of a birth in the future everything is before it, and that is told of the birth.
    if (!birth || *birth > floor<std::chrono::days>(now_in_norway(facts))) return;
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        if (moment.kind != MomentKind::event || moment.time >= *birth) return;
        tell(
            facts,
            broken,
            moment.element,
            {.expected = "a day of the patient's life",
             .actual = shown(moment),
             .message =
                 fmt::format("{} is before the date of birth", name_in_parent(moment.element))}
        );
    });
}

void mixed_zones(const ContentFacts& facts, const RuleReporter& broken) {
    struct Habit {
        bool has_zone = false;
        bool told = false;
    };
    std::map<std::pair<std::string_view, std::string_view>, Habit> habits;
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        if (!moment.form.has_time_of_day) return;
        const std::string_view name = moment.element.name();
        const auto [known, is_first] = habits.try_emplace(
            {moment.element.parent().name(), name}, Habit{.has_zone = moment.form.has_zone}
        );
        Habit& habit = known->second;
        if (is_first || habit.told || habit.has_zone == moment.form.has_zone) return;
        habit.told = true;
        tell(
            facts,
            broken,
            moment.element,
            {.expected = fmt::format("{} zone, as the first {}", habit.has_zone ? "a" : "no", name),
             .actual = shown(moment),
             .message = fmt::format(
                 "some times in {} have a zone and some have none", name_in_parent(moment.element)
             )}
        );
    });
}

// The official examples have a zone at the two dates of a prescription, and at no other.
void dates_with_zone(const ContentFacts& facts, const RuleReporter& broken) {
    Written written;
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        const std::string_view name = moment.element.name();
        const bool is_usual = name == "Forskrivningsdato" || name == "Utloper";
        const bool has_zone = moment.form.has_zone && !moment.form.has_time_of_day;
        if (has_zone && !is_usual) written.add(moment);
    });
    if (!written.first) return;
    tell(
        facts,
        broken,
        written.first->element,
        {.expected = "a date alone: official examples have a zone at Forskrivningsdato and "
                     "Utloper only",
         .actual = shown(*written.first),
         .message = fmt::format(
             "dates of the document have a zone: {} of them; the day counts as it is written",
             written.times
         )}
    );
}

void fine_decimals(const ContentFacts& facts, const RuleReporter& broken) {
    const auto most = static_cast<std::size_t>(broken.bound());
    Written written;
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        if (moment.form.decimals > most) written.add(moment);
    });
    if (!written.first) return;
    tell(
        facts,
        broken,
        written.first->element,
        {.expected = fmt::format("at most {} decimals", broken.bound()),
         .actual = fmt::format("{} decimals", written.first->form.decimals),
         .message = fmt::format(
             "seconds are written finer than milliseconds: {} times in the document", written.times
         )}
    );
}

// One archive has one clock: told once, of the latest.
void later_than_archive(const ContentFacts& facts, const RuleReporter& broken) {
    const auto& entries = facts.directory->entries;
    const auto entry = std::ranges::find(entries, facts.entry, &ZipEntry::name);
    if (entry == entries.end()) return;
    // Timestamps that are not set are told by ZIP-16.
    const auto packed = dos_timestamp(entry->dos_date, entry->dos_time);
    if (!packed) return;
    const LocalTime last = LocalTime(packed->time_since_epoch()) + hours(broken.bound());
    Written written;
    Moment latest;
    for_each_moment(*facts.tree, [&](const Moment& moment) {
        if (!has_happened(moment) || moment.time <= last) return;
        if (written.times == 0 || moment.time > latest.time) latest = moment;
        written.add(moment);
    });
    if (written.times == 0) return;
    tell(
        facts,
        broken,
        latest.element,
        {.expected = fmt::format(
             "at most {}, which is {} hours behind the timestamp of the entry",
             print(last),
             broken.bound()
         ),
         .actual = shown(latest),
         .message = fmt::format(
             "times of the document are later than the archive: {} of them, this one most",
             written.times
         )}
    );
}

void ends_before_it_begins(const ContentFacts& facts, const RuleReporter& broken) {
    struct Validity {
        std::string_view from;
        std::string_view until;
    };
    constexpr std::array validities = {
        Validity{"GyldigFraDato", "GyldigTilDato"}, Validity{"EEAGyldighetFra", "EEAGyldighet"}
    };
    for (const Validity& validity : validities) {
        for (const Element begin : facts.all(validity.from)) {
            const Element end = begin.parent().child(validity.until);
            const auto first = local_day_in(begin.text());
            const auto last = local_day_in(end.text());
            if (!first || !last || *first <= *last) continue;
            tell(
                facts,
                broken,
                end,
                {.expected = fmt::format("not before {}, {}", validity.from, print(*first)),
                 .actual = print(*last),
                 .message = "the validity ends before it begins"}
            );
        }
    }
}

void old_message(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element element : facts.all("GenDate")) {
        const auto day = local_day_in(element.text());
        if (!day || static_cast<int>(year_month_day(*day).year()) >= broken.bound()) continue;
        tell(
            facts,
            broken,
            element,
            {.expected = fmt::format("the year {} or later", broken.bound()),
             .actual = shown_text(element),
             .message = "the message is older than electronic prescriptions"}
        );
    }
}

}  // namespace sfmkit::verifier::dat
