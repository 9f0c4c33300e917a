#include "fixtures/zip_recipe.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/memory_file.hpp"
#include "tests/support/reference.hpp"
#include "verifier/zip_content.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <map>
#include <set>

namespace sfmkit {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Names, numbers of people, addresses and free text, by the schema and by what message heads hold.
const std::set<std::string> personal_elements = {
    "FamilyName",
    "MiddleName",
    "GivenName",
    "DateOfBirth",
    "StreetAdr",
    "PostalCode",
    "City",
    "Postbox",
    "HprId",
    "HerId",
    "Navn",
    "Name",
    "Description",
    "Brukernavn",
    "Kommentar",
    "Merknad",
    "Begrunnelse",
    "UstrukturertHistorikk",
    "Indikasjon",
    "DosVeiledEnkel",
    "Signatur",
    "LegeHpr",
    "SokerNavn",
    "DeletedBy",
    "RegistrertAv",
    "AvkreftetKommentar",
    "Titel",
    "Sender",
    "OrganisationName",

    "Freetekst",
    "Fornavn",
    "Etternavn",
    "Hpr",
    "NavnFormStyrke",
    "KomLegemdlAdm",
    "Bruksveiledning",
    "AnnenInformasjon",
};

bool is_personal(const pugi::xml_node& element) {
    std::string name = element.name();
    if (const auto colon = name.find(':'); colon != std::string::npos) name.erase(0, colon + 1);
    std::string parent = element.parent().name();
    if (const auto colon = parent.find(':'); colon != std::string::npos) parent.erase(0, colon + 1);
    const bool is_number = name == "Id" && (parent == "Ident" || parent == "HprId");
    return is_number || personal_elements.contains(name);
}

/// Texts of personal elements and numbers of telephones, long enough not to stand in a date or a
/// GUID by chance.
std::set<std::string> personal_values(const std::string& document) {
    pugi::xml_document parsed;
    if (!parsed.load_buffer(document.data(), document.size())) throw std::runtime_error("XML");
    std::set<std::string> values;
    const auto add = [&values](std::string value) {
        const auto first = value.find_first_not_of(" \r\n\t");
        if (first == std::string::npos) return;
        value = value.substr(first, value.find_last_not_of(" \r\n\t") - first + 1);
        const bool one_line = value.find_first_of("\r\n\t") == std::string::npos;
        // Who registered something is a user's GUID, which says nothing without the user list.
        const bool is_guid = value.size() == 36 && value[8] == '-' && value[23] == '-';
        if (one_line && !is_guid && value.size() >= 4 && value.size() <= 200) values.insert(value);
    };
    struct Walker : pugi::xml_tree_walker {
        explicit Walker(std::function<void(const pugi::xml_node&)> see) : see_(std::move(see)) {}
        bool for_each(pugi::xml_node& node) override {
            see_(node);
            return true;
        }
        std::function<void(const pugi::xml_node&)> see_;
    };
    Walker walker([&](const pugi::xml_node& node) {
        if (node.type() != pugi::node_element) return;
        if (is_personal(node)) add(node.child_value());
        if (std::string_view(node.name()).ends_with("TeleAddress"))
            add(node.attribute("V").value());
    });
    parsed.traverse(walker);
    return values;
}

std::map<std::string, std::string> entries_of(const std::string& archive) {
    const test::MemoryFile file(archive);
    const auto content = verifier::ZipContent::open(file);
    if (!content) throw std::runtime_error("no archive");
    std::map<std::string, std::string> entries;
    for (std::uint64_t i = 0; i < content->entry_count(); ++i) {
        auto stream = content->open_entry(i);
        if (!stream) throw std::runtime_error("no entry");
        std::string text(1 << 22, '\0');
        const auto count = stream->read(std::as_writable_bytes(std::span(text)));
        if (!count) throw std::runtime_error("bad entry");
        text.resize(*count);
        entries[content->name(i)] = text;
    }
    return entries;
}

class InspectCommand : public testing::Test {
  protected:
    static const test::SealedExport& exported() {
        static const test::SealedExport made;
        return made;
    }

