#include "verifier/rules/trt_order_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/fest_id.hpp"
#include "verifier/identity_number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto lost_zeros =
    "the item number is kept as a number (C#: int, Java: int, Node: Number), which loses leading "
    "zeros; keep it as text";
constexpr auto small_letters =
    "the GUID was parsed and printed again, which makes small letters (C#: Guid.ToString(), Java: "
    "UUID.toString(), Node: toLowerCase()); FEST has capitals";
constexpr auto division =
    "a division by zero or a missing value was printed (C#: double.NaN, Java: Double.NaN, Node: "
    "Number(undefined))";

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_prescribed(const ContentFacts& facts, Element element) {
    return facts.is_patient() && element.is_below(facts.root().child("Behandlinger"));
}

/// A number as xs:double or xs:decimal writes it. Nothing for what the schema refuses.
std::optional<double> number_in(std::string_view text) noexcept {
    if (text == "INF" || text == "+INF") return HUGE_VAL;
    if (text == "-INF") return -HUGE_VAL;
    if (text == "NaN") return std::nan("");
    if (text.starts_with('+')) text.remove_prefix(1);
    const bool begins = !text.empty() && (is_digit(text[0]) || text[0] == '-' || text[0] == '.');
    if (!begins) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return std::nullopt;
    // Too large for a double is infinite for whoever reads it.
    if (error == std::errc::result_out_of_range) return HUGE_VAL;
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

struct DrugForm {
    std::string_view name;
    bool counted;  ///< by packages, else by an amount of the substance
};
constexpr std::array drug_forms = {
    DrugForm{"Legemiddelpakning", true},
    DrugForm{"LegemiddelMerkevare", false},
    DrugForm{"LegemiddelVirkestoff", false},
};

void judge_drug_form(
    const ContentFacts& facts, const RuleReporter& broken, Element order, const DrugForm& form
) {
    const Element drug = order.child("Forskrivning").child(form.name);
    if (!drug) return;
    const std::string_view wanted = form.counted ? "Antall" : "Mengde";
    if (!order.child(wanted)) {
        tell_made(facts, broken, order, [&] {
            return Observation{
                .expected = fmt::format("{} beside {}", wanted, form.name),
                .actual = "no " + std::string(wanted),
                .message = form.counted
                               ? "a package is prescribed, but not how many"
                               : "a substance or brand is prescribed, but not how much of it"
            };
        });
    }
    const Element item = drug.child("Varenr");
    if (form.counted && item && item.text().empty()) {
        tell_made(facts, broken, item, [&] {
            return Observation{
                .expected = "the item number of the package",
                .actual = "nothing",
                .message = "a package is prescribed, but not which"
            };
        });
    }
}

/// Where a FEST id stands: child of an element, or of one that is below.
struct FestPlace {
    std::string_view parent;
    std::string_view child;
};
constexpr std::array fest_places = {
    FestPlace{"LegemiddelMerkevare", "LegemiddelId"},
    FestPlace{"LegemiddelVirkestoff", "Id"},
    FestPlace{"Legemiddelpakning", "Id"},
    FestPlace{"Virkestoff", "VirkestoffId"},
};

void judge_fest_id(const ContentFacts& facts, const RuleReporter& broken, Element id) {
    if (id.text().empty() || is_fest_id(id.text()) || !is_prescribed(facts, id)) return;
    tell_made(facts, broken, id, [&] {
        const bool only_case = is_fest_id_in_any_case(id.text());
        return Observation{
            .expected = "ID_ and a GUID in capitals",
            .actual = shown_text(id),
            .message = only_case ? "the id of FEST is written in small letters"
                                 : "the id of a medicine is none that FEST gives",
            .likely_cause = only_case ? small_letters : ""
        };
    });
}

/// Elements of the type PQ below a treatment.
constexpr std::array<std::string_view, 9> quantities = {
    "Mengde",
    "Intervall",
    "Volum",
    "DoseDognMaks",
    "DoseTidsromMaks",
    "Tidsrom",
    "DoseIntervallMin",
    "Teller",
    "Nevner"
};

void judge_quantity(const ContentFacts& facts, const RuleReporter& broken, Element quantity) {
    const auto value = number_in(quantity.attribute("V"));
    if (!value || (std::isfinite(*value) && *value >= 0)) return;
    if (!is_prescribed(facts, quantity)) return;
    tell_made(facts, broken, quantity, [&] {
        const bool finite = std::isfinite(*value);
        return Observation{
            .expected = "a finite number from 0 on",
            .actual =
                finite ? shown_attribute(quantity, "V") : (std::isnan(*value) ? "NaN" : "infinite"),
            .message = finite ? "an amount is negative" : "an amount is no finite number",
            .likely_cause = finite ? "" : division
        };
    });
}

void judge_repeats(const ContentFacts& facts, const RuleReporter& broken, Element repeats) {
    const auto value = integer_in(repeats);
    const std::int64_t least = broken.bound(0);
    const std::int64_t most = broken.bound(1);
    if (!value || (*value >= least && *value <= most) || !is_prescribed(facts, repeats)) return;
    tell_made(facts, broken, repeats, [&] {
        return Observation{
            .expected = fmt::format("{} to {}", least, most),
            .actual = shown_text(repeats),
            .message = "so often no prescription is repeated"
        };
    });
}

void judge_count(const ContentFacts& facts, const RuleReporter& broken, Element count) {
    const auto value = number_in(count.text());
    if (!value || *value > static_cast<double>(broken.bound(2))) return;
    if (!is_prescribed(facts, count)) return;
    tell_made(facts, broken, count, [&] {
        return Observation{
            .expected = fmt::format("more than {}", broken.bound(2)),
            .actual = shown_text(count),
            .message = "nothing is prescribed"
        };
    });
}

}  // namespace

