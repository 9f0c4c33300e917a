#pragma once

#include "verifier/markup_places.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sfmkit::verifier {

/// Something about a document that a rule judges, and where it stands.
struct XmlProblem {
    enum class Kind : std::uint8_t {
        not_well_formed,
        document_type,  ///< a DOCTYPE
        entity,         ///< beside the five
        encoding,       ///< the bytes are not what the document declares
        limit,          ///< deeper or longer than we read
        // Not valid against the schema:
        missing_element,
        unexpected,  ///< an element or text that does not belong there, or once too often
        wrong_order,
        wrong_type,
        wrong_attribute,  ///< missing, not allowed, or with a wrong value
        // Valid, but not what the reference exporter writes:
        empty_name,
        no_preamble,  ///< no byte order mark, or no XML declaration
        nil,
        blanks,
        foreign_markup,
        wrong_guid
    };
    Kind kind = Kind::not_well_formed;
    /// Of the `<` of the tag that stands where the problem is; for what is not well-formed, how far
    /// the parser had read.
    TextPlace place = {};
    std::string xpath = {};
    std::string expected = {};
    std::string actual = {};
    std::string message = {};  ///< like all texts here without values of the document
    /// In one of the three ways of the 2021 edition of the schema.
    bool known_2021_gap = false;
};

inline constexpr std::size_t xml_problem_kinds =
    static_cast<std::size_t>(XmlProblem::Kind::wrong_guid) + 1;

/// The problems of one document in the order in which they were seen, so many of each kind.
class XmlProblems {
  public:
    explicit XmlProblems(std::uint64_t most_of_a_kind) : most_of_a_kind_(most_of_a_kind) {}

    /// False when no more of this kind are kept; the problem is only counted then. Asked before the
    /// texts are made: those of many problems would cost more than reading a hostile document.
    bool has_room(XmlProblem::Kind kind) {
        if (kept_[index(kind)] < most_of_a_kind_) return true;
        ++not_kept_;
        return false;
    }
    XmlProblem& add(XmlProblem problem) {
        ++kept_[index(problem.kind)];
        return all_.emplace_back(std::move(problem));
    }
    std::vector<XmlProblem>& all() noexcept { return all_; }
    const std::vector<XmlProblem>& all() const noexcept { return all_; }
    std::uint64_t not_kept() const noexcept { return not_kept_; }

  private:
    static std::size_t index(XmlProblem::Kind kind) { return static_cast<std::size_t>(kind); }

    std::uint64_t most_of_a_kind_;
    std::array<std::uint64_t, xml_problem_kinds> kept_{};
    std::vector<XmlProblem> all_;
    std::uint64_t not_kept_ = 0;
};

}  // namespace sfmkit::verifier
