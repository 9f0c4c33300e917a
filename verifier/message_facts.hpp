#pragma once

#include "findings/finding.hpp"
#include "verifier/document_tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

inline constexpr std::string_view message_head_root = "MsgHead";
inline constexpr std::string_view message_head_namespace =
    "http://www.kith.no/xmlstds/msghead/2006-05-24";
/// An application receipt; its type in Meldinger is the same word.
inline constexpr std::string_view receipt_root = "AppRec";
inline constexpr std::string_view receipt_namespace =
    "http://www.kith.no/xmlstds/apprec/2004-11-21";

/// What the rules need to know of one message file; its tree is gone when they judge. Texts are
/// trimmed, and empty where the message does not say it.
struct MessageFacts {
    enum class Form {
        other,  ///< not read, or another document: all below is empty
        head,   ///< MsgHead
        receipt
    };
    struct Value {
        std::string text = {};
        findings::Place place = {};
    };
    /// Somebody who is named as the patient, by one or more numbers.
    struct Patient {
        std::vector<std::string> numbers = {};
        findings::Place place = {};
    };

    std::string entry = {};
    bool read = false;  ///< well-formed and small enough to be looked at; all else is empty if not
    Form form = Form::other;
    Value head = {};                    ///< the type: MsgInfo/Type/@V, or `AppRec`; place of both
    std::string message_id = {};        ///< MsgInfo/MsgId, or AppRec/Id
    std::string time = {};              ///< GenDate as written
    std::vector<Value> refers_to = {};  ///< MsgIds: RefToParent, RefToConversation, OriginalMsgId
    std::vector<std::string> senders = {};  ///< HER ids
    std::vector<std::string> receivers = {};
    std::vector<Patient> patients = {};  ///< in the head, and in the body of M9.5, M9.11 and M9.12
    bool is_signed = false;              ///< carries a signature; nobody verified it

    const std::string& type() const noexcept { return head.text; }
};

/// Reads the facts from a message.
MessageFacts message_facts_of(
    const DocumentTree& tree, std::string entry, std::string_view root_namespace
);

}  // namespace sfmkit::verifier
