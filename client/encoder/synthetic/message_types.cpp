#include "client/encoder/synthetic/message_types.hpp"

#include "platform/assert.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

// Names and namespaces as the two official examples have them.
constexpr std::array<MessageType, 14> types{{
    {MessageKind::prescription,
     "ERM1",
     "Resept",
     "Resept",
     "Resept",
     "http://www.kith.no/xmlstds/eresept/m1/2013-10-08",
     true,
     true},
    {MessageKind::recall,
     "ERM5",
     "Tilbakekalling av resept",
     "Tilbakekalling av resept",
     "Tilbakekalling",
     "http://www.kith.no/xmlstds/eresept/m5/2013-04-16",
     true,
     true},
    {MessageKind::recall_receipt,
     "ERM52",
     "Kvittering på tilbakekalling av resept",
     "Kvittering på tilbakekalling av resept",
     "KvitteringTilbakekalling",
     "http://www.kith.no/xmlstds/eresept/m52/2013-12-01",
     false,
     false},
    {MessageKind::deleted_in_register,
     "ERM7",
     "Slettet resept i RF",
     "Slettet resept i RF",
     "SlettetReseptRF",
     "http://www.kith.no/xmlstds/eresept/m7/2008-05-01",
     false,
     false},
    {MessageKind::prescriptions_asked,
     "ERM95",
     "Forespørsel om tilgjengelige resepter på pasient (rekvirent)",
     "Forespørsel om tilgjengelige resepter på pasient (rekvirent)",
     "M95",
     "http://www.ehelse.no/xmlstds/eresept/m95/2018-07-01",
     true,
     false},
    {MessageKind::prescriptions_listed,
     "ERM96",
     "Forespørsel om tilgjengelige resepter på pasient (rekvirent)",
     "Reseptliste (rekvirent)",
     "M96",
     "http://www.ehelse.no/xmlstds/eresept/m96/2018-07-01",
     false,
     false},
    {MessageKind::dispensings_asked,
     "ERM97",
     "Forespørsel om utleveringer på resept",
     "Forespørsel om utleveringer på resept",
     "M97",
     "http://www.ehelse.no/xmlstds/eresept/m97/2018-07-01",
     true,
     false},
    {MessageKind::dispensings_listed,
     "ERM98",
     "Utleveringer på resept",
     "Utleveringsrapportliste rekvirent",
     "M98",
     "http://www.ehelse.no/xmlstds/eresept/m98/2018-07-01",
     false,
     false},
    {MessageKind::medicines_in_use_asked,
     "ERM911",
     "Forespørsel om varer i bruk",
     "Forespørsel om varer i bruk",
     "M911",
     "http://www.ehelse.no/xmlstds/eresept/m911/2018-07-01",
     true,
     false},
    {MessageKind::medicines_in_use_listed,
     "ERM912",
     "Nedlasting av varer i bruk",
     "Nedlasting av varer i bruk",
     "M912",
     "http://www.ehelse.no/xmlstds/eresept/m912/2018-07-01",
     false,
     false},
    {MessageKind::medicines_in_use,
     "ERM251",
     "Varer i bruk",
     "Varer i bruk",
     "LegemidlerIBruk",
     "http://www.kith.no/xmlstds/eresept/m251/2013-10-08",
     true,
     true},
    {MessageKind::multidose_registration,
     "ERM271",
     "Registrering av multidoseansvarlig.",
     "Registrering av multidoseansvarlig.",
     "M271",
     "http://www.kith.no/xmlstds/eresept/m271/2013-04-16",
     true,
     true},
    {MessageKind::multidose_receipt,
     "ERM272",
     "Svar på registrering av multidoseansvarlig",
     "Svar på registrering av multidoseansvarlig",
     "M272",
     "http://www.kith.no/xmlstds/eresept/m272/2013-04-16",
     false,
     false},
    {MessageKind::acknowledgement, "AppRec", "Ukjent", "", "", "", false, false},
}};

}  // namespace

const MessageType& type_of(MessageKind kind) {
    const auto found = std::ranges::find(types, kind, &MessageType::kind);
    SFM_ASSERT(found != types.end());
    return *found;
}

std::span<const MessageType> message_types() {
    return types;
}

}  // namespace sfmkit::client
