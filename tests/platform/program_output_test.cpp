#include "platform/program_output.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <exception>

namespace sfmkit::platform {
namespace {

Result<std::string> output_of(std::string script, ProgramLimits limits = {}) {
    boost::asio::io_context context(1);
    SystemClock clock;
    Result<std::string> output = fail({.code = Errc::internal, .what = "never ended"});
    boost::asio::co_spawn(
        context,
        output_of_program(clock, "/bin/sh", {"-c", std::move(script)}, limits),
        [&output](const std::exception_ptr& thrown, Result<std::string> ended) {
            if (thrown) std::rethrow_exception(thrown);
            output = std::move(ended);
        }
    );
    context.run();
    return output;
}

TEST(ProgramOutput, OfAProgramThatEndsWell_IsAllThatItWrote) {
    EXPECT_EQ(output_of("printf 'one\\ntwo'"), "one\ntwo");
    EXPECT_EQ(output_of("true"), "");
    EXPECT_EQ(output_of("echo hidden >&2; printf told"), "told");
}

TEST(ProgramOutput, LongerThanAPipe_Arrives) {
    const auto output = output_of(
        "i=0; while [ $i -lt 3000 ]; do printf '%050d' $i; i=$((i+1)); done",
        {.output_bytes = 200'000}
    );
    ASSERT_TRUE(output.has_value()) << describe(output.error());
    EXPECT_EQ(output->size(), 150'000U);
    EXPECT_EQ(output->substr(150'000 - 4), "2999");
}

TEST(ProgramOutput, OfAProgramThatFails_IsAnErrorWithItsCode) {
    const auto output = output_of("echo some; exit 7");
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(output.error().code, Errc::refused);
    EXPECT_EQ(output.error().actual, "exit code 7");
}

TEST(ProgramOutput, OfAProgramThatNeverEnds_IsCutOff) {
    const auto silent = output_of("exec sleep 1000", {.time = Duration(50)});
    ASSERT_FALSE(silent.has_value());
    EXPECT_EQ(silent.error().code, Errc::timeout);
    const auto loud = output_of("while :; do echo more; done", {.output_bytes = 1000});
    ASSERT_FALSE(loud.has_value());
    EXPECT_EQ(loud.error().code, Errc::limit);
}

}  // namespace
}  // namespace sfmkit::platform