    test::ProgramRun inspect(const std::string& file, std::vector<std::string> further = {}) {
        further.insert(further.begin(), {"inspect", file});
        return test::run_sfmkit(further);
    }
    test::ProgramRun inspect_with_key(
        const std::string& file, std::vector<std::string> further = {}
    ) {
        further.insert(further.begin(), {"--key", exported().key()});
        return inspect(file, std::move(further));
    }
    std::string plaintext_of(const std::string& file) {
        const std::string zip = (folder_ / "opened.zip").string();
        std::filesystem::remove(zip);
        const auto run =
            test::run_sfmkit({"open", file, "--key", exported().key(), "--output", zip});
        if (run.exit_code != 0) throw std::runtime_error(run.output);
        return test::read_file(zip);
    }
    /// A plain archive of one document; inspect reads it without a key.
    std::string archive_of(const std::string& document) {
        fixtures::ZipRecipe zip;
        zip.entries = {{.name = "PatientData.xml", .content = document}};
        test::write_file(folder_ / "plain.zip", fixtures::make_zip(zip));
        return (folder_ / "plain.zip").string();
    }
    std::string written(const std::string& name, const std::string& content) {
        test::write_file(folder_ / name, content);
        return (folder_ / name).string();
    }

    test::TemporaryFolder folder_;
};

TEST_F(InspectCommand, OfAnyFile_HasBudgetThatAddsUpToItsSize) {
    const std::string right = test::read_file(exported().patient_file());
    std::string legacy = right.substr(0, 8) + right.substr(12, 272) + right.substr(288);
    std::string big_endian = right;
    for (const std::size_t at : {0U, 4U, 8U}) {
        std::reverse(
            big_endian.begin() + static_cast<std::ptrdiff_t>(at),
            big_endian.begin() + static_cast<std::ptrdiff_t>(at) + 4
        );
    }
    const std::vector<std::pair<std::string, std::string>> files = {
        {"right", right},
        {"empty", ""},
        {"five", right.substr(0, 5)},
        {"cut-in-key", right.substr(0, 100)},
        {"cut-in-iv", right.substr(0, 270)},
        {"without-body", right.substr(0, 288)},
        {"cut-in-block", right.substr(0, right.size() - 3)},
        {"legacy", legacy},
        {"big-endian", big_endian},
        {"plain", "PK\x03\x04 and so on"},
        {"unknown", std::string(1000, 'x')},
        {"two-gibibytes", right.substr(0, 8) + "\xFF\xFF\xFF\x7F" + right.substr(12)},
    };
    for (const auto& [name, content] : files) {
        const auto run = inspect(written(name, content), {"--json"});
        const Json json = Json::parse(run.output);
        std::uint64_t sum = 0;
        for (const Json& row : json.at("budget")) {
            EXPECT_EQ(row.at("offset"), sum) << name;
            sum += row.at("bytes").get<std::uint64_t>();
        }
        EXPECT_EQ(sum, content.size()) << name;
        EXPECT_EQ(json.at("budget_sum"), sum) << name;
        EXPECT_EQ(run.exit_code, name == "right" ? 0 : 1) << name << run.output;
    }
}

TEST_F(InspectCommand, WithoutKey_SaysWhatIsProvedAndWhatNot) {
    const auto run = inspect(exported().patient_file());
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.output, HasSubstr("the size of the file"));
    EXPECT_THAT(run.output, HasSubstr("it was made for an RSA key of 2048 bits"));
    EXPECT_THAT(run.output, HasSubstr("not proved\n  - for which certificate it was made"));
    EXPECT_THAT(run.output, HasSubstr("--key KEY"));
}

TEST_F(InspectCommand, WithKey_ListsEveryEntryWithRootAndMessageType) {
    const auto entries = entries_of(plaintext_of(exported().patient_file()));
    const auto run = inspect_with_key(exported().patient_file(), {"--json"});
    ASSERT_EQ(run.exit_code, 0) << run.output;
    const Json json = Json::parse(run.output);
    const Json& listed = json.at("archive").at("entries");
    ASSERT_EQ(listed.size(), entries.size());
    std::size_t messages = 0;
    for (const Json& entry : listed) {
        const std::string name = entry.at("name");
        ASSERT_TRUE(entries.contains(name)) << name;
        EXPECT_EQ(entry.at("bytes"), entries.at(name).size());
        EXPECT_EQ(entry.at("sound"), true);
        pugi::xml_document parsed;
        ASSERT_TRUE(parsed.load_string(entries.at(name).c_str()));
        EXPECT_EQ(entry.at("root"), parsed.document_element().name());
        EXPECT_EQ(entry.at("namespace"), parsed.document_element().attribute("xmlns").value());
        const pugi::xml_node type = parsed.document_element().child("MsgInfo").child("Type");
        if (!type) continue;
        EXPECT_EQ(entry.at("message_type"), type.attribute("V").value());
        ++messages;
    }
    EXPECT_GT(messages, 0U);
}

