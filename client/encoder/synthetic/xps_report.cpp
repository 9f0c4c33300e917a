#include "client/encoder/synthetic/xps_report.hpp"

#include "client/encoder/synthetic/xml_writer.hpp"
#include "client/encoder/zip_writer.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace sfmkit::client {
namespace {

constexpr std::string_view xps_namespace = "http://schemas.microsoft.com/xps/2005/06";
constexpr std::string_view relationships_namespace =
    "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view content_types_namespace =
    "http://schemas.openxmlformats.org/package/2006/content-types";
constexpr std::string_view sequence_type =
    "http://schemas.microsoft.com/xps/2005/06/fixedrepresentation";
constexpr std::string_view sequence_path = "FixedDocumentSequence.fdseq";
constexpr std::string_view document_path = "Documents/1/FixedDocument.fdoc";
constexpr std::string_view page_path = "Documents/1/Pages/1.fpage";

// A4 in units of 1/96 inch.
constexpr int page_width = 794;
constexpr int page_height = 1123;

struct ContentType {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array<ContentType, 4> content_types{{
    {"rels", "application/vnd.openxmlformats-package.relationships+xml"},
    {"fdseq", "application/vnd.ms-package.xps-fixeddocumentsequence+xml"},
    {"fdoc", "application/vnd.ms-package.xps-fixeddocument+xml"},
    {"fpage", "application/vnd.ms-package.xps-fixedpage+xml"},
}};

std::string content_types_part() {
    XmlWriter xml;
    {
        const auto root = xml.open("Types", content_types_namespace);
        for (const ContentType& type : content_types) {
            const auto entry = xml.open("Default");
            xml.attribute("Extension", type.extension);
            xml.attribute("ContentType", type.type);
        }
    }
    return xml.take();
}

std::string relationships_part() {
    XmlWriter xml;
    {
        const auto root = xml.open("Relationships", relationships_namespace);
        const auto entry = xml.open("Relationship");
        xml.attribute("Id", "R0");
        xml.attribute("Type", sequence_type);
        xml.attribute("Target", "/" + std::string(sequence_path));
    }
    return xml.take();
}

/// A part that does nothing but name another one.
std::string naming_part(std::string_view root, std::string_view element, std::string_view path) {
    XmlWriter xml;
    {
        const auto scope = xml.open(root, xps_namespace);
        const auto entry = xml.open(element);
        xml.attribute("Source", "/" + std::string(path));
    }
    return xml.take();
}

// Figures of seven strokes, as on a pocket calculator: top, upper left, upper right, middle, lower
// left, lower right, bottom.
constexpr std::array<std::string_view, 10> digit_strokes{
    "tlrLRb", "rR", "trmLb", "trmRb", "lrmR", "tlmRb", "tlmLRb", "trR", "tlrmLRb", "tlrmRb"
};

std::string stroke_path(char stroke, int x, int y, int size) {
    const int left = x;
    const int right = x + size;
    const int middle = y + size;
    const int bottom = y + 2 * size;
    switch (stroke) {
        case 't':
            return fmt::format("M {},{} L {},{} ", left, y, right, y);
        case 'l':
            return fmt::format("M {},{} L {},{} ", left, y, left, middle);
        case 'r':
            return fmt::format("M {},{} L {},{} ", right, y, right, middle);
        case 'm':
            return fmt::format("M {},{} L {},{} ", left, middle, right, middle);
        case 'L':
            return fmt::format("M {},{} L {},{} ", left, middle, left, bottom);
        case 'R':
            return fmt::format("M {},{} L {},{} ", right, middle, right, bottom);
        default:
            return fmt::format("M {},{} L {},{} ", left, bottom, right, bottom);
    }
}

std::string figures_path(std::string_view figures, int x, int y, int size) {
    std::string path;
    for (const char figure : figures) {
        if (figure >= '0' && figure <= '9') {
            for (const char stroke : digit_strokes[static_cast<std::size_t>(figure - '0')]) {
                path += stroke_path(stroke, x, y, size);
            }
        }
        x += size * 8 / 5;
    }
    path.pop_back();
    return path;
}

void draw_strokes(XmlWriter& xml, std::string_view path, int thickness) {
    const auto scope = xml.open("Path");
    xml.attribute("Data", path);
    xml.attribute("Stroke", "#FF1F3A5F");
    xml.attribute("StrokeThickness", std::to_string(thickness));
}

std::string page_part(std::string_view top, std::string_view bottom) {
    XmlWriter xml;
    {
        const auto page = xml.open("FixedPage", xps_namespace);
        xml.attribute("Width", std::to_string(page_width));
        xml.attribute("Height", std::to_string(page_height));
        xml.attribute("xml:lang", "nb-NO");
        {
            const auto frame = xml.open("Path");
            xml.attribute("Data", "M 48,48 L 746,48 L 746,250 L 48,250 Z");
            xml.attribute("Fill", "#FFE3ECF5");
        }
        draw_strokes(xml, figures_path(top, 72, 80, 20), 4);
        draw_strokes(xml, figures_path(bottom, 72, 170, 12), 2);
        for (int line = 0; line < 20; ++line) {
            const int y = 300 + 36 * line;
            draw_strokes(xml, fmt::format("M 48,{} L 746,{}", y, y), 1);
        }
    }
    return xml.take();
}

}  // namespace

platform::Result<platform::ByteBuffer> write_xps_report(
    std::string_view top, std::string_view bottom, std::chrono::local_seconds modified
) {
    // The order in which a reader that streams needs the parts.
    const std::array<std::pair<std::string_view, std::string>, 5> parts{{
        {"[Content_Types].xml", content_types_part()},
        {"_rels/.rels", relationships_part()},
        {sequence_path, naming_part("FixedDocumentSequence", "DocumentReference", document_path)},
        {document_path, naming_part("FixedDocument", "PageContent", page_path)},
        {page_path, page_part(top, bottom)},
    }};
    std::vector<ZipEntry> entries;
    entries.reserve(parts.size());
    for (const auto& [name, content] : parts) {
        entries.push_back({.name = std::string(name), .content = platform::as_bytes(content)});
    }
    return write_zip(entries, {.modified = modified, .method = ZipMethod::deflate});
}

}  // namespace sfmkit::client
