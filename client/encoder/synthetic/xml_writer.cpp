#include "client/encoder/synthetic/xml_writer.hpp"

#include "platform/assert.hpp"

#include <utility>

namespace sfmkit::client {

void XmlWriter::declaration() {
    SFM_ASSERT(output_.empty());
    output_ += "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>";
}

XmlWriter::Scope XmlWriter::open(std::string_view name) {
    start_element(name);
    return Scope(*this);
}

XmlWriter::Scope XmlWriter::open(std::string_view name, std::string_view name_space) {
    start_element(name);
    attribute("xmlns", name_space);
    return Scope(*this);
}

void XmlWriter::start_element(std::string_view name) {
    close_start_tag();
    output_ += '<';
    output_ += name;
    open_elements_.push_back({.name = name});
    in_start_tag_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
    SFM_ASSERT(in_start_tag_);
    open_elements_.back().has_attributes = true;
    output_ += ' ';
    output_ += name;
    output_ += "=\"";
    escape(value, true);
    output_ += '"';
}

void XmlWriter::text(std::string_view value) {
    SFM_ASSERT(!open_elements_.empty());
    close_start_tag();
    escape(value, false);
}

void XmlWriter::element(std::string_view name, std::string_view value) {
    const Scope scope = open(name);
    text(value);
}

void XmlWriter::optional_element(std::string_view name, std::string_view value) {
    if (!value.empty()) element(name, value);
}

void XmlWriter::fragment(std::string_view xml) {
    if (xml.empty()) return;
    close_start_tag();
    output_ += xml;
}

std::string XmlWriter::take() {
    SFM_ASSERT(open_elements_.empty());
    return std::exchange(output_, {});
}

void XmlWriter::end_element() {
    const OpenElement element = open_elements_.back();
    open_elements_.pop_back();
    if (in_start_tag_ && element.has_attributes) {
        output_ += " />";
        in_start_tag_ = false;
        return;
    }
    close_start_tag();
    output_ += "</";
    output_ += element.name;
    output_ += '>';
}

void XmlWriter::close_start_tag() {
    if (!in_start_tag_) return;
    output_ += '>';
    in_start_tag_ = false;
}

void XmlWriter::escape(std::string_view value, bool in_attribute) {
    for (const char letter : value) {
        switch (letter) {
            case '&':
                output_ += "&amp;";
                break;
            case '<':
                output_ += "&lt;";
                break;
            case '>':
                output_ += "&gt;";
                break;
            case '\r':
                output_ += "&#13;";
                break;
            case '"':
                output_ += in_attribute ? "&quot;" : "\"";
                break;
            // A reader turns these into blanks inside an attribute unless they are references.
            case '\n':
                output_ += in_attribute ? "&#10;" : "\n";
                break;
            case '\t':
                output_ += in_attribute ? "&#9;" : "\t";
                break;
            default:
                output_ += letter;
        }
    }
}

}  // namespace sfmkit::client
