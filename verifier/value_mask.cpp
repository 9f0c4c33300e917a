#include "verifier/value_mask.hpp"

#include "platform/printable.hpp"
#include "verifier/known_names.hpp"
#include "verifier/value_shape.hpp"
#include "wire/sfm_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view message_head = "http://www.kith.no/xmlstds/msghead/2006-05-24";
constexpr std::string_view application_receipt = "http://www.kith.no/xmlstds/apprec/2004-11-21";
constexpr std::string_view schema_instance = "http://www.w3.org/2001/XMLSchema-instance";
/// More of one value is never looked at or shown.
constexpr std::size_t longest_value = 400;

using Shapes = std::map<std::string_view, ValueShape>;

/// Elements of the export format whose text is about no person, wherever they stand but in an
/// element of the list below. DateOfBirth and Alder are left out on purpose.
const Shapes& export_shapes() {
    static const Shapes shapes = [] {
        constexpr std::array<std::string_view, 31> guids = {
            "Id",
            "ParentId",
            "MsgId",
            "GruppeId",
            "PrescriptionId",
            "RefForrigePrescription",
            "PrescriptionVersionId",
            "RefForrigePrescriptionVersion",
            "ForskrivningsInfoId",
            "ReseptId",
            "BrukerId",
            "InstitusjonId",
            "InstitusjonsId",
            "PasientId",
            "LegeBrukerId",
            "DokumentId",
            "MalId",
            "LibId",
            "LibId1",
            "LibId2",
            "FestInteraksjonsId",
            "M251MessageId",
            "M251DokumentId",
            "M2MeldingsId",
            "M12MeldingsId",
            "CAVEId",
            "PreparationId",
            "FreeetextMedicationId",
            "FreeTextMedicationId",
            "LegemiddelId",
            "VirkestoffId",
        };
        constexpr std::array<std::string_view, 29> moments = {
            "Dato",
            "DatoOppstart",
            "SistOppdatertDato",
            "Forskrivningsdato",
            "Utloper",
            "TidligsteUtlevering",
            "OppdatertFest",
            "DatoInrKontroll",
            "DatoNesteInrKontroll",
            "DatoDosekontroll",
            "DatoNestePlanlagt",
            "Vedtaksdato",
            "GyldigTil",
            "Sendt",
            "Tidspunkt",
            "GenDate",
            "RegisteringsDato",
            "MottattTidspunkt",
            "Created",
            "DatoOpprettet",
            "SistOppdatert",
            "GyldigFraDato",
            "GyldigTilDato",
            "ForskrivesTilDato",
            "UtleveresTilDato",
            "EEAGyldighet",
            "EEAGyldighetFra",
            "Klokkeslett",
            "IssueDate",
        };
        constexpr std::array<std::string_view, 29> booleans = {
            "Korrespondance",
            "HeadOfHistory",
            "Discarded",
            "Aktiv",
            "IsDefault",
            "EkskluderPasient",
            "SoknadKladd",
            "Vernepliktig",
            "SoktIndividRefusjon",
            "Frikort",
            "Vergeinnsynsreservasjon",
            "TilEgenPraksis",
            "UtskrevetSykehus",
            "LastResept",
            "ConfirmedIsNotFertile",
            "HjelpestoffReaksjon",
            "Innaktiv",
            "Avkreftet",
            "IkkeOppgitt",
            "Ukjent",
            "IngenKombinasjon",
            "AdmEtterSkjema",
            "GisEksakt",
            "TillattMerMakspris",
            "DirektesoknadSlv",
            "LokalKjent",
            "InVib",
            "BrukICPC",
            "HarForskrivningsrett",
        };
        constexpr std::array<std::string_view, 10> numbers = {
            "OvreGrense",
            "NedreGrense",
            "Inr",
            "InrMinimum",
            "InrMaximum",
            "Reiterasjon",
            "Antall",
            "DagerPa",
            "DagerAv",
            "AntPerPakning",
        };
        constexpr std::array<std::string_view, 12> words = {
            "State",
            "ItemSource",
            "RfStatus",
            "RfSendStatus",
            "Kladd",
            "TypeOppdatering",
            "TypeGodkjenning",
            "LegemiddelType",
            "DeliveryMode",
            "ForskrivningsrettAB",
            "Brukertype",
            "ForskrivningsType",
        };
        constexpr std::array<std::string_view, 3> codes = {"Varenr", "Nr", "ProduktNr"};
        constexpr std::array<std::string_view, 2> files = {"MeldingsFil", "RapportFil"};
        Shapes all;
        const auto add = [&all](const auto& names, ValueShape shape) {
            for (const std::string_view name : names) all.emplace(name, shape);
        };
        add(guids, ValueShape::guid);
        add(moments, ValueShape::moment);
        add(booleans, ValueShape::boolean);
        add(numbers, ValueShape::number);
        add(words, ValueShape::word);
        add(codes, ValueShape::code);
        add(files, ValueShape::file);
        return all;
    }();
    return shapes;
}

