#include "client/encoder/message_order.hpp"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace sfmkit::client {
namespace {

using platform::fail;
using platform::Result;

/// Where a file name stands, from the root down; whatever the root is called.
constexpr std::array<std::string_view, 4> path = {"", "Meldinger", "Melding", "MeldingsFil"};

/// Hands a file to libxml2, which cannot carry our errors.
class DocumentFeed {
  public:
    explicit DocumentFeed(const platform::ReadableFile& file) : file_(file) {}

    static int read(void* self, char* target, int capacity) {
        auto& feed = *static_cast<DocumentFeed*>(self);
        const auto room =
            std::as_writable_bytes(std::span(target, static_cast<std::size_t>(capacity)));
        const auto count = feed.file_.read_at(feed.offset_, room);
        if (!count) {
            feed.failure_ = count.error();
            return -1;
        }
        feed.offset_ += *count;
        return static_cast<int>(*count);
    }
    const std::optional<platform::Error>& failure() const noexcept { return failure_; }

  private:
    const platform::ReadableFile& file_;
    std::uint64_t offset_ = 0;
    std::optional<platform::Error> failure_;
};

struct ReaderDeleter {
    void operator()(xmlTextReader* reader) const noexcept { xmlFreeTextReader(reader); }
};

std::string_view text_of(const xmlChar* text) {
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

/// Follows a document down the path and picks the first text of each element at its end.
class NamePicker {
  public:
    void look_at(xmlTextReader* reader) {
        const int type = xmlTextReaderNodeType(reader);
        const auto depth = static_cast<std::size_t>(xmlTextReaderDepth(reader));
        if (type == XML_READER_TYPE_ELEMENT) {
            enter(depth, text_of(xmlTextReaderConstName(reader)));
        } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) {
            if (depth != path.size() || matched_ != path.size()) return;
            names_.emplace_back(text_of(xmlTextReaderConstValue(reader)));
            --matched_;
        }
    }
    std::vector<std::string> take() { return std::move(names_); }

  private:
    void enter(std::size_t depth, std::string_view name) {
        // Whatever prefix the document gives its namespace.
        name.remove_prefix(name.find(':') + 1);
        matched_ = std::min(matched_, depth);
        if (matched_ < depth || depth >= path.size()) return;
        if (depth == 0 || name == path[depth]) ++matched_;
    }

    std::size_t matched_ = 0;  ///< steps of the path that lead to where we are
    std::vector<std::string> names_;
};

void stay_silent(void*, xmlError*) {}

}  // namespace

Result<std::vector<std::string>> message_order(
    platform::Files& files, const std::filesystem::path& patient_document
) {
    const auto file = files.open_for_reading(patient_document);
    if (!file) return fail(file.error());
    // Its tables are one for the process, and several threads may come here first.
    static std::once_flag once;
    std::call_once(once, &xmlInitParser);
    DocumentFeed feed(**file);
    const std::unique_ptr<xmlTextReader, ReaderDeleter> reader(xmlReaderForIO(
        &DocumentFeed::read,
        nullptr,
        &feed,
        nullptr,
        nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
    ));
    if (reader == nullptr) return std::vector<std::string>{};
    // Not all of its complaints heed the options.
    xmlTextReaderSetStructuredErrorHandler(reader.get(), &stay_silent, nullptr);
    NamePicker picker;
    int more = xmlTextReaderRead(reader.get());
    for (; more == 1; more = xmlTextReaderRead(reader.get())) picker.look_at(reader.get());
    if (feed.failure()) return fail(*feed.failure());
    return more == 0 ? picker.take() : std::vector<std::string>{};
}

}  // namespace sfmkit::client
