#include "tests/verifier/hostile_export.hpp"

namespace sfmkit::test {
namespace {

using fixtures::ExportRecipe;
using Edit = std::function<void(ExportRecipe&)>;

constexpr std::size_t mebibyte = 1 << 20;

/// Digits that do not compress to nothing: a document of repeated text would end as a zip bomb.
std::string digits(std::size_t count) {
    std::string text(count, '0');
    std::uint64_t state = 20'231'122;
    for (char& c : text) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        c = static_cast<char>('0' + (state >> 60U) % 10);
    }
    return text;
}

std::string repeated(const std::string& unit, std::size_t times) {
    std::string text;
    text.reserve(unit.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += unit;
    return text;
}

/// Stored, not deflated: what stands in the way then is the document, not the archive.
Edit message(const std::function<std::string()>& content) {
    return [content](ExportRecipe& recipe) {
        recipe.message().content = content();
        recipe.message().method = 0;
    };
}

Edit message(std::string_view content) {
    return message([content] { return std::string(content); });
}

/// Puts this at the beginning of the patient's demographic block.
Edit in_patient(const std::function<std::string()>& content) {
    return [content](ExportRecipe& recipe) {
        std::string& text = recipe.patient_document().content;
        text.insert(text.find("<DemografiskInfo>"), content());
        recipe.patient_document().method = 0;
    };
}

std::string nested(std::size_t depth) {
    return repeated("<a>", depth) + repeated("</a>", depth);
}

std::string entity_ladder(bool with_doctype) {
    std::string text = "<!DOCTYPE a [<!ENTITY e0 \"ha\">";
    for (int i = 1; i < 30; ++i) {
        const std::string below = "&e" + std::to_string(i - 1) + ";";
        text += "<!ENTITY e" + std::to_string(i) + " \"" + repeated(below, 10) + "\">";
    }
    text += "]>";
    return with_doctype ? text + "<a>&e29;</a>" : std::string("<a>&lt;e29;</a>");
}

std::string many_attributes(std::size_t count) {
    std::string text = "<a";
    for (std::size_t i = 0; i < count; ++i) text += " a" + std::to_string(i) + "=\"\"";
    return text + "/>";
}

/// Each level declares namespaces, and many elements inside look them all up.
std::string many_namespaces(std::size_t levels, std::size_t at_each, std::size_t elements) {
    std::string text;
    for (std::size_t level = 0; level < levels; ++level) {
        text += "<a";
        for (std::size_t i = 0; i < at_each; ++i) {
            const std::string name = std::to_string(level) + "_" + std::to_string(i);
            text += " xmlns:n" + name + "=\"urn:" + name + "\"";
        }
        text += ">";
    }
    return text + repeated("<b/>", elements) + repeated("</a>", levels);
}

std::string distinct_names(std::size_t count) {
    std::string text = "<a>";
    for (std::size_t i = 0; i < count; ++i) text += "<n" + std::to_string(i) + "/>";
    return text + "</a>";
}

std::string utf16(std::string_view text) {
    std::string result;
    for (const char c : text) {
        result += c;
        result += '\0';
    }
    return result;
}

std::vector<HostileExport> expanding_documents() {
    return {
        {"billion_laughs", "MSG-23", message([] { return entity_ladder(true); }), message([] {
             return entity_ladder(false);
         })},
        {"quadratic_entity",
         "MSG-23",
         message([] {
             return "<!DOCTYPE a [<!ENTITY e \"" + digits(100'000) + "\">]><a>" +
                    repeated("&e;", 100'000) + "</a>";
         }),
         message([] { return "<a>" + repeated("&lt;", 100'000) + "</a>"; })},
        {"external_entity",
         "MSG-23",
         message("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///dev/zero\">]><a>&e;</a>"),
         message("<a>file:///dev/zero</a>")},
        {"parameter_entity",
         "MSG-23",
         message("<!DOCTYPE a [<!ENTITY % e SYSTEM \"file:///dev/zero\"> %e;]><a/>"),
         message("<a/>")},
        {"external_subset",
         "MSG-23",
         message("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>"),
         message("<a b=\"http://127.0.0.1:1/a.dtd\"/>")},
        {"doctype_of_10_MiB",
         "XML-01",
         message([] { return "<!DOCTYPE a [<!-- " + digits(10 * mebibyte) + " -->]><a/>"; }),
         message([] { return "<!-- " + digits(9 * mebibyte) + " --><a/>"; })},
    };
}

std::vector<HostileExport> large_documents() {
    return {
        {"attribute_of_11_MB",
         "XML-01",
         message([] { return "<a b=\"" + digits(11'000'000) + "\"/>"; }),
         message([] { return "<a b=\"" + digits(9'000'000) + "\"/>"; })},
        {"attribute_of_11_MB_in_the_patient_document",
         "XML-01",
         in_patient([] { return "<Id b=\"" + digits(11'000'000) + "\"/>"; }),
         in_patient([] { return std::string(); })},
        {"text_of_11_MiB",
         "XML-01",
         message([] { return "<a>" + digits(11 * mebibyte) + "</a>"; }),
         message([] { return "<a>" + digits(9 * mebibyte) + "</a>"; })},
        {"tag_without_end",
         "XML-01",
         message([] { return "<a b=\"" + digits(30 * mebibyte); }),
         message([] { return "<a b=\"" + digits(mebibyte) + "\"/>"; })},
        {"name_of_1_MiB",
         "XML-01",
         message([] { return "<a" + digits(mebibyte) + "/>"; }),
         message([] { return "<a" + digits(1'000) + "/>"; })},
        {"a_million_levels", "XML-01", message([] { return nested(1'000'000); }), message([] {
             return nested(200);
         })},
        {"a_million_levels_in_the_patient_document",
         "XML-01",
         in_patient([] { return repeated("<Id>", 1'000'000); }),
         in_patient([] { return std::string(); })},
        {"a_million_attributes",
         "XML-01",
         message([] { return many_attributes(1'000'000); }),
         message([] { return many_attributes(900); })},
        {"namespaces_that_every_element_looks_up",
         "XML-01",
         message([] { return many_namespaces(200, 900, 500'000); }),
         message([] { return many_namespaces(10, 90, 500'000); })},
        {"two_million_names",
         "XML-01",
         message([] { return distinct_names(2'000'000); }),
         message([] { return distinct_names(15'000); })},
        {"a_million_wrong_elements",
         "XML-04",
         in_patient([] { return repeated("<Id>1</Id>", 1'000'000); }),
         in_patient([] { return std::string(); })},
    };
}

std::vector<HostileExport> badly_encoded_documents() {
    const std::string declared = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    return {
        {"overlong_UTF_8", "XML-02", message("<a>\xC0\xBC</a>"), message("<a>\xC3\xBC</a>")},
        {"surrogate_in_UTF_8",
         "XML-02",
         message("<a>\xED\xA0\x80</a>"),
         message("<a>\xED\x9F\xBF</a>")},
        {"character_cut_at_the_end", "XML-02", message("<a>\xC3</a>"), message("<a>\xC3\xA5</a>")},
        {"UTF_16_without_mark",
         "XML-02",
         message([] { return utf16("<a>b</a>"); }),
         message("<a>b</a>")},
        {"UTF_16_without_mark_that_says_UTF_8",
         "XML-02",
         message([declared] { return utf16(declared + "<a>b</a>"); }),
         message([declared] { return declared + "<a>b</a>"; })},
        {"half_a_character_of_UTF_16",
         "XML-02",
         message([] { return "\xFF\xFE" + utf16("<a>b</a>") + "\x3D"; }),
         message("<a>b</a>")},
        {"unknown_encoding",
         "XML-02",
         message("<?xml version=\"1.0\" encoding=\"x-nobody\"?><a/>"),
         message("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>")},
        {"zero_bytes",
         "XML-01",
         message([] { return "<a>" + std::string(mebibyte, '\0') + "</a>"; }),
         message([] { return "<a>" + std::string(mebibyte, ' ') + "</a>"; })},
    };
}

}  // namespace

std::vector<HostileExport> hostile_documents() {
    std::vector<HostileExport> all = expanding_documents();
    for (const auto& more : {large_documents(), badly_encoded_documents()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

}  // namespace sfmkit::test
