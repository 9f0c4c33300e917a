#include "tests/mockserver/auth_case_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>

namespace sfmkit::mockserver {
namespace {

using testing::IsEmpty;

constexpr const char* algs = "algs=\"PS256 PS384 PS512 ES256 ES384 ES512 RS256 RS384 RS512\"";

int status_wanted(Outcome outcome, ChallengeStyle style) {
    const bool bad_request = outcome == Outcome::both || outcome == Outcome::request;
    if (bad_request && style == ChallengeStyle::rfc) return 400;
    return outcome == Outcome::scope || outcome == Outcome::forbidden ? 403 : 401;
}

/// A regular expression for WWW-Authenticate; empty: no such header.
std::string header_wanted(Outcome outcome, AuthRoute route, ChallengeStyle style) {
    const bool refused_later = outcome == Outcome::token || outcome == Outcome::proof;
    const bool no_header = outcome == Outcome::forbidden;
    if (style == ChallengeStyle::aspnet) {
        if (no_header || outcome == Outcome::scope) return "";
        return refused_later ? "Bearer error=\"invalid_token\"" : "Bearer";
    }
    if (no_header) return "";
    const std::string description = ", error_description=\"[]!#-[^-~ ]+\"";
    if (outcome == Outcome::both) {
        const std::string error =
            "error=\"invalid_request\", error_description=\"Multiple methods used to include "
            "access "
            "token\"";
        return "Bearer " + error + ", DPoP " + algs + ", " + error;
    }
    std::string parameters;
    if (outcome == Outcome::request) parameters = "error=\"invalid_request\"" + description;
    if (outcome == Outcome::token) parameters = "error=\"invalid_token\"" + description;
    if (outcome == Outcome::proof) parameters = "error=\"invalid_dpop_proof\"" + description;
    const bool dpop = route == AuthRoute::dpop;
    if (outcome == Outcome::scope) {
        parameters = std::string("error=\"insufficient_scope\", scope=\"e-helse:sfm.api/sfm-") +
                     (dpop ? "migrering.api2\"" : "migrering.api\"");
    }
    if (!dpop) return parameters.empty() ? "Bearer" : "Bearer " + parameters;
    return "DPoP " + (parameters.empty() ? algs : parameters + ", " + algs);
}

class AuthCases : public testing::Test {
  protected:
    void expect_answer(const Case& row, const AuthVerdict& verdict, AuthRoute route) {
        for (const ChallengeStyle style : {ChallengeStyle::rfc, ChallengeStyle::aspnet}) {
            const Answer answer = challenge(verdict, route, style);
            const bool rfc = style == ChallengeStyle::rfc;
            EXPECT_EQ(answer.status, status_wanted(row.outcome, style)) << row.id;
            const auto header = answer.fields.first("WWW-Authenticate");
            const std::string wanted = header_wanted(row.outcome, route, style);
            EXPECT_EQ(header.has_value(), !wanted.empty()) << row.id;
            if (header && !wanted.empty()) {
                EXPECT_THAT(std::string(*header), testing::MatchesRegex(wanted)) << row.id;
            }
            EXPECT_EQ(answer.fields.first("Cache-Control"), "no-store");
            EXPECT_EQ(answer.fields.has("Tus-Resumable"), rfc) << row.id;
            EXPECT_EQ(answer.text, rfc ? row.reason : "") << row.id;
            answers_.insert(row.id + std::string(rfc ? " rfc" : " aspnet"));
        }
    }

    void try_case(const Case& row, AuthRoute route) {
        Order order{.route = route};
        bench_.restart(bench_.settings());
        const AuthVerdict twin = bench_.judge(order);
        EXPECT_TRUE(twin.accepted()) << "twin of " << row.id << ": " << twin.outcome.name;
        EXPECT_THAT(twin.remarks, IsEmpty()) << row.id;
        accepted_ += twin.accepted() ? 1 : 0;
        row.change(order);
        const AuthVerdict verdict = bench_.judge(order);
        EXPECT_FALSE(verdict.accepted()) << row.id;
        EXPECT_EQ(verdict.outcome.name, row.reason) << row.id;
        EXPECT_FALSE(verdict.outcome.field.empty()) << row.id;
        EXPECT_FALSE(verdict.outcome.next.empty()) << row.id;
        EXPECT_FALSE(verdict.outcome.came.empty()) << row.id;
        ++refused_[row.reason];
        ++refusals_;
        expect_answer(row, verdict, route);
    }

    void try_all(const std::vector<Case>& cases) {
        for (const Case& row : cases) {
            if (row.routes != "2") try_case(row, AuthRoute::bearer);
            if (row.routes != "1") try_case(row, AuthRoute::dpop);
            tried_.insert(row.id);
        }
        for (const auto& [reason, count] : refused_) {
            std::cout << count << "x " << reason << '\n';
        }
        std::cout << refusals_ << " refused, " << accepted_ << " twins accepted, "
                  << answers_.size() << " answers in two styles\n";
    }

    AuthBench bench_;
    std::map<std::string, int> refused_;
    std::set<std::string> tried_;
    std::set<std::string> answers_;
    int refusals_ = 0;
    int accepted_ = 0;
};

TEST_F(AuthCases, OfCredentials_AreRefusedByNameBesideATwin) {
    try_all(credential_cases());
    EXPECT_EQ(refusals_, 22);
    EXPECT_EQ(accepted_, 22);
}

TEST_F(AuthCases, OfTokens_AreRefusedByNameBesideATwin) {
    try_all(token_cases());
    EXPECT_EQ(refusals_, 99);
    EXPECT_EQ(accepted_, 99);
    for (const BrokenVariant& variant : broken_tokens()) {
        const bool elsewhere = variant.name == "cred-downgrade";
        EXPECT_TRUE(elsewhere || tried_.contains(std::string(variant.name))) << variant.name;
    }
}

TEST_F(AuthCases, OfProofs_AreRefusedByNameBesideATwin) {
    try_all(proof_cases());
    EXPECT_EQ(refusals_, 49);
    EXPECT_EQ(accepted_, 49);
    for (const BrokenVariant& variant : broken_proofs()) {
        // These two depend on settings.
        const bool elsewhere = variant.name == "prf-htu-query" || variant.name == "prf-nonce-old";
        EXPECT_TRUE(elsewhere || tried_.contains(std::string(variant.name))) << variant.name;
    }
}

}  // namespace
}  // namespace sfmkit::mockserver
