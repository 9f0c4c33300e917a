#pragma once

#include "client/upload/upload_plan.hpp"

#include <string>
#include <utility>
#include <vector>

/// Outcomes of requests in a few letters, and what a plan made of them as text.
namespace sfmkit::test {

/// A file of two chunks and a half.
inline constexpr std::uint64_t plan_chunk_bytes = 1000;
inline constexpr std::uint64_t plan_file_bytes = 2500;
/// Wed, 13 Oct 2021 13:12:00 GMT.
inline constexpr platform::WallTime noon{std::chrono::seconds(1634130720)};

client::Outcome answer(
    int status, const std::vector<std::pair<std::string, std::string>>& fields = {}
);
client::Outcome no_answer(platform::Errc code = platform::Errc::connection_reset);
client::Outcome created();
client::Outcome told(std::uint64_t offset);
client::Outcome stored(std::uint64_t offset);

client::PlanInput plan_input(std::uint64_t size_bytes = plan_file_bytes);

/// `POST`, `HEAD`, `PATCH 0+1000`, `done`, `refused`, `run again`.
std::string text_of(const client::Step& step);
using Steps = std::vector<std::string>;
/// Plays outcomes to a plan and writes down what it asks for.
Steps play(client::Plan& plan, const std::vector<client::Outcome>& outcomes);
Steps play(const std::vector<client::Outcome>& outcomes, client::PlanInput input = plan_input());

}  // namespace sfmkit::test
