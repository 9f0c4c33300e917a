#include "tests/client/synthetic_documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>

// The rules that relate parts of a patient to each other: the published format description and
// invariants of the two official examples.
namespace sfmkit::client {
namespace {

using test::distinct_texts;
using test::ReadPatient;
using test::texts;
using testing::IsSubsetOf;

constexpr std::uint64_t seed_count = 20;
constexpr std::uint64_t patients_per_seed = 6;

template <class Check>
void for_each_patient(Check check) {
    for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
        const SyntheticExport documents(seed, {});
        for (std::uint64_t index = 0; index < patients_per_seed; ++index) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << " patient " << index);
            check(test::read_patient(documents, index));
        }
    }
}

std::string first_text(const pugi::xml_node& node, const std::string& xpath) {
    return node.select_node(xpath.c_str()).node().text().get();
}

TEST(SyntheticPatient, Archive_Always_HoldsMessagesInOrderThenThePatientDocument) {
    for_each_patient([](const ReadPatient& patient) {
        std::vector<std::string> expected = texts(patient.root(), "Meldinger/Melding/MeldingsFil");
        expected.emplace_back("PatientData.xml");
        std::vector<std::string> names;
        for (const PlainEntry& entry : patient.files.entries) names.push_back(entry.name);
        EXPECT_EQ(names, expected);
        EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
        const std::regex pattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.xml");
        for (std::size_t i = 0; i + 1 < names.size(); ++i) {
            EXPECT_TRUE(std::regex_match(names[i], pattern)) << names[i];
        }
        EXPECT_EQ(first_text(patient.root(), "Id"), patient.files.guid);
    });
}

TEST(SyntheticPatient, Prescriptions_Always_FormChainsOfVersions) {
    for_each_patient([](const ReadPatient& patient) {
        for (const auto& hit : patient.root().select_nodes("Behandlinger/*")) {
            const pugi::xml_node treatment = hit.node();
            std::map<std::string, std::vector<pugi::xml_node>> versions;
            for (const pugi::xml_node version : treatment.children("Prescription")) {
                versions[version.child_value("PrescriptionId")].push_back(version);
            }
            const auto infos = distinct_texts(treatment, "PrescriptionDetails/*/Id");
            EXPECT_EQ(infos, distinct_texts(treatment, "Prescription/ForskrivningsInfoId"));
            std::set<std::string> heads;
            for (const auto& [id, chain] : versions) {
                std::string previous;
                std::string time;
                for (const pugi::xml_node version : chain) {
                    EXPECT_EQ(version.child_value("RefForrigePrescriptionVersion"), previous);
                    EXPECT_LE(time, version.child_value("Tidspunkt"));
                    const bool is_last = version == chain.back();
                    EXPECT_EQ(version.child("Aktiv").text().as_bool(), is_last);
                    if (version.child("HeadOfHistory").text().as_bool()) heads.insert(id);
                    previous = version.child_value("PrescriptionVersionId");
                    time = version.child_value("Tidspunkt");
                }
                EXPECT_LE(
                    first_text(treatment, "DatoOppstart"),
                    std::string(chain.front().child_value("Tidspunkt")).substr(0, 10)
                );
            }
            EXPECT_EQ(heads.size(), 1U);
            for (const std::string& id : texts(treatment, "Prescription/RefForrigePrescription")) {
                EXPECT_TRUE(versions.contains(id)) << id;
            }
        }
    });
}

TEST(SyntheticPatient, OrdinaryPrescription_Always_HasTheThreeVersionsOfTheOfficialExample) {
    for_each_patient([](const ReadPatient& patient) {
        const pugi::xml_node treatment =
            patient.root().child("Behandlinger").child("Legemiddelbehandling");
        EXPECT_THAT(
            texts(treatment, "Prescription/RfStatus"),
            testing::ElementsAre("e-resept not in RF", "Ekspederbar", "Ekspederbar")
        );
        EXPECT_THAT(
            texts(treatment, "Prescription/ItemSource"),
            testing::ElementsAre("Ukjent", "Ukjent", "Rf")
        );
        EXPECT_THAT(
            texts(treatment, "Prescription/RfSendStatus"), testing::ElementsAre("M1Pending")
        );
        EXPECT_THAT(
            texts(treatment, "PrescriptionDetails/*/ForskrivningsType/@V"),
            testing::ElementsAre("eRp/uRp", "eRp")
        );
    });
}

