#pragma once

#include "verifier/archive_entry.hpp"
#include "verifier/preview_writer.hpp"

#include <memory>
#include <string>
#include <vector>

struct _xmlTextReader;

namespace sfmkit::verifier {

/// Reads a document event by event out of an archive; memory does not grow with it. Stops at a
/// DOCTYPE and at whatever libxml2 thinks too deep or too long.
class XmlReader {
  public:
    enum class Event { start, end, text, comment, finished, failed };

    explicit XmlReader(EntryReader& source);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// start and end come in pairs, also for an empty element.
    Event next();

    // Of the event at hand; views live until the next one.
    std::string_view space() const;
    std::string_view name() const;
    std::string_view value() const;
    std::vector<PreviewAttribute> attributes() const;
    int depth() const;  ///< 0: the root
    const std::string& problem() const noexcept { return problem_; }

  private:
    static int fill(void* self, char* target, int length);

    EntryReader* source_;
    _xmlTextReader* reader_ = nullptr;
    bool empty_start_ = false;
    std::string problem_;
};

}  // namespace sfmkit::verifier
