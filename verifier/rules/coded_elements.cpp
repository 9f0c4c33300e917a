#include "verifier/rules/coded_elements.hpp"

#include <string_view>

namespace sfmkit::verifier {
namespace {

// Those of the types CV and CS of the schema. Form and Type are texts elsewhere.
constexpr std::string_view coded_elements[] = {
    "ATCKode",
    "AdmMate",
    "AdmVed",
    "Adqs",
    "Alvorlighetsgrad",
    "Arsak",
    "Atc",
    "Avslagsgrunn",
    "Behandlingsfase",
    "Beslutning",
    "Bruk",
    "BytteresRekvirent",
    "Country",
    "County",
    "Diagnose",
    "Diagnosekode",
    "DoseresEtter",
    "EEADok",
    "Enhet",
    "EnhetStorrelse",
    "FasteUkedager",
    "Form",
    "Forskrivningsenhet",
    "ForskrivningsType",
    "InstitusjonsID",
    "Kilde",
    "Kode",
    "Kodet",
    "Konvensjonsland",
    "Kortdose",
    "Legemiddelform",
    "LegemiddelformKort",
    "MeldingsType",
    "MetodeEkspedering",
    "Nationality",
    "Oppmerksomhet",
    "PreparatType",
    "ProdGruppe",
    "Reaksjon",
    "Reason",
    "RefHjemmel",
    "RefKode",
    "Reseptgruppe",
    "RoleToPatient",
    "Sannsynlighet",
    "Sex",
    "Spesialitet",
    "Tidsenhet",
    "Tidsomrade",
    "Type",
    "TypeHealthcareProfessional",
    "TypeId",
    "TypeTelecom",
    "Varegruppekode",
};

}  // namespace

void for_each_coded_element(
    const DocumentTree& tree, const std::function<void(Element element)>& take
) {
    for (const std::string_view name : coded_elements) {
        for (const Element element : tree.all(name)) take(element);
    }
}

}  // namespace sfmkit::verifier