TEST(SyntheticPatient, References_Always_Resolve) {
    for_each_patient([](const ReadPatient& patient) {
        const pugi::xml_node root = patient.root();
        const auto ids = distinct_texts(root, "Meldinger/Melding/Id");
        EXPECT_THAT(distinct_texts(root, "Meldinger/Melding/ParentId"), IsSubsetOf(ids));
        const auto prescriptions = distinct_texts(root, "Meldinger/Melding[Type/@V='ERM1']/MsgId");
        EXPECT_EQ(prescriptions, distinct_texts(root, "Behandlinger/*/Prescription/ReseptId"));
    });
}

TEST(SyntheticPatient, Users_Always_AreInTheOrganisationDocument) {
    SyntheticExport documents(9, {});
    const std::string text = test::organisation_text(documents);
    pugi::xml_document organisation;
    ASSERT_TRUE(organisation.load_buffer(text.data(), text.size()));
    const auto users = distinct_texts(organisation, "ExportImport/Brukere/Helseperson/Id");
    EXPECT_GE(users.size(), 7U);
    for (std::uint64_t index = 0; index < 12; ++index) {
        const ReadPatient patient = test::read_patient(documents, index);
        const pugi::xml_node root = patient.root();
        EXPECT_THAT(distinct_texts(root, "//BrukerId"), IsSubsetOf(users));
        EXPECT_THAT(distinct_texts(root, "//RegistrertAv"), IsSubsetOf(users));
    }
}

TEST(SyntheticPatient, Messages_Always_AgreeWithTheirRecords) {
    for_each_patient([](const ReadPatient& patient) {
        const std::string number = first_text(patient.root(), "DemografiskInfo/Ident[1]/Id");
        std::map<std::string, std::string> message_id_of;
        for (const auto& hit : patient.root().select_nodes("Meldinger/Melding")) {
            const pugi::xml_node record = hit.node();
            message_id_of[record.child_value("Id")] = record.child_value("MsgId");
        }
        for (const auto& hit : patient.root().select_nodes("Meldinger/Melding")) {
            const pugi::xml_node record = hit.node();
            const std::string* content = patient.content_of(record.child_value("MeldingsFil"));
            ASSERT_NE(content, nullptr);
            EXPECT_FALSE(content->starts_with("\xef\xbb\xbf"));
            EXPECT_TRUE(content->starts_with("<MsgHead ") || content->starts_with("<AppRec "));
            EXPECT_EQ(content->find('\n'), std::string::npos);
            pugi::xml_document message;
            ASSERT_TRUE(message.load_buffer(content->data(), content->size()));
            const std::string parent = message_id_of[record.child_value("ParentId")];
            const std::string type = record.child("Type").attribute("V").value();
            if (type == "AppRec") {
                EXPECT_EQ(first_text(message, "AppRec/Id"), record.child_value("MsgId"));
                EXPECT_EQ(first_text(message, "AppRec/OriginalMsgId/Id"), parent);
                continue;
            }
            EXPECT_EQ(first_text(message, "MsgHead/MsgInfo/MsgId"), record.child_value("MsgId"));
            EXPECT_EQ(first_text(message, "//ConversationRef/RefToParent"), parent);
            EXPECT_EQ(texts(message, "MsgHead/MsgInfo/Type/@V"), std::vector{type});
            for (const char* place : {"MsgHead/MsgInfo/Patient/Ident/Id", "//Fnr"}) {
                for (const std::string& named : texts(message, place)) EXPECT_EQ(named, number);
            }
            if (!record.child("Korrespondance").text().as_bool()) continue;
            // Same millisecond but for the grid of the database; the zone is cut off.
            const std::string inner = first_text(message, "MsgHead/MsgInfo/GenDate").substr(0, 22);
            const std::string outer = record.child_value("GenDate");
            EXPECT_EQ(inner.substr(0, 19), outer.substr(0, 19));
        }
    });
}

TEST(SyntheticPatient, Times_Always_LieBeforeTheExport) {
    for (std::uint64_t seed = 0; seed < seed_count; ++seed) {
        const SyntheticExport documents(seed, {});
        const auto exported =
            std::chrono::time_point_cast<std::chrono::milliseconds>(documents.exported_at());
        const std::string last = print_date_time(exported);
        EXPECT_EQ(exported.time_since_epoch().count() % 2000, 0);
        EXPECT_LT(last, "2025");
        for (std::uint64_t index = 0; index < patients_per_seed; ++index) {
            const ReadPatient patient = test::read_patient(documents, index);
            for (const char* place : {"//Tidspunkt", "//GenDate", "//SistOppdatertDato"}) {
                for (const std::string& time : texts(patient.root(), place)) EXPECT_LE(time, last);
            }
        }
    }
}

}  // namespace
}  // namespace sfmkit::client