// The oracle is pugixml on the plaintext, with a list of personal elements of the test's own.
TEST_F(InspectCommand, PreviewOfEveryEntry_HoldsNoPersonalValueUnlessAskedTo) {
    std::size_t values_seen = 0;
    for (const std::string& file : {exported().patient_file(), exported().organisation_file()}) {
        for (const auto& [name, document] : entries_of(plaintext_of(file))) {
            const auto values = personal_values(document);
            const std::vector<std::string> arguments = {"--entry", name, "--lines", "1000000"};
            const auto masked = inspect_with_key(file, arguments);
            ASSERT_EQ(masked.exit_code, 0) << masked.output;
            auto shown_arguments = arguments;
            shown_arguments.emplace_back("--show-personal-data");
            const auto shown = inspect_with_key(file, shown_arguments);
            for (const std::string& value : values) {
                EXPECT_FALSE(masked.output.contains(">" + value + "<")) << name << value;
                EXPECT_FALSE(masked.output.contains('"' + value + '"')) << name << value;
                const bool long_enough = value.size() >= 6;
                EXPECT_FALSE(long_enough && masked.output.contains(value)) << name << value;
                EXPECT_TRUE(shown.output.contains(value)) << name << value;
            }
            values_seen += values.size();
        }
    }
    RecordProperty("personal_values", static_cast<int>(values_seen));
    EXPECT_GT(values_seen, 100U);
}

TEST_F(InspectCommand, PreviewOfExportDocument_ShowsCodesDatesAndGuids) {
    const auto run = inspect_with_key(
        exported().patient_file(), {"--entry", "PatientData.xml", "--lines", "100000"}
    );
    EXPECT_THAT(run.output, HasSubstr("<PasientExport xmlns=\"http://www.kith.no/xmlstds/"));
    EXPECT_THAT(run.output, testing::ContainsRegex("<MsgId>[0-9a-f]{8}-"));
    EXPECT_THAT(run.output, testing::ContainsRegex("<GenDate>20[0-9]{2}-"));
    EXPECT_THAT(run.output, testing::ContainsRegex("<Type V=\"ERM[0-9]+\""));
    EXPECT_THAT(run.output, HasSubstr("<FamilyName>***</FamilyName>"));
}

TEST_F(InspectCommand, PreviewOfWhatIsNotOurs_MasksEverything) {
    const std::string secret = "Nordmann";
    const std::string space =
        "http://www.kith.no/xmlstds/eresept/forskrivningsmodul/export/2019-11-13";
    const std::string document =
        "<?xml version='1.0'?><!-- " + secret + " --><PasientExport xmlns='" + space + "'>" +
        "<Id>" + secret + "</Id><MsgId>01020312345</MsgId><Sendt>" + secret + "</Sendt>" +
        "<Id xmlns='urn:" + secret + "'>6a9f1c30-0000-4000-8000-000000000001</Id>" + "<" + secret +
        ">" + secret + "</" + secret + "><x:" + secret + " xmlns:x='urn:x' a='" + secret + "' " +
        secret + "='1'/><Type V='" + secret + "' DN='" + secret + "'/>" + "<![CDATA[" + secret +
        "]]><?" + "pi " + secret + "?>" +
        "<Ident><Id>01020312345</Id></Ident><Antall>01020312345</Antall></PasientExport>";
    const std::string file = archive_of(document);
    const auto run = inspect(file, {"--entry", "1"});
    EXPECT_THAT(run.output, HasSubstr("<PasientExport"));
    // In our own namespace a name of an element is shown: it belongs to a schema, not to a person.
    std::string output = run.output;
    for (const std::string& tag : {"<" + secret + ">", "</" + secret + ">"}) {
        if (const auto at = output.find(tag); at != std::string::npos) output.erase(at, tag.size());
    }
    EXPECT_THAT(output, Not(HasSubstr(secret)));
    EXPECT_THAT(output, Not(HasSubstr("01020312345")));
    EXPECT_THAT(output, Not(HasSubstr("6a9f1c30")));
    const auto shown = inspect(file, {"--entry", "1", "--show-personal-data"});
    EXPECT_THAT(shown.output, HasSubstr("<Id>" + secret + "</Id>"));
}

TEST_F(InspectCommand, Xpath_GetsAtNoNamespaceAndNoInstruction) {
    const std::string file = archive_of("<a xmlns='urn:Secret'><?Secret b?></a>");
    for (const char* query :
         {"//namespace::*", "string(//namespace::*)", "name(//processing-instruction())"}) {
        const auto run = inspect(file, {"--entry", "1", "--xpath", query});
        EXPECT_EQ(run.exit_code, 1) << query << run.output;
        EXPECT_THAT(run.output, Not(HasSubstr("Secret"))) << query;
    }
}

