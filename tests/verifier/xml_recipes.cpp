#include "tests/verifier/export_recipe.hpp"

namespace sfmkit::test {
namespace {

void as_it_is(ExportRecipe& /*recipe*/) {}

std::function<void(ExportRecipe&)> with_message(std::string content) {
    return [content](ExportRecipe& recipe) { recipe.message().content = content; };
}

std::function<void(ExportRecipe&)> with_patient(std::string content) {
    return [content](ExportRecipe& recipe) { recipe.patient_document().content = content; };
}

/// The text in UTF-16, low byte first, with its byte order mark. ASCII only.
std::string utf16(std::string_view text) {
    std::string result = "\xFF\xFE";
    for (const char c : text) {
        result += c;
        result += '\0';
    }
    return result;
}

void with_surprise(ExportRecipe& recipe) {
    std::string& text = recipe.patient_document().content;
    const std::size_t begin = text.find("<Sex");
    const std::size_t end = text.find('>', begin);
    text.insert(end + 1, "<Surprise/>");
}

std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "<a>";
    for (std::size_t i = 0; i < depth; ++i) text += "</a>";
    return text;
}

}  // namespace

std::vector<RuleRecipe> xml_recipes() {
    return {
        {"XML-01", "the five entities", true, with_message("<a>&lt;&gt;&amp;&quot;&apos;</a>")},
        {"XML-01", "tags that cross", false, with_message("<a><b></a></b>")},
        {"XML-01", "empty", false, with_message("")},
        {"XML-01", "unbound prefix", false, with_message("<x:a/>")},
        {"XML-01", "an entity of its own", false, with_message("<a>&foo;</a>")},
        {"XML-01", "DOCTYPE", false, with_message("<!DOCTYPE a><a/>")},
        {"XML-01",
         "billion laughs",
         false,
         with_message("<!DOCTYPE a [<!ENTITY x \"yyyyyyyyyy\"><!ENTITY z \"&x;&x;&x;\">]>"
                      "<a>&z;&z;&z;</a>")},
        {"XML-01",
         "external entity",
         false,
         with_message("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")},
        {"XML-01", "a thousand levels", false, with_message(nested(1000))},
        {"XML-02", "UTF-8", true, with_message("<a>\xC3\xA5</a>")},
        {"XML-02", "Latin-1 undeclared", false, with_message("<a>\xE5</a>")},
        {"XML-02",
         "Latin-1 declared",
         false,
         with_message("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE5</a>")},
        {"XML-02", "UTF-16", false, with_message(utf16("<?xml version=\"1.0\"?><a>b</a>"))},
        {"XML-02",
         "UTF-16 that says UTF-8",
         false,
         with_message(utf16("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>b</a>"))},
        {"XML-02",
         "UTF-8 that says UTF-16",
         false,
         with_message("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>b</a>")},
        {"XML-03", "the right roots", true, as_it_is},
        {"XML-03",
         "organisation root in a patient file",
         false,
         with_patient(export_document("ExportImport", ""))},
        {"XML-03", "no namespace", false, with_patient("<PasientExport/>")},
        {"XML-04", "full documents", true, as_it_is},
        {"XML-04", "an element too many", false, with_surprise},
    };
}

}  // namespace sfmkit::test
