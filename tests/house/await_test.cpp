#include "tests/house/await_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::house {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string coroutine_of(const std::string& statement) {
    return "asio::awaitable<void> Session::run(Result<int> (*f)(int)) const {\n    if (f) {\n      "
           "  " +
           statement + "\n    }\n    co_return;\n}\n";
}

TEST(LoneAwait, InEveryCoroutine_IsKept) {
    EXPECT_THAT(breaches_in_checkout(check_lone_await), IsEmpty());
}

// Shapes for which g++ 12.2 was seen to free twice under its address sanitizer, or not to compile.
TEST(LoneAwait, InShapesThatGccBreaks_IsFoundBroken) {
    for (const char* statement :
         {"co_await co_spawn(executor, [x] { return g(x); }, token);",
          "co_await co_spawn(executor, [x]() -> asio::awaitable<void> { co_return; }, token);",
          "co_await f(P{.a = s});",
          "auto r = co_await f(P{s});",
          "P p{.a = co_await g()};",
          "P p = {.a = co_await g()};",
          "v.push_back(P{co_await g()});",
          "auto s = c ? co_await f() : std::string(\"a\");",
          "co_await f({1, 2});",
          "co_await f({.v = {1, 2}});",
          "if (auto r = co_await f(P{s}); r) { g(); }",
          "while (co_await f(P{s})) { g(); }",
          "for (auto& x : co_await v(P{s})) g(x);",
          "co_return co_await f(P{s});",
          "g([&] { h(); }, co_await f());"}) {
        EXPECT_THAT(check_lone_await({"client/a.cpp", coroutine_of(statement)}), SizeIs(1))
            << statement;
    }
}

TEST(LoneAwait, InShapesThatGccGetsRight_IsNotFoundBroken) {
    for (const char* statement :
         {"co_await f(std::move(p));",
          "auto r = co_await f(p, Token(1));",
          "const P p{.a = s}; co_await f(p);",
          "co_return P{.a = s};",
          "for (auto& x : co_await v()) { g(P{x}); }",
          "if (auto r = co_await f(); !r) { co_return fail({.code = 1}); }",
          "auto [a, b] = co_await f();",
          "const auto& [a, b] = co_await f();",
          "buffer[i] = co_await f(table[i]);",
          "auto body = [x]() -> asio::awaitable<void> { co_await f(x); }; co_await g(body);",
          "auto body = [x](int y) mutable { return P{x, y}; }; co_await g(body);",
          "switch (x) { case A: { co_await f(); break; } default: co_await g(); }",
          "try { co_await f(); } catch (...) { g({1}); }",
          "do { co_await f(); } while (g({1}));",
          "struct Row { int a; }; co_await f();",
          "// { ? [] \n co_await f(\"{ ? []\");",
          "auto n = c ? 1 : 2; co_await f(n);"}) {
        EXPECT_THAT(check_lone_await({"client/a.cpp", coroutine_of(statement)}), IsEmpty())
            << statement;
    }
}

TEST(LoneAwait, InFunctionsWithTrailingReturnAndMembers_TellsBodiesFromInitialisers) {
    const std::string text =
        "struct Session final : public house::Base {\n"
        "  public:\n"
        "    Session() : a_{1}, b_(2) { start(); }\n"
        "    auto run() -> asio::awaitable<Result<int>> { co_await f(); }\n"
        "    asio::awaitable<void> stop() override { co_await g(); }\n"
        "    int a_ = 0;\n"
        "    std::vector<int> b_{1, 2};\n"
        "};\n"
        "template <class T>\n"
        "asio::awaitable<T> once(T value) noexcept { co_return co_await h(value); }\n";
    EXPECT_THAT(check_lone_await({"client/a.hpp", text}), IsEmpty());
}

}  // namespace
}  // namespace sfmkit::house
