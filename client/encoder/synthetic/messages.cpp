#include "client/encoder/synthetic/messages.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/message_bodies.hpp"
#include "client/encoder/synthetic/message_book.hpp"
#include "client/encoder/synthetic/patient.hpp"

namespace sfmkit::client {
namespace {

/// One version of a prescription, with all that its messages need.
struct Event {
    const Treatment& treatment;
    const Prescription& prescription;
    const PrescriptionVersion& version;
    std::string_view renewed_by;  ///< ReseptId of the prescription that takes over
};

std::string body_of(const Event& event) {
    const PrescriptionInfo& info = event.prescription.info_of(event.version);
    return prescription_body(event.treatment.order, info);
}

void add_dispensings(MessageBook& book, const Event& event) {
    const User& doctor = *event.prescription.user;
    const auto asked = book.add(
        MessageKind::dispensings_asked,
        doctor,
        event.version.time,
        dispensings_asked_body(event.prescription)
    );
    const auto told = book.answer(
        MessageKind::dispensings_listed,
        doctor,
        asked,
        dispensings_listed_body(event.prescription, event.version.time)
    );
    book.relate(told, event.prescription.id);
}

void add_recall(MessageBook& book, const Event& event) {
    const User& doctor = *event.prescription.user;
    const auto recall = book.add(
        MessageKind::recall,
        doctor,
        event.version.time,
        recall_body(event.prescription, event.renewed_by)
    );
    book.answer(
        MessageKind::recall_receipt, doctor, recall, recall_receipt_body(event.prescription)
    );
}

void add_exemption(MessageBook& book, const Event& event) {
    const LocalTime decided = event.version.time + std::chrono::hours(20);
    const auto decision = book.add(
        MessageKind::exemption_decided,
        *event.prescription.user,
        decided,
        exemption_decided_body(event.prescription)
    );
    book.relate(decision, event.prescription.id);
}

void add_event(MessageBook& book, const Event& event) {
    const Prescription& prescription = event.prescription;
    const User& doctor = *prescription.user;
    const LocalTime time = event.version.time;
    switch (event.version.step->event) {
        case StepEvent::none:
            return;
        case StepEvent::issued: {
            const auto sent = book.add(
                MessageKind::prescription, doctor, time, body_of(event), prescription.register_id
            );
            book.acknowledge(doctor, sent);
            if (event.treatment.order.needs_exemption) add_exemption(book, event);
            return;
        }
        case StepEvent::failed: {
            const auto unsent = book.add(
                MessageKind::prescription, doctor, time, body_of(event), prescription.register_id
            );
            book.mark_failed(unsent);
            return;
        }
        case StepEvent::imported:
            book.add_imported(
                prescription.prescriber,
                doctor,
                time,
                body_of(event),
                prescription.register_id,
                prescription.info_of(event.version).id
            );
            return;
        case StepEvent::recalled:
            add_recall(book, event);
            return;
        case StepEvent::dispensed:
            add_dispensings(book, event);
            return;
        case StepEvent::removed: {
            const auto notice = book.add(
                MessageKind::deleted_in_register, doctor, time, deleted_in_register_body(time)
            );
            book.acknowledge(doctor, notice);
            return;
        }
    }
}

void add_treatment(MessageBook& book, const Treatment& treatment) {
    std::string_view renewed_by;
    // From the last one on, so that a recall can name the prescription that takes over.
    for (std::size_t i = treatment.prescriptions.size(); i-- > 0;) {
        const Prescription& prescription = treatment.prescriptions[i];
        for (const PrescriptionVersion& version : prescription.versions) {
            add_event(book, {treatment, prescription, version, renewed_by});
        }
        renewed_by = prescription.register_id;
    }
}

/// MsgId of the list of medicines that the register last got; empty when there is none.
std::string_view last_list_before(const Patient& patient, LocalTime time) {
    std::string_view message_id;
    for (const Review& review : patient.reviews) {
        if (review.time < time) message_id = review.message_id;
    }
    return message_id;
}

// What a doctor asks the register before prescribing: the prescriptions and the medicines in use.
void add_visit(MessageBook& book, const Patient& patient, LocalTime time) {
    const User& doctor = *patient.doctor;
    const auto prescriptions =
        book.add(MessageKind::prescriptions_asked, doctor, time, prescriptions_asked_body(patient));
    const std::vector<std::string> files = book.prescription_files();
    book.answer(
        MessageKind::prescriptions_listed,
        doctor,
        prescriptions,
        prescriptions_listed_body(patient, time),
        files
    );
    const auto medicines = book.add(
        MessageKind::medicines_in_use_asked, doctor, time, medicines_in_use_asked_body(patient)
    );
    const std::string_view list = last_list_before(patient, time);
    book.answer(
        MessageKind::medicines_in_use_listed,
        doctor,
        medicines,
        medicines_in_use_listed_body(patient, list, book.content_of(list))
    );
}

// The list of medicines that goes to the register after a review.
void add_review(
    MessageBook& book,
    const Organisation& organisation,
    const Patient& patient,
    const Review& review
) {
    const User& doctor = *review.doctor;
    const MessageParties parties{
        .organisation = organisation,
        .patient = patient,
        .doctor = doctor,
        .outside_prescriber = nullptr
    };
    const auto list = book.add(
        MessageKind::medicines_in_use,
        doctor,
        review.time,
        medicines_in_use_body(parties, review.time),
        review.message_id
    );
    book.acknowledge(doctor, list);
}

void add_multidose(
    MessageBook& book, const Organisation& organisation, const Patient& patient, LocalTime time
) {
    const User& doctor = *patient.doctor;
    const MessageParties parties{
        .organisation = organisation,
        .patient = patient,
        .doctor = doctor,
        .outside_prescriber = nullptr
    };
    const auto registration = book.add(
        MessageKind::multidose_registration, doctor, time, multidose_registration_body(time)
    );
    book.answer(
        MessageKind::multidose_receipt, doctor, registration, multidose_receipt_body(parties)
    );
}

void add_application(MessageBook& book, const ReimbursementApplication& application) {
    if (application.is_draft()) return;
    const User& doctor = *application.doctor;
    const auto asked = book.add(
        MessageKind::reimbursement_asked,
        doctor,
        application.time,
        reimbursement_asked_body(application),
        application.message_id
    );
    if (!application.is_answered) return;
    book.answer(
        MessageKind::reimbursement_decided, doctor, asked, reimbursement_decided_body(application)
    );
}

}  // namespace

std::vector<Message> draw_messages(
    Dice& dice, const Organisation& organisation, const Patient& patient
) {
    MessageBook book(dice, organisation, patient);
    for (const Treatment& treatment : patient.treatments) add_treatment(book, treatment);
    for (const Review& review : patient.reviews) add_review(book, organisation, patient, review);
    if (patient.multidose_since) {
        add_multidose(book, organisation, patient, *patient.multidose_since);
    }
    if (patient.application) add_application(book, *patient.application);
    for (const LocalTime visit : patient.visits) add_visit(book, patient, visit);
    return book.take();
}

}  // namespace sfmkit::client
