#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

#include <string>
#include <string_view>

/// Bodies of messages, each in its own namespace. The namespaces and the elements that carry ids
/// are those of the official examples; what no example shows is left out.
namespace sfmkit::client {

struct MessageParties;
struct Order;
struct Patient;
struct Prescription;
struct PrescriptionInfo;
struct ReimbursementApplication;

std::string prescription_body(const Order& order, const PrescriptionInfo& info);
/// renewed_by: ReseptId of the prescription that takes over, or empty.
std::string recall_body(const Prescription& prescription, std::string_view renewed_by);
std::string recall_receipt_body(const Prescription& prescription);
std::string deleted_in_register_body(LocalTime time);
std::string prescriptions_asked_body(const Patient& patient);
/// The prescriptions in the register as they stood at that time.
std::string prescriptions_listed_body(const Patient& patient, LocalTime time);
std::string dispensings_asked_body(const Prescription& prescription);
std::string dispensings_listed_body(const Prescription& prescription, LocalTime time);
std::string medicines_in_use_asked_body(const Patient& patient);
/// message_id, file: of the ERM251 that the register last got, or empty.
std::string medicines_in_use_listed_body(
    const Patient& patient, std::string_view message_id, std::string_view file
);
std::string medicines_in_use_body(const MessageParties& parties, LocalTime time);
std::string multidose_registration_body(LocalTime time);
std::string multidose_receipt_body(const MessageParties& parties);
std::string reimbursement_asked_body(const ReimbursementApplication& application);
std::string reimbursement_decided_body(const ReimbursementApplication& application);
std::string exemption_decided_body(const Prescription& prescription);

}  // namespace sfmkit::client
