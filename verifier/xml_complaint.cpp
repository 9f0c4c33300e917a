#include "verifier/xml_complaint.hpp"

#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

struct Sentence {
    int code;
    std::string_view text;
};

constexpr std::array<Sentence, 22> sentences = {{
    {XML_ERR_DOCUMENT_EMPTY, "the document has no root element"},
    {XML_ERR_DOCUMENT_END, "the document ends or goes on where it must not"},
    {XML_ERR_INVALID_CHAR, "a character that XML does not allow"},
    {XML_ERR_INVALID_CHARREF, "a character reference to no character of XML"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "an & that begins no entity: write &amp;"},
    {XML_ERR_NAME_REQUIRED, "a < or & with no name behind it: write &lt; or &amp;"},
    {XML_ERR_UNDECLARED_ENTITY, "an entity beside the five of XML"},
    {XML_ERR_LT_IN_ATTRIBUTE, "a < in an attribute value: write &lt;"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "an attribute value without quotes"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "an attribute value without end"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute without value, or a < that begins no tag"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute stands twice in one tag"},
    {XML_ERR_COMMENT_NOT_FINISHED, "a comment without end"},
    {XML_ERR_CDATA_NOT_FINISHED, "a CDATA section without end"},
    {XML_ERR_MISPLACED_CDATA_END, "]]> in text: write ]]&gt;"},
    {XML_ERR_SPACE_REQUIRED, "two attributes without a blank between them"},
    {XML_ERR_LT_REQUIRED, "text where a tag must begin"},
    {XML_ERR_GT_REQUIRED, "a tag without its >"},
    {XML_ERR_TAG_NAME_MISMATCH, "an end tag that closes another element than the open one"},
    {XML_ERR_TAG_NOT_FINISHED, "the document ends inside an element"},
    {XML_ERR_NAME_TOO_LONG, "a name that is longer than libxml2 reads"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a prefix without namespace declaration"},
}};

}  // namespace

std::string_view sentence_for(int parser_error_code) noexcept {
    const auto* const known = std::ranges::find(sentences, parser_error_code, &Sentence::code);
    return known == sentences.end() ? "the document is not well-formed XML" : known->text;
}

}  // namespace sfmkit::verifier
