#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sfmkit::client {

/// Kinds of messages between a practice and the prescription register (Reseptformidleren).
enum class MessageKind : std::uint8_t {
    prescription,             ///< ERM1
    recall,                   ///< ERM5
    recall_receipt,           ///< ERM52
    deleted_in_register,      ///< ERM7
    prescriptions_asked,      ///< ERM95
    prescriptions_listed,     ///< ERM96
    dispensings_asked,        ///< ERM97
    dispensings_listed,       ///< ERM98
    medicines_in_use_asked,   ///< ERM911
    medicines_in_use_listed,  ///< ERM912
    medicines_in_use,         ///< ERM251
    multidose_registration,   ///< ERM271
    multidose_receipt,        ///< ERM272
    reimbursement_asked,      ///< ERM2, of Helfo
    reimbursement_decided,    ///< ERM12
    exemption_decided,        ///< ERM62: a medicine without marketing authorisation may be given
    acknowledgement           ///< AppRec
};

struct MessageType {
    MessageKind kind;
    std::string_view code;        ///< Type/V
    std::string_view name;        ///< Type/DN in Meldinger
    std::string_view inner_name;  ///< Type/DN inside the message
    std::string_view body;        ///< root of the body; empty for AppRec
    std::string_view body_namespace;
    bool sent = false;           ///< by the practice; otherwise received
    bool names_patient = false;  ///< the head carries the patient
};

const MessageType& type_of(MessageKind kind);
std::span<const MessageType> message_types();

namespace message_names {
inline constexpr std::string_view head_namespace = "http://www.kith.no/xmlstds/msghead/2006-05-24";
inline constexpr std::string_view head_version = "v1.2 2006-05-24";
inline constexpr std::string_view acknowledgement_namespace =
    "http://www.kith.no/xmlstds/apprec/2004-11-21";
inline constexpr std::string_view acknowledgement_version = "1.0 2004-11-21";
inline constexpr std::string_view prescribing_namespace =
    "http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08";
inline constexpr std::string_view base64_namespace = "http://www.kith.no/xmlstds/base64container";
inline constexpr std::string_view common_namespace = "http://www.kith.no/xmlstds/felleskomponent1";
inline constexpr std::string_view multidose_namespace =
    "http://www.kith.no/xmlstds/eresept/m274/2012-06-11";
inline constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";
}  // namespace message_names

}  // namespace sfmkit::client