/// Elements that are about a person or a place, with all they hold.
constexpr std::array<std::string_view, 13> closed_elements = {
    "DemografiskInfo",
    "Fastlege",
    "MultidoseAnsvarligLege",
    "PLOInformasjon",
    "Helseperson",
    "Ident",
    "Address",
    "Adresse",
    "TeleCom",
    "HerId",
    "HprId",
    "EkspAnm",
    "Organisasjon",
};

/// What may be seen in them all the same, as parent and child.
constexpr std::array<std::string_view, 10> open_paths = {
    "Ident/TypeId",
    "HerId/TypeId",
    "HprId/TypeId",
    "TeleCom/TypeTelecom",
    "Helseperson/Id",
    "Helseperson/Aktiv",
    "Helseperson/BrukICPC",
    "Helseperson/Brukertype",
    "Helseperson/HarForskrivningsrett",
    "Helseperson/ForskrivningsrettAB",
};

/// Heads of messages: what says which message it is.
const Shapes& message_shapes() {
    static const Shapes shapes = {
        {"MIGversion", ValueShape::version},
        {"GenDate", ValueShape::moment},
        {"IssueDate", ValueShape::moment},
        {"MsgId", ValueShape::guid},
        {"RefToParent", ValueShape::guid},
        {"RefToConversation", ValueShape::guid},
        {"Id", ValueShape::guid},
    };
    return shapes;
}
constexpr std::array<std::string_view, 6> message_codes = {
    "Ident/TypeId",
    "MsgInfo/Type",
    "RefDoc/MsgType",
    "AppRec/MsgType",
    "OriginalMsgId/MsgType",
    "AppRec/Status",
};

bool is_public_space(std::string_view space) {
    constexpr std::array<std::string_view, 6> known = {
        "http://www.kith.no/xmlstds/",
        "http://www.ehelse.no/xmlstds/",
        "http://www.w3.org/",
        "http://schemas.openxmlformats.org/",
        "http://schemas.microsoft.com/xps/",
        "http://schemas.openxps.org/",
    };
    return std::ranges::any_of(known, [&](std::string_view begin) {
        return space.starts_with(begin);
    });
}

/// A name out of a schema, as far as its letters tell.
bool is_plain_name(std::string_view name) {
    constexpr std::size_t longest = 64;
    return name.size() <= longest && longest_digit_run(name) <= 6 &&
           std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
           });
}

std::string shown_name(std::string_view space, std::string_view name) {
    const bool is_public = is_public_space(space) && is_plain_name(name);
    return std::string(is_public ? name : known_name(name));
}

std::string_view trimmed(std::string_view value) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = value.find_first_not_of(blanks);
    if (first == value.npos) return {};
    return value.substr(first, value.find_last_not_of(blanks) - first + 1);
}

/// Nothing is masked in nothing: an empty value is worth seeing.
std::string masked_unless(std::string_view value, std::optional<ValueShape> shape) {
    const std::string_view inner = trimmed(value);
    if (inner.empty()) return {};
    const bool harmless = shape && has_shape(inner, *shape);
    return std::string(harmless ? inner : masked_value);
}

