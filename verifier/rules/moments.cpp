#include "verifier/rules/moments.hpp"

namespace sfmkit::verifier {
namespace {

using enum MomentKind;

struct MomentName {
    std::string_view name;
    MomentKind kind;
    std::string_view attribute = {};  ///< that holds it; empty: the text does
};

// By the schema. What may lie ahead is so in the official examples or by its meaning.
constexpr MomentName moment_names[] = {
    {"Created", event},
    {"Dato", event},
    {"DatoInrKontroll", event},
    {"DatoOppstart", event},
    {"DatoOpprettet", event},
    {"Forskrivningsdato", event},
    {"GenDate", event},
    {"MottattTidspunkt", event},
    {"RegisteringsDato", event},
    {"Sendt", event},
    {"SistOppdatert", event},
    {"SistOppdatertDato", event},
    {"Tidspunkt", event},
    {"Vedtaksdato", event},
    {"EEAGyldighetFra", edition},
    {"GyldigFraDato", edition},
    {"OppdatertFest", edition},
    {"DatoDosekontroll", plan},
    {"DatoNesteInrKontroll", plan},
    {"DatoNestePlanlagt", plan},
    {"EEAGyldighet", plan},
    {"ForskrivesTilDato", plan},
    {"GyldigTil", plan},
    {"GyldigTilDato", plan},
    {"Sluttidspunkt", plan, "V"},
    {"Starttidspunkt", plan, "V"},
    {"TidligsteUtlevering", plan},
    {"UtleveresTilDato", plan},
    {"Utloper", plan},
    {"DateOfBirth", birth},
};

/// A treatment may be stopped from a day on.
MomentKind kind_of(const MomentName& row, Element element) {
    return row.name == "Tidspunkt" && element.parent().name() == "Seponering" ? plan : row.kind;
}

}  // namespace

void for_each_moment(
    const DocumentTree& tree, const std::function<void(const Moment& moment)>& take
) {
    for (const MomentName& row : moment_names) {
        for (const Element element : tree.all(row.name)) {
            const std::string_view text =
                row.attribute.empty() ? element.text() : element.attribute(row.attribute);
            const auto time = local_time_in(text);
            if (!time) continue;
            take(
                {.element = element,
                 .text = text,
                 .kind = kind_of(row, element),
                 .time = *time,
                 .form = time_form_of(text)}
            );
        }
    }
}

}  // namespace sfmkit::verifier