void amount_unlike_drug(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& order : facts.all("ReseptDokLegemiddel")) {
        if (!is_prescribed(facts, order)) continue;
        for (const DrugForm& form : drug_forms) judge_drug_form(facts, broken, order, form);
    }
}

void wrong_item_number(const ContentFacts& facts, const RuleReporter& broken) {
    const auto digits = static_cast<std::size_t>(broken.bound());
    for (const Element& item : facts.all("Varenr")) {
        const std::string_view text = item.text();
        if (text.empty() || !is_prescribed(facts, item)) continue;
        const bool all_digits = std::ranges::all_of(text, is_digit);
        if (text.size() == digits && all_digits) continue;
        tell_made(facts, broken, item, [&] {
            return Observation{
                .expected = fmt::format("{} digits", digits),
                .actual = all_digits ? fmt::format("{} digits", text.size()) : "other characters",
                .message = "the item number of a package has another form",
                .likely_cause = all_digits && text.size() < digits ? lost_zeros : ""
            };
        });
    }
}

void no_fest_id(const ContentFacts& facts, const RuleReporter& broken) {
    for (const FestPlace& place : fest_places) {
        for (const Element& parent : facts.all(place.parent)) {
            judge_fest_id(facts, broken, parent.child(place.child));
        }
    }
}

void impossible_amount(const ContentFacts& facts, const RuleReporter& broken) {
    for (const std::string_view name : quantities) {
        for (const Element& quantity : facts.all(name)) judge_quantity(facts, broken, quantity);
    }
    for (const Element& repeats : facts.all("Reiterasjon")) judge_repeats(facts, broken, repeats);
    for (const Element& count : facts.all("Antall")) judge_count(facts, broken, count);
}

void swapped_limits(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& control : facts.all("AkInformasjon")) {
        const Element lowest = control.child("InrMinimum");
        const auto least = number_in(lowest.text());
        const auto most = number_in(control.child("InrMaximum").text());
        if (!least || !most || *least <= *most) continue;
        tell_made(facts, broken, lowest, [&] {
            return Observation{
                .expected = "at most InrMaximum, " + shown_text(control.child("InrMaximum")),
                .actual = shown_text(lowest),
                .message = "the lowest INR is above the highest"
            };
        });
    }
}

void exact_dose_without_time(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& dose : facts.all("DoseFastTidspunkt")) {
        const bool timed = dose.child("Klokkeslett") || dose.child("Tidsomrade");
        if (timed || !is_true(dose.child("GisEksakt")) || !is_prescribed(facts, dose)) continue;
        tell_made(facts, broken, dose, [&] {
            return Observation{
                .expected = "Klokkeslett or Tidsomrade beside GisEksakt true",
                .actual = "neither",
                .message = "a dose is given at an exact time that is not told"
            };
        });
    }
}

void wrong_dispenser_number(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& request : facts.all("EkspAnm")) {
        const Element number = request.child("OrgNrUtleverer");
        if (number.text().empty() || is_organisation_number(number.text())) continue;
        tell_made(facts, broken, number, [&] {
            return Observation{
                .expected = "nine digits, the last one the check digit (modulus 11)",
                .actual = number.text().size() == 9 ? "a wrong check digit or no digits"
                                                    : "another length",
                .message = "the organisation number of the dispenser cannot be right"
            };
        });
    }
}

}  // namespace sfmkit::verifier::trt