std::optional<ValueShape> find(const Shapes& shapes, std::string_view name) {
    const auto found = shapes.find(name);
    return found == shapes.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

void ValueMask::enter(std::string_view space, std::string_view name) {
    const bool was_closed = !steps_.empty() && steps_.back().closed;
    const bool closes = std::ranges::find(closed_elements, name) != closed_elements.end();
    steps_.push_back(
        {.space = std::string(space), .name = std::string(name), .closed = was_closed || closes}
    );
}

void ValueMask::leave() {
    steps_.pop_back();
}

std::string_view ValueMask::name_of(std::size_t levels_up) const noexcept {
    if (levels_up >= steps_.size()) return {};
    return steps_[steps_.size() - 1 - levels_up].name;
}

std::string ValueMask::element_name() const {
    const Step& step = steps_.back();
    return masks() ? shown_name(step.space, step.name) : step.name;
}

std::string ValueMask::namespace_name() const {
    constexpr std::size_t longest = 120;
    const std::string& space = steps_.back().space;
    const bool harmless = space.empty() || (is_public_space(space) && space.size() <= longest &&
                                            longest_digit_run(space) <= 6);
    return masks() && !harmless ? std::string(masked_value)
                                : platform::printable(space, longest_value);
}

std::string ValueMask::text(std::string_view value) const {
    if (!masks()) return platform::printable(trimmed(value), longest_value);
    const Step& step = steps_.back();
    if (step.space == message_head || step.space == application_receipt) {
        return masked_unless(value, find(message_shapes(), step.name));
    }
    if (step.space != wire::sfm::export_namespace) return masked_unless(value, std::nullopt);
    const std::string path = std::string(name_of(1)) + '/' + step.name;
    const bool open = !step.closed || std::ranges::find(open_paths, path) != open_paths.end();
    return masked_unless(value, open ? find(export_shapes(), step.name) : std::nullopt);
}

std::string ValueMask::attribute_name(std::string_view space, std::string_view name) const {
    if (!masks()) return std::string(name);
    return shown_name(space.empty() ? std::string_view(steps_.back().space) : space, name);
}

std::string ValueMask::attribute(
    std::string_view space, std::string_view name, std::string_view value
) const {
    if (!masks()) return platform::printable(value, longest_value);
    if (space == schema_instance && name == "nil") return masked_unless(value, ValueShape::boolean);
    if (!space.empty()) return masked_unless(value, std::nullopt);
    const Step& step = steps_.back();
    const std::string path = std::string(name_of(1)) + '/' + step.name;
    bool open = false;
    if (step.space == wire::sfm::export_namespace) {
        open = !step.closed || std::ranges::find(open_paths, path) != open_paths.end();
    } else if (step.space == message_head || step.space == application_receipt) {
        open = std::ranges::find(message_codes, path) != message_codes.end();
    }
    if (!open) return masked_unless(value, std::nullopt);
    if (name == "S") return masked_unless(value, ValueShape::oid);
    if (name == "U") return masked_unless(value, ValueShape::code);
    if (name != "V") return masked_unless(value, std::nullopt);
    const bool is_moment = has_shape(value, ValueShape::moment);
    return masked_unless(value, is_moment ? ValueShape::moment : ValueShape::code);
}

std::string ValueMask::remark(std::string_view value) const {
    return masks() ? masked_unless(value, std::nullopt)
                   : platform::printable(trimmed(value), longest_value);
}

std::string masked_entry_name(std::string_view name, PersonalData personal) {
    std::string shown = platform::printable(name);
    constexpr std::size_t identity_digits = 11;
    const bool is_guid_file = has_shape(name, ValueShape::file);
    if (personal == PersonalData::shown || is_guid_file) return shown;
    return longest_digit_run(shown) >= identity_digits ? std::string(masked_value) : shown;
}

}  // namespace sfmkit::verifier
