#include "client/encoder/synthetic/word_lists.hpp"
#include "tests/client/synthetic_documents.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace sfmkit::client {
namespace {

using pugi::xml_node;
using test::texts;

constexpr std::uint64_t seed_count = 12;
constexpr std::uint64_t patients_per_seed = 12;

/// What a reader would find odd in a document, and how many times it was looked at.
struct Looks {
    std::size_t count = 0;
    std::vector<std::string> odd;

    void expect(bool is_fine, const std::string& what) {
        ++count;
        if (!is_fine) odd.push_back(what);
    }
};

std::string first_text(const xml_node& node, const char* xpath) {
    const std::vector<std::string> found = texts(node, xpath);
    return found.empty() ? "" : found.front();
}

double number(const xml_node& node, const char* element) {
    return node.child(element).attribute("V").as_double();
}

/// The day on which someone born on that day gets so old. ISO dates sort as texts.
std::string birthday(const std::string& birth, int age) {
    return fmt::format("{:04}{}", std::stoi(birth.substr(0, 4)) + age, birth.substr(4));
}

std::string birth_of(const xml_node& root) {
    return root.child("DemografiskInfo").child_value("DateOfBirth");
}

/// The medicines of one code; what is swallowed or infused may share a code.
std::vector<words::Drug> drugs_with(const std::string& atc) {
    std::vector<words::Drug> found;
    for (const auto list : {words::drugs(), words::vaccines()}) {
        std::ranges::copy_if(list, std::back_inserter(found), [&](const words::Drug& drug) {
            return drug.atc == atc;
        });
    }
    return found;
}

void look_at_discoveries(const xml_node& root, Looks& looks) {
    const std::string birth = birth_of(root);
    for (const auto& hit : root.select_nodes("Legemiddelreaksjon/CAVE")) {
        const std::string registered = hit.node().child_value("RegisteringsDato");
        looks.expect(birth < registered, "registered before birth");
        const xml_node discovery = hit.node().child("Oppdaget");
        if (discovery.child("Alder")) {
            const int age = discovery.child("Alder").text().as_int(-1);
            looks.expect(age >= 0 && birthday(birth, age) <= registered, "age of discovery");
        }
        const std::string day = discovery.child_value("Dato");
        looks.expect(day.empty() || (birth <= day && day <= registered), "day of discovery");
    }
}

void look_at_warnings(const xml_node& root, Looks& looks) {
    std::set<std::string> given = test::distinct_texts(root, "Behandlinger//Forskrivning//@V");
    given.merge(test::distinct_texts(root, "Behandlinger//VirkestoffNavn"));
    std::set<std::string> warned = test::distinct_texts(root, "//CAVE//VirkestoffNavn");
    warned.merge(test::distinct_texts(root, "//CAVE//Atc/@V | //CAVE//ATCKode/@V"));
    for (const words::Drug& drug : words::drugs()) {
        const std::string atc(drug.atc);
        const std::string substance(drug.substance);
        if (!warned.contains(atc) && !warned.contains(substance)) continue;
        looks.expect(!given.contains(atc) && !given.contains(substance), "given: " + substance);
    }
}

/// Whether what is written is this way to take this medicine.
bool is_taken_so(const xml_node& prescribing, const words::Drug& drug, const words::Dosage& way) {
    std::string text = fmt::format("{} {}{}", way.amount, drug.dose_unit, way.text);
    std::ranges::replace(text, '.', ',');
    const std::vector<std::string> times = texts(prescribing, "Dosering//Tidsomrade/@V");
    const auto same_time = [](const words::TimeOfDay& time, const std::string& code) {
        return time.code.value == code;
    };
    return prescribing.child_value("DosVeiledEnkel") == text &&
           prescribing.child("Kortdose").attribute("V").value() == way.short_form.value &&
           std::ranges::equal(way.times, times, same_time);
}

void look_at_dosages(const xml_node& root, Looks& looks) {
    for (const auto& hit : root.select_nodes("Behandlinger//Forskrivning[*/Atc]")) {
        const xml_node prescribing = hit.node();
        const std::string text = prescribing.child_value("DosVeiledEnkel");
        bool is_known = false;
        for (const words::Drug& drug : drugs_with(first_text(prescribing, "*/Atc/@V"))) {
            const std::string made = first_text(prescribing, "*/NavnFormStyrke");
            if (!made.ends_with(drug.form_and_strength)) continue;
            is_known = is_known || std::ranges::any_of(drug.dosages, [&](const auto& way) {
                           return is_taken_so(prescribing, drug, way);
                       });
        }
        looks.expect(is_known, "no dosage of the medicine: " + text);
        for (const auto& dose : prescribing.select_nodes("Dosering/*/Mengde")) {
            std::string amount = fmt::format(
                "{} {}", dose.node().attribute("V").value(), dose.node().attribute("U").value()
            );
            std::ranges::replace(amount, '.', ',');
            looks.expect(text.starts_with(amount + " "), amount + " against " + text);
        }
        const bool is_warfarin = first_text(prescribing, "*/Atc/@V") == "B01AA03";
        const bool has_rule = !texts(prescribing, "Dosering/Doseringsregel/Merknad").empty();
        looks.expect(is_warfarin == has_rule, "rule of INR: " + text);
    }
}

void look_at_limits(const xml_node& root, Looks& looks) {
    for (const auto& hit : root.select_nodes("Behandlinger//DoseEtterBehov")) {
        const xml_node dose = hit.node();
        const double in_period = number(dose, "DoseTidsromMaks");
        const double in_day = number(dose, "DoseDognMaks");
        const double pause = number(dose, "DoseIntervallMin");
        looks.expect(number(dose, "Mengde") <= in_period, "a dose above the limit");
        looks.expect(in_period <= in_day, "limits of period and day");
        looks.expect(in_day * pause <= 24, "pauses that do not fit the day");
        looks.expect(in_period * pause <= number(dose, "Tidsrom"), "pauses and period");
    }
    for (const auto& hit : root.select_nodes("Behandlinger//DoseFastTidspunkt")) {
        const xml_node speed = hit.node().child("Infusjonshastighet");
        if (!speed) continue;
        looks.expect(number(speed, "Volum") * 24 == number(hit.node(), "Mengde"), "infusion");
    }
}

void look_at_vaccines(const xml_node& root, Looks& looks) {
    for (const auto& hit :
         root.select_nodes("Behandlinger/VaksineBehandling//ReseptDokLegemiddel")) {
        const xml_node order = hit.node();
        const xml_node prescribing = order.child("Forskrivning");
        looks.expect(
            texts(prescribing, "Dosering/*/Mengde/@V") == std::vector<std::string>{"1"},
            "more than a dose"
        );
        looks.expect(
            first_text(order, "Antall | Mengde/@V") == "1" &&
                first_text(order, "Reiterasjon") == "0",
            "more than one is ordered"
        );
        looks.expect(first_text(prescribing, "Bruk/@V") == "4", "use of a vaccine");
    }
}

void look_at_dates(const xml_node& root, Looks& looks) {
    for (const auto& hit : root.select_nodes("Behandlinger/*")) {
        const std::string start = hit.node().child_value("DatoOppstart");
        looks.expect(birth_of(root) < start, "treated before birth");
        std::string last = start;
        for (const std::string& time : texts(hit.node(), "Prescription/Tidspunkt")) {
            looks.expect(last <= time, "versions: " + time + " after " + last);
            last = time;
        }
        for (const auto& info : hit.node().select_nodes("PrescriptionDetails/*")) {
            const std::string written = info.node().child_value("Forskrivningsdato");
            const std::string end = info.node().child_value("Utloper");
            looks.expect(start <= written, "written before the start");
            looks.expect(written.substr(0, 10) <= end.substr(0, 10), "expired when written");
            const auto expired = fmt::format(
                "Prescription[RfStatus='Foreldet'][ForskrivningsInfoId='{}']/Tidspunkt",
                info.node().child_value("Id")
            );
            for (const std::string& time : texts(hit.node(), expired)) {
                looks.expect(end.substr(0, 10) < time, "out of the register before its end");
            }
        }
        for (const std::string& time : texts(hit.node(), "Prescription/Seponering/Tidspunkt")) {
            looks.expect(start <= time, "stopped before the start");
        }
        for (const auto& dosage : hit.node().select_nodes(".//Dosering[Sluttidspunkt]")) {
            looks.expect(
                first_text(dosage.node(), "Starttidspunkt/@V") <
                    first_text(dosage.node(), "Sluttidspunkt/@V"),
                "a course that ends before it starts"
            );
        }
    }
    for (const auto& hit : root.select_nodes("Legemiddelreaksjon")) {
        const std::string registered = first_text(hit.node(), "CAVE/RegisteringsDato");
        looks.expect(
            registered <= hit.node().child_value("SistOppdatertDato"), "changed before registered"
        );
    }
}

void look_at_ages(const xml_node& root, Looks& looks) {
    const std::string birth = birth_of(root);
    const std::set<std::string> of_adults{"B01AA03", "C07AB02", "C08CA01", "C10AA01", "N05CF01"};
    for (const auto& hit : root.select_nodes("Behandlinger/*")) {
        const std::string start = hit.node().child_value("DatoOppstart");
        for (const std::string& atc :
             test::distinct_texts(hit.node(), ".//Forskrivning/*/Atc/@V")) {
            const bool is_old_enough =
                std::ranges::any_of(drugs_with(atc), [&](const words::Drug& drug) {
                    return birthday(birth, static_cast<int>(drug.from_age)) <= start;
                });
            looks.expect(is_old_enough, "too young for " + atc);
            looks.expect(
                !of_adults.contains(atc) || birthday(birth, 18) <= start, "a child gets " + atc
            );
        }
    }
    const bool is_man = first_text(root, "DemografiskInfo/Sex/@V") == "1";
    looks.expect(!is_man || root.select_node("//Brystprotese").node().empty(), "prosthesis");
    const std::set<std::string> codes = test::distinct_texts(root, "//Forskrivning/*/Atc/@V");
    looks.expect(!is_man || !codes.contains("G03AA07"), "a man gets G03AA07");
}

bool has(std::span<const std::string_view> list, const std::string& name) {
    return std::ranges::find(list, name) != list.end();
}

void look_at_names(const xml_node& root, Looks& looks) {
    const xml_node person = root.child("DemografiskInfo");
    const std::string given = person.child_value("GivenName");
    const bool is_man = first_text(person, "Sex/@V") == "1";
    looks.expect(has(is_man ? words::male_names() : words::female_names(), given), given);
    for (const std::string& name : texts(person, "FamilyName | MiddleName")) {
        looks.expect(has(words::family_names(), name), name);
    }
}

/// Something that a history must be, and a change after which it no longer is.
struct Expectation {
    const char* name;
    std::function<void(const xml_node&, Looks&)> look;
    std::function<bool(xml_node)> spoil;  ///< false: nothing there to spoil
};

bool set_text(const xml_node& root, const char* xpath, const std::string& value) {
    xml_node node = root.select_node(xpath).node();
    return node && node.text().set(value.c_str());
}

bool set_value(const xml_node& root, const char* xpath, const std::string& value) {
    pugi::xml_attribute attribute = root.select_node(xpath).attribute();
    return attribute && attribute.set_value(value.c_str());
}

bool double_dose(const xml_node& root) {
    xml_node dose = root.select_node("//VaksineBehandling//DoseFastTidspunkt").node();
    return dose && dose.parent().append_copy(dose);
}

bool warn_of_what_is_given(const xml_node& root) {
    const std::string given = first_text(root, "Behandlinger//Forskrivning/*/Atc/@V");
    if (given.empty() || given.starts_with("J07")) return false;
    return set_value(root, "//CAVE//ATCKode/@V", given);
}

const std::vector<Expectation>& expectations() {
    static const std::vector<Expectation> list{
        {"a discovery lies within the life",
         look_at_discoveries,
         [](xml_node root) { return set_text(root, "//Oppdaget/Alder", "101"); }},
        {"nobody gets what a warning names", look_at_warnings, warn_of_what_is_given},
        {"a medicine is taken as such a medicine is",
         look_at_dosages,
         [](xml_node root) {
             return set_text(root, "//DosVeiledEnkel", "1 tablett 9 ganger daglig");
         }},
        {"a text tells the dose that is coded",
         look_at_dosages,
         [](xml_node root) { return set_value(root, "//DoseFastTidspunkt/Mengde/@V", "77"); }},
        {"limits allow what is prescribed",
         look_at_limits,
         [](xml_node root) { return set_value(root, "//DoseDognMaks/@V", "0"); }},
        {"an infusion takes a day",
         look_at_limits,
         [](xml_node root) { return set_value(root, "//Infusjonshastighet/Volum/@V", "25"); }},
        {"a vaccine is one dose", look_at_vaccines, double_dose},
        {"dates are in order",
         look_at_dates,
         [](xml_node root) { return set_text(root, "//Prescription/Tidspunkt", "2031-01-01"); }},
        {"what is out of the register has expired",
         look_at_dates,
         [](xml_node root) {
             return root.select_node("//Prescription[RfStatus='Foreldet']") &&
                    set_text(
                        root,
                        "//PrescriptionDetails/*[Id=//Prescription[RfStatus='Foreldet']"
                        "/ForskrivningsInfoId]/Utloper",
                        "2030-01-01+01:00"
                    );
         }},
        {"a course ends after its start",
         look_at_dates,
         [](xml_node root) { return set_value(root, "//Sluttidspunkt/@V", "1999-01-01"); }},
        {"medicines fit the age",
         look_at_ages,
         [](xml_node root) {
             return root.select_node("//Forskrivning//Atc[@V='C10AA01']") &&
                    set_text(root, "//DateOfBirth", "2014-06-01");
         }},
        {"names are invented ones",
         look_at_names,
         [](xml_node root) { return set_text(root, "//FamilyName", "Utenfor Listen"); }},
        {"supplies fit the sex",
         look_at_ages,
         [](xml_node root) {
             return root.select_node("//Brystprotese") && set_value(root, "//Sex/@V", "1");
         }},
    };
    return list;
}

TEST(SyntheticHistory, Documents_OfSomeSeeds_TellWhatCanBe) {
    std::vector<Looks> looks(expectations().size());
    for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
        const SyntheticExport documents(seed, {});
        for (std::uint64_t index = 0; index < patients_per_seed; ++index) {
            const test::ReadPatient patient = test::read_patient(documents, index);
            for (std::size_t i = 0; i < looks.size(); ++i) {
                expectations().at(i).look(patient.root(), looks.at(i));
            }
        }
    }
    for (std::size_t i = 0; i < looks.size(); ++i) {
        SCOPED_TRACE(expectations().at(i).name);
        EXPECT_EQ(looks.at(i).odd, std::vector<std::string>{});
        EXPECT_GE(looks.at(i).count, 100U);
    }
}