TEST_F(InspectCommand, Xpath_WorksWithoutPrefixesAndNeverGetsAtMaskedValues) {
    const std::string file = exported().patient_file();
    const auto entry = [&](const std::string& expression) {
        return inspect_with_key(file, {"--entry", "PatientData.xml", "--xpath", expression});
    };
    EXPECT_THAT(entry("//Melding/Type/@V").output, testing::ContainsRegex("V=\"(ERM|AppRec)"));
    EXPECT_THAT(entry("/PasientExport/Id").output, testing::ContainsRegex("<Id>[0-9a-f]{8}-"));
    EXPECT_THAT(entry("count(//Melding)").output, testing::ContainsRegex("\n  [1-9]"));
    const std::string plaintext = entries_of(plaintext_of(file)).at("PatientData.xml");
    pugi::xml_document parsed;
    ASSERT_TRUE(parsed.load_string(plaintext.c_str()));
    const std::string family =
        parsed.child("PasientExport").child("DemografiskInfo").child_value("FamilyName");
    ASSERT_FALSE(family.empty());
    for (const char* expression :
         {"string(//FamilyName)",
          "//FamilyName",
          "//FamilyName/text()",
          "concat('a', //FamilyName)",
          "translate(//FamilyName, 'x', 'y')",
          "//DemografiskInfo"}) {
        const auto run = entry(expression);
        EXPECT_EQ(run.exit_code, 0) << expression << run.output;
        EXPECT_THAT(run.output, HasSubstr("***")) << expression;
        EXPECT_THAT(run.output, Not(HasSubstr(family))) << expression;
    }
    const std::vector<std::string> shown = {
        "--entry", "PatientData.xml", "--xpath", "string(//FamilyName)", "--show-personal-data"
    };
    EXPECT_THAT(inspect_with_key(file, shown).output, HasSubstr(family));
}

TEST_F(InspectCommand, WrongXpath_IsUsage) {
    const std::string file = exported().patient_file();
    for (const char* expression : {"//[", "//sfm:Id", "nofunction()", "'", ""}) {
        const auto run =
            inspect_with_key(file, {"--entry", "PatientData.xml", "--xpath", expression});
        const int expected = *expression == '\0' ? 0 : 2;
        EXPECT_EQ(run.exit_code, expected) << expression << run.output;
    }
    const auto nothing = inspect_with_key(file, {"--xpath", "//Pasient/Id"});
    EXPECT_EQ(nothing.exit_code, 0);
    EXPECT_THAT(nothing.output, HasSubstr("selects nothing"));
}

TEST_F(InspectCommand, WhatCannotBeShown_IsToldWithItsExitCode) {
    const auto folder = inspect(exported().folder());
    EXPECT_EQ(folder.exit_code, 2);
    EXPECT_THAT(folder.output, HasSubstr("sfmkit verify " + exported().folder()));
    EXPECT_EQ(inspect(exported().path("none.pat")).exit_code, 2);
    const auto no_key = inspect(exported().patient_file(), {"--entry", "1"});
    EXPECT_EQ(no_key.exit_code, 2);
    EXPECT_THAT(no_key.output, HasSubstr("--key"));
    const auto no_entry = inspect_with_key(exported().patient_file(), {"--entry", "none.xml"});
    EXPECT_EQ(no_entry.exit_code, 2);
    ASSERT_EQ(test::run_sfmkit({"keys", "new", (folder_ / "other").string()}).exit_code, 0);
    const auto other = inspect(
        exported().patient_file(), {"--key", (folder_ / "other/recipient.key.pem").string()}
    );
    EXPECT_EQ(other.exit_code, 3);
    EXPECT_THAT(other.output, HasSubstr("wrong-recipient"));
}

TEST_F(InspectCommand, HostileDocument_EndsWithAReason) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    for (const std::string& document :
         {std::string("<!DOCTYPE a [<!ENTITY b 'Nordmann'>]><a>&b;</a>"),
          deep,
          std::string("<a><b>"),
          std::string("\xFF\xFE\x00")}) {
        const std::string file = archive_of(document);
        const auto preview = inspect(file, {"--entry", "1", "--lines", "1000"});
        EXPECT_THAT(preview.output, HasSubstr("ended:")) << document.substr(0, 20);
        EXPECT_THAT(preview.output, Not(HasSubstr("Nordmann")));
        const auto query = inspect(file, {"--entry", "1", "--xpath", "//a"});
        EXPECT_EQ(query.exit_code, 1) << query.output;
        EXPECT_THAT(query.output, Not(HasSubstr("Nordmann")));
    }
    // 100 MiB of blanks: more than 200 times its packed size.
    const std::string bomb = archive_of("<a>" + std::string(100 << 20, ' ') + "</a>");
    const auto run = inspect(bomb);
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_THAT(run.output, HasSubstr("expands to more than"));
}

}  // namespace
}  // namespace sfmkit
