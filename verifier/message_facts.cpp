#include "verifier/message_facts.hpp"

#include <array>
#include <utility>

namespace sfmkit::verifier {
namespace {

/// Nobody has more numbers, and a hostile message may have a million.
constexpr std::size_t most_numbers = 8;

void add_number(std::vector<std::string>& numbers, Element number) {
    if (!number.text().empty() && numbers.size() < most_numbers) {
        numbers.emplace_back(number.text());
    }
}

void add_her_id(std::vector<std::string>& numbers, Element identified) {
    if (identified.child("TypeId").attribute("V") == "HER") {
        add_number(numbers, identified.child("Id"));
    }
}

/// Of the organisation, and of the departments inside it.
std::vector<std::string> her_ids_in_head(Element party) {
    std::vector<std::string> numbers;
    Element organisation = party.child("Organisation");
    for (int level = 0; organisation && level < 3; ++level) {
        for (const Element ident : Children(organisation, "Ident")) add_her_id(numbers, ident);
        organisation = organisation.child("Organisation");
    }
    return numbers;
}

std::vector<std::string> her_ids_in_receipt(Element party) {
    std::vector<std::string> numbers;
    add_her_id(numbers, party.at("HCP/Inst"));
    return numbers;
}

/// Looks at one message.
class Reading {
  public:
    Reading(const DocumentTree& tree, MessageFacts& facts) : tree_(tree), facts_(facts) {}

    void head() {
        const Element root = tree_.root();
        const Element info = root.child("MsgInfo");
        facts_.form = MessageFacts::Form::head;
        facts_.head = {std::string(info.at("Type").attribute("V")), place_of(info ? info : root)};
        facts_.message_id = info.child("MsgId").text();
        facts_.time = info.child("GenDate").text();
        refer_to(info.at("ConversationRef/RefToParent"));
        refer_to(info.at("ConversationRef/RefToConversation"));
        facts_.senders = her_ids_in_head(info.child("Sender"));
        facts_.receivers = her_ids_in_head(info.child("Receiver"));
        facts_.is_signed = static_cast<bool>(root.child("Signature"));
        patient_of_head(info.child("Patient"));
        patient_of_body(root.at("Document/RefDoc/Content").first_child());
    }

    void receipt() {
        const Element root = tree_.root();
        facts_.form = MessageFacts::Form::receipt;
        facts_.head = {std::string(receipt_root), place_of(root)};
        facts_.message_id = root.child("Id").text();
        facts_.time = root.child("GenDate").text();
        refer_to(root.at("OriginalMsgId/Id"));
        facts_.senders = her_ids_in_receipt(root.child("Sender"));
        facts_.receivers = her_ids_in_receipt(root.child("Receiver"));
    }

  private:
    findings::Place place_of(Element element) const {
        return tree_.place_of(element, facts_.entry);
    }

    /// A conversation mostly begins with the message that is answered: told once.
    void refer_to(Element reference) {
        const std::string text(reference.text());
        if (text.empty()) return;
        if (!facts_.refers_to.empty() && facts_.refers_to.back().text == text) return;
        facts_.refers_to.push_back({text, place_of(reference)});
    }

    void patient_of_head(Element patient) {
        std::vector<std::string> numbers;
        for (const Element ident : Children(patient, "Ident")) {
            add_number(numbers, ident.child("Id"));
        }
        if (!numbers.empty()) facts_.patients.push_back({std::move(numbers), place_of(patient)});
    }

    void patient_of_body(Element body) {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 3> bodies = {{
            {"M95", "Fnr"},
            {"M911", "Fnr"},
            {"M912", "Pasient/Fnr"},
        }};
        for (const auto& [name, path] : bodies) {
            const Element number = body.name() == name ? body.at(path) : Element();
            if (number.text().empty()) continue;
            facts_.patients.push_back({{std::string(number.text())}, place_of(number)});
        }
    }

    const DocumentTree& tree_;
    MessageFacts& facts_;
};

}  // namespace

MessageFacts message_facts_of(
    const DocumentTree& tree, std::string entry, std::string_view root_namespace
) {
    MessageFacts facts{.entry = std::move(entry), .read = true};
    const std::string_view root = tree.root().name();
    if (root == message_head_root && root_namespace == message_head_namespace) {
        Reading(tree, facts).head();
    }
    if (root == receipt_root && root_namespace == receipt_namespace) {
        Reading(tree, facts).receipt();
    }
    return facts;
}

}  // namespace sfmkit::verifier
