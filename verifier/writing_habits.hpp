#pragma once

#include "verifier/element_path.hpp"
#include "verifier/xml_problem.hpp"
#include "verifier/xml_tag.hpp"

#include <string>
#include <string_view>

namespace sfmkit::verifier {

/// Whether there may be something to say of a tag or of the text of a leaf, in no time: whoever
/// hears yes has to let WritingHabits look.
bool is_unusual(const StartTag& tag) noexcept;
bool is_unusual(
    std::string_view parent, const ContentOutline::Element& leaf, std::string_view text
) noexcept;

/// How a document of the format begins, as a problem where it is not like the reference's.
void tell_preamble(XmlProblems& problems, bool byte_order_mark, bool declaration);

/// Looks, while a document of the format is parsed, for what the schema lets pass and the reference
/// exporter never writes: rules XML-05 to XML-10. Texts of findings hold no values.
class WritingHabits {
  public:
    /// Path and problems must outlive it.
    WritingHabits(const ElementPath& path, XmlProblems& problems) noexcept
        : path_(path), problems_(problems) {}

    /// How the document begins, before its root.
    void preamble(bool byte_order_mark, bool declaration);
    /// After the path has entered the element; wrong: the schema says so of the tag.
    void start(const StartTag& tag, bool wrong);
    /// Before the path leaves an element without child elements, with its whole text.
    void end_of_leaf(std::string_view text);
    void comment(TextPlace place);
    void instruction(TextPlace place);

  private:
    void check_namespaces(const StartTag& tag);
    void check_attributes(const StartTag& tag);
    void check_identifier(std::string_view text);
    void report(
        XmlProblem::Kind kind, std::string_view attribute, std::string expected, std::string actual
    );
    void report_markup(TextPlace place, std::string actual);

    const ElementPath& path_;
    XmlProblems& problems_;
    bool nil_ = false;  ///< the element at hand says xsi:nil
};

}  // namespace sfmkit::verifier
