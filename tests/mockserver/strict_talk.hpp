#pragma once

#include "tests/mockserver/simulated_site.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// What was asked, for whoever changes the answer.
struct Asked {
    std::string method;
    std::string path;
    std::string fields;
};

/// Changes an answer on its way, as a server with one mistake would have given it.
using Sabotage = std::function<void(const Asked&, RawAnswer&)>;

/// A client of one server in strict-spec, which sees answers as a saboteur leaves them.
class StrictTalk {
  public:
    StrictTalk(SimulatedSite& site, Sabotage sabotage)
        : site_(site), sabotage_(std::move(sabotage)) {}

    /// fields: lines, each with its CR LF. Tus-Resumable and Content-Length are added where they
    /// are not among them.
    boost::asio::awaitable<RawAnswer> ask(
        std::string method, std::string path, std::string fields = {}, std::string body = {}
    );
    boost::asio::awaitable<RawAnswer> post(std::string fields, std::string body = {});
    /// Whether OPTIONS lists the extension.
    boost::asio::awaitable<bool> offers(std::string extension);
    /// The URL of a new upload.
    boost::asio::awaitable<std::string> create(std::string fields);
    boost::asio::awaitable<RawAnswer> patch(
        std::string path, std::string offset, std::string body, std::string fields = {}
    );
    boost::asio::awaitable<RawAnswer> head(std::string path);
    /// Upload-Offset as HEAD tells it; empty without one.
    boost::asio::awaitable<std::string> offset(std::string path);
    /// A finished part of a concatenation; its URL.
    boost::asio::awaitable<std::string> create_part(std::string body);

    std::string stored(const std::string& path) const;

  private:
    SimulatedSite& site_;
    Sabotage sabotage_;
};

std::optional<std::string> field(const RawAnswer& answer, std::string_view name);
/// The elements of a list without blanks around commas; nothing when there is no such field.
std::vector<std::string> list_in(const RawAnswer& answer, std::string_view name);
bool has(const std::vector<std::string>& list, std::string_view element);

}  // namespace sfmkit::test
