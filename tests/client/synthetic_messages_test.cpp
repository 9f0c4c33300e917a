#include "tests/client/synthetic_documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

// What the messages of a patient must be like, as the two official examples have them: type codes,
// roots, namespaces, and which message answers which.
namespace sfmkit::client {
namespace {

using test::distinct_texts;
using test::ReadPatient;
using test::texts;
using testing::IsSubsetOf;

struct KnownType {
    std::string code;
    std::string root_namespace;
    std::string body;
    std::string body_namespace;
    std::set<std::string> parents;  ///< types that it may answer; empty: it answers nothing
    bool is_signed = false;
};

const std::vector<KnownType>& known_types() {
    static const std::string head = "http://www.kith.no/xmlstds/msghead/2006-05-24";
    static const std::string kith = "http://www.kith.no/xmlstds/eresept/";
    static const std::string ehelse = "http://www.ehelse.no/xmlstds/eresept/";
    static const std::vector<KnownType> types{
        {"ERM1", head, "Resept", kith + "m1/2013-10-08", {}, true},
        {"ERM5", head, "Tilbakekalling", kith + "m5/2013-04-16", {}, true},
        {"ERM52", head, "KvitteringTilbakekalling", kith + "m52/2013-12-01", {"ERM5"}},
        {"ERM7", head, "SlettetReseptRF", kith + "m7/2008-05-01", {}},
        {"ERM95", head, "M95", ehelse + "m95/2018-07-01", {}, true},
        {"ERM96", head, "M96", ehelse + "m96/2018-07-01", {"ERM95"}},
        {"ERM97", head, "M97", ehelse + "m97/2018-07-01", {}, true},
        {"ERM98", head, "M98", ehelse + "m98/2018-07-01", {"ERM97"}},
        {"ERM911", head, "M911", ehelse + "m911/2018-07-01", {}, true},
        {"ERM912", head, "M912", ehelse + "m912/2018-07-01", {"ERM911"}},
        {"ERM251", head, "LegemidlerIBruk", kith + "m251/2013-10-08", {}, true},
        {"ERM271", head, "M271", kith + "m271/2013-04-16", {}, true},
        {"ERM272", head, "M272", kith + "m272/2013-04-16", {"ERM271"}},
        // Of no official example: what the generator calls them.
        {"ERM2", head, "SoknadRefusjon", kith + "m2/2013-10-08", {}, true},
        {"ERM12", head, "SvarSoknadRefusjon", kith + "m12/2013-10-08", {"ERM2"}},
        {"ERM62", head, "SvarGodkjenningsfritak", kith + "m62/2013-10-08", {}},
        {"AppRec",
         "http://www.kith.no/xmlstds/apprec/2004-11-21",
         "",
         "",
         {"ERM1", "ERM251", "ERM7"}},
    };
    return types;
}

const KnownType& known_type(const std::string& code) {
    for (const KnownType& type : known_types()) {
        if (type.code == code) return type;
    }
    throw std::runtime_error("unknown type " + code);
}

void check_file(const KnownType& type, const std::string& content) {
    pugi::xml_document parsed;
    ASSERT_TRUE(parsed.load_buffer(content.data(), content.size()));
    const pugi::xml_node root = parsed.document_element();
    EXPECT_STREQ(root.name(), type.body.empty() ? "AppRec" : "MsgHead");
    EXPECT_EQ(root.attribute("xmlns").value(), type.root_namespace);
    if (type.body.empty()) return;
    const pugi::xml_node body =
        root.child("Document").child("RefDoc").child("Content").first_child();
    EXPECT_EQ(body.name(), type.body);
    EXPECT_EQ(body.attribute("xmlns").value(), type.body_namespace);
    EXPECT_EQ(root.child("Signature") != nullptr, type.is_signed);
}

TEST(SyntheticMessages, AllTypes_OverSomeSeeds_OccurWithRootNamespaceAndParent) {
    std::map<std::string, std::size_t> counts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const SyntheticExport documents(seed, {});
        for (std::uint64_t index = 0; index < 12; ++index) {
            const ReadPatient patient = test::read_patient(documents, index);
            std::map<std::string, std::string> type_of;
            const auto records = patient.root().select_nodes("Meldinger/Melding");
            for (const auto& hit : records) {
                const std::string id = hit.node().child_value("Id");
                type_of[id] = hit.node().child("Type").attribute("V").value();
            }
            for (const auto& hit : records) {
                const pugi::xml_node record = hit.node();
                const KnownType& type = known_type(type_of[record.child_value("Id")]);
                SCOPED_TRACE(type.code);
                ++counts[type.code];
                check_file(type, *patient.content_of(record.child_value("MeldingsFil")));
                const std::string parent = record.child_value("ParentId");
                EXPECT_EQ(parent.empty(), type.parents.empty());
                if (!parent.empty()) {
                    EXPECT_TRUE(type.parents.contains(type_of[parent]));
                }
            }
        }
    }
    EXPECT_EQ(counts.size(), known_types().size());
    for (const auto& [code, count] : counts) EXPECT_GT(count, 5U) << code;
}

TEST(SyntheticMessages, ReferencesFromThePatientDocument_Always_Resolve) {
    std::size_t checked = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const SyntheticExport documents(seed, {});
        for (std::uint64_t index = 0; index < 12; ++index) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << " patient " << index);
            const ReadPatient patient = test::read_patient(documents, index);
            const pugi::xml_node root = patient.root();
            const auto of_type = [&](const std::string& code, const std::string& field) {
                return distinct_texts(root, "Meldinger/Melding[Type/@V='" + code + "']/" + field);
            };
            const auto reviewed = distinct_texts(root, "//M251MessageId");
            const auto approved = distinct_texts(root, "//M251DokumentId");
            const auto dispensed = distinct_texts(root, "//Utlevering/MsgId");
            EXPECT_THAT(reviewed, IsSubsetOf(of_type("ERM251", "MsgId")));
            EXPECT_THAT(approved, IsSubsetOf(of_type("ERM251", "Id")));
            EXPECT_EQ(dispensed, of_type("ERM98", "MsgId"));
            EXPECT_EQ(distinct_texts(root, "//SlvSvar/MsgId"), of_type("ERM62", "MsgId"));
            EXPECT_EQ(distinct_texts(root, "//M2MeldingsId"), of_type("ERM2", "MsgId"));
            EXPECT_EQ(distinct_texts(root, "//M12MeldingsId"), of_type("ERM12", "MsgId"));
            const auto treatments = distinct_texts(root, "Behandlinger/*/LibId");
            EXPECT_THAT(distinct_texts(root, "//LibId1"), IsSubsetOf(treatments));
            EXPECT_THAT(distinct_texts(root, "//LibId2"), IsSubsetOf(treatments));
            const auto firsts = texts(root, "//LibId1");
            if (!firsts.empty()) {
                EXPECT_NE(firsts, texts(root, "//LibId2"));
            }
            for (const auto& hit : root.select_nodes("Behandlinger/*[Utlevering or SlvSvar]")) {
                EXPECT_THAT(
                    distinct_texts(hit.node(), "*[MottattTidspunkt]/PrescriptionId"),
                    IsSubsetOf(distinct_texts(hit.node(), "Prescription/PrescriptionId"))
                );
            }
            checked += reviewed.size() + approved.size() + dispensed.size();
        }
    }
    EXPECT_GT(checked, 50U);
}

// The thirteen imported prescriptions of the official example of 2021: named after the
// ForskrivningsInfo, not part of the practice's own correspondence, sent by another practice.
TEST(SyntheticMessages, ImportedPrescriptions_Always_AreNamedAfterWhatTheyBecame) {
    std::size_t imported = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const SyntheticExport documents(seed, {});
        for (std::uint64_t index = 0; index < 12; ++index) {
            const ReadPatient patient = test::read_patient(documents, index);
            const pugi::xml_node root = patient.root();
            const auto infos =
                distinct_texts(root, "//PrescriptionDetails/*[ForskrivningsType/@V='iRp']/Id");
            std::set<std::string> stems;
            for (const std::string& name :
                 texts(root, "Meldinger/Melding[Korrespondance='false']/MeldingsFil")) {
                stems.insert(name.substr(0, name.size() - 4));
            }
            EXPECT_EQ(stems, infos);
            imported += stems.size();
        }
    }
    EXPECT_GT(imported, 10U);
}

}  // namespace
}  // namespace sfmkit::client