TEST(SyntheticHistory, Documents_SpoiltInOneThing_AreFoundOut) {
    for (const Expectation& expectation : expectations()) {
        SCOPED_TRACE(expectation.name);
        bool is_spoilt = false;
        for (std::uint64_t seed = 0; seed < seed_count && !is_spoilt; ++seed) {
            const SyntheticExport documents(seed, {});
            for (std::uint64_t index = 0; index < patients_per_seed && !is_spoilt; ++index) {
                const test::ReadPatient patient = test::read_patient(documents, index);
                is_spoilt = expectation.spoil(patient.root());
                if (!is_spoilt) continue;
                Looks looks;
                expectation.look(patient.root(), looks);
                EXPECT_FALSE(looks.odd.empty());
            }
        }
        EXPECT_TRUE(is_spoilt);
    }
}

// Whoever is drawn must find a way to take each medicine that suits the age.
TEST(SyntheticHistory, Medicines_AtEveryAgeTheyAreFor_HaveADosage) {
    for (const auto list : {words::drugs(), words::vaccines()}) {
        for (const words::Drug& drug : list) {
            for (std::int64_t age = drug.from_age; age <= std::min<std::int64_t>(drug.to_age, 110);
                 ++age) {
                EXPECT_TRUE(std::ranges::any_of(
                    drug.dosages,
                    [&](const words::Dosage& dosage) {
                        return dosage.from_age <= age && age <= dosage.to_age;
                    }
                )) << drug.name
                   << " at " << age;
            }
        }
    }
}

}  // namespace
}  // namespace sfmkit::client
