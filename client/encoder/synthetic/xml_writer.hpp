#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::client {

/// Writes XML in the micro-format of the official exporter: one line, no indentation; elements
/// with attributes and no content as `<X A="1" />`, empty texts as `<X></X>`. Names are written as
/// given and must outlive the writer; values are UTF-8 and get escaped.
class XmlWriter {
  public:
    /// Ends its element when it goes out of scope.
    class [[nodiscard]] Scope {
      public:
        explicit Scope(XmlWriter& writer) noexcept : writer_(writer) {}
        ~Scope() { writer_.end_element(); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        XmlWriter& writer_;
    };

    /// Byte order mark and XML declaration, as PatientData.xml and ExportData.xml begin.
    void declaration();
    Scope open(std::string_view name);
    /// The same with a default namespace for the element and what it holds.
    Scope open(std::string_view name, std::string_view name_space);
    /// Only directly after open() or another attribute.
    void attribute(std::string_view name, std::string_view value);
    void text(std::string_view value);
    /// An element that holds a text.
    void element(std::string_view name, std::string_view value);
    void element(std::string_view name, bool value) { element(name, value ? "true" : "false"); }
    void element(std::string_view name, const char* value) {
        element(name, std::string_view(value));
    }
    /// The same, left out when there is nothing to say.
    void optional_element(std::string_view name, std::string_view value);
    /// Well-formed XML from another writer, copied as it is.
    void fragment(std::string_view xml);

    /// Hands out what was written; every element must have been ended.
    std::string take();

  private:
    struct OpenElement {
        std::string_view name;
        bool has_attributes = false;
    };

    void start_element(std::string_view name);
    void end_element();
    void close_start_tag();
    void escape(std::string_view value, bool in_attribute);

    std::string output_;
    std::vector<OpenElement> open_elements_;
    bool in_start_tag_ = false;
};

}  // namespace sfmkit::client
