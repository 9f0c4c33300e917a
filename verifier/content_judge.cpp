#include "verifier/content_judge.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <utility>

namespace sfmkit::verifier {
namespace {

constexpr auto whole_document = "rules that need a whole document";

/// The rule that tells why nobody can read the document as a whole; empty when it can be read.
std::string_view obstacle_in(const XmlDocument& document) {
    using enum XmlProblem::Kind;
    for (const auto kind : {not_well_formed, document_type, limit}) {
        if (document.has(kind)) return "XML-01";
    }
    return document.has(encoding) ? "XML-02" : "";
}

}  // namespace

ContentJudge::ContentJudge(
    const VerifyOptions& options,
    const ExportSurroundings& surroundings,
    findings::Judge& judge,
    std::string file
)
    : options_(options), surroundings_(surroundings), judge_(judge), file_(std::move(file)) {}

void ContentJudge::begin(DocumentKind kind, std::string entry, std::uint64_t declared_bytes) {
    kind_ = kind;
    entry_ = std::move(entry);
    text_.clear();
    too_large_ = declared_bytes > options_.limits.tree_bytes;
}

void ContentJudge::feed(platform::Bytes bytes) {
    too_large_ = too_large_ || text_.size() + bytes.size() > options_.limits.tree_bytes;
    if (too_large_) {
        text_ = {};
    } else {
        text_ += platform::as_text(bytes);
    }
}

bool ContentJudge::has_right_root(const XmlDocument& document) const {
    const std::string_view root =
        kind_ == DocumentKind::patient ? wire::sfm::patient_root : wire::sfm::organisation_root;
    return kind_ == DocumentKind::message ||
           (document.root_name == root && document.root_namespace == wire::sfm::export_namespace);
}

std::optional<DocumentTree> ContentJudge::tree_of(const XmlDocument& document) {
    const std::string_view obstacle =
        has_right_root(document) ? obstacle_in(document) : std::string_view("XML-03");
    if (!obstacle.empty()) {
        judge_.superseded(whole_document, "the document cannot be read", file_, obstacle);
        return std::nullopt;
    }
    std::string reason;
    if (too_large_) {
        reason = fmt::format(
            "it is larger than {} bytes (--max-xml); XML-01 to XML-10 saw it stream by",
            options_.limits.tree_bytes
        );
    } else if (document.elements > options_.limits.tree_elements) {
        reason = fmt::format("it has more than {} elements", options_.limits.tree_elements);
    } else if (auto tree = DocumentTree::read(std::exchange(text_, {}))) {
        return tree;
    } else {
        reason = "documents in its encoding are not read as a whole";
    }
    judge_.not_checked(whole_document, reason, file_);
    return std::nullopt;
}

void ContentJudge::end(const XmlDocument& document) {
    auto tree = tree_of(document);
    if (kind_ == DocumentKind::message) {
        messages_.push_back(
            tree ? message_facts_of(*tree, entry_, document.root_namespace)
                 : MessageFacts{.entry = entry_}
        );
    } else if (tree && !main_) {
        main_ = std::move(tree);
        main_kind_ = kind_;
        main_entry_ = entry_;
    }
}

void ContentJudge::judge(const ZipDirectory& directory) {
    if (!main_) return;
    if (main_kind_ == DocumentKind::organisation) {
        index_ = std::make_shared<OrganisationIndex>(*main_);
    }
    const ContentFacts facts{
        .tree = &*main_,
        .kind = main_kind_,
        .file = file_,
        .entry = main_entry_,
        .directory = &directory,
        .messages = messages_,
        .organisation = index_ ? index_.get() : surroundings_.organisation,
        .folder = surroundings_.folder,
        .now = surroundings_.now,
        .production = options_.production,
    };
    if (facts.organisation == nullptr) {
        const std::string ids = rules_about_the_organisation(options_.rules);
        if (!ids.empty()) judge_.not_checked(ids, "they need the organisation file", file_);
    }
    judge_.run_families(options_.rules.content, facts, file_);
    identifiers_ = identifiers_of(facts);
}

}  // namespace sfmkit::verifier
