#include "verifier/content_judge.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <utility>

namespace sfmkit::verifier {
namespace {

constexpr auto whole_document = "rules that need a whole document";

/// The rule that tells why nobody can read the document as a whole; empty when it can be read.
std::string_view obstacle_in(const XmlDocument& document, DocumentKind of) {
    using enum XmlProblem::Kind;
    if (of == DocumentKind::message && document.has(document_type)) return "MSG-23";
    for (const auto kind : {not_well_formed, document_type, entity, limit}) {
        if (document.has(kind)) return "XML-01";
    }
    return document.has(encoding) ? "XML-02" : "";
}

bool has_right_root(const XmlDocument& document, DocumentKind kind) {
    const std::string_view root =
        kind == DocumentKind::patient ? wire::sfm::patient_root : wire::sfm::organisation_root;
    return kind == DocumentKind::message ||
           (document.root_name == root && document.root_namespace == wire::sfm::export_namespace);
}

}  // namespace

ContentJudge::ContentJudge(
    const VerifyOptions& options,
    const ExportSurroundings& surroundings,
    findings::Judge& judge,
    std::string file
)
    : options_(options), surroundings_(surroundings), judge_(judge), file_(std::move(file)) {}

std::optional<DocumentTree> ContentJudge::tree_of(
    const XmlDocument& document, DocumentKind kind, std::optional<WholeDocument> whole
) {
    const std::string_view obstacle =
        has_right_root(document, kind) ? obstacle_in(document, kind) : std::string_view("XML-03");
    if (!obstacle.empty()) {
        judge_.superseded(whole_document, "the document cannot be read", file_, obstacle);
        return std::nullopt;
    }
    std::string reason;
    if (!whole) {
        reason = fmt::format(
            "it is larger than {} bytes (--max-xml); XML-01 to XML-10 saw it stream by",
            options_.limits.tree_bytes
        );
    } else if (document.elements > options_.limits.tree_elements) {
        reason = fmt::format("it has more than {} elements", options_.limits.tree_elements);
    } else if (whole->elements != nullptr) {
        return DocumentTree::of(std::move(whole->text), std::move(whole->elements));
    } else if (auto tree = DocumentTree::read(std::move(whole->text))) {
        return tree;
    } else {
        reason = "documents in its encoding are not read as a whole";
    }
    judge_.not_checked(whole_document, reason, file_);
    return std::nullopt;
}

void ContentJudge::take(
    const XmlDocument& document,
    DocumentKind kind,
    const std::string& entry,
    std::optional<WholeDocument> whole
) {
    auto tree = tree_of(document, kind, std::move(whole));
    if (kind == DocumentKind::message) {
        messages_.push_back(
            tree ? message_facts_of(*tree, entry, document.root_namespace)
                 : MessageFacts{.entry = entry}
        );
    } else if (tree && !main_) {
        main_ = std::move(tree);
        main_kind_ = kind;
        main_entry_ = entry;
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
        .profile = options_.profile,
        .production = options_.production,
    };
    const auto tell_missing = [&](bool findings::Rule::* what, const char* reason) {
        const std::string ids = rules_that_need(options_.rules, what);
        // All files of the run lack it alike.
        if (!ids.empty()) judge_.not_checked(ids, reason, {});
    };
    if (facts.organisation == nullptr) {
        tell_missing(&findings::Rule::needs_organisation, "they need the organisation file");
    }
    if (facts.folder == nullptr && main_kind_ == DocumentKind::organisation) {
        tell_missing(&findings::Rule::needs_folder, "they need the whole export");
    }
    judge_.run_families(options_.rules.content, facts, file_);
    identifiers_ = identifiers_of(facts, surroundings_.codes);
}

}  // namespace sfmkit::verifier
