#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

/// The checks behind the rows in env_rules.cpp, one a rule.
namespace sfmkit::verifier::env {

using findings::RuleReporter;

void cut_header(const EnvelopeFacts& facts, const RuleReporter& broken);
void wrong_modulus(const EnvelopeFacts& facts, const RuleReporter& broken);
void unusual_modulus(const EnvelopeFacts& facts, const RuleReporter& broken);
void wrong_iv_length(const EnvelopeFacts& facts, const RuleReporter& broken);
void hostile_lengths(const EnvelopeFacts& facts, const RuleReporter& broken);
void extension_no_base64(const EnvelopeFacts& facts, const RuleReporter& broken);
void unexpected_extension(const EnvelopeFacts& facts, const RuleReporter& broken);
void extension_with_dot(const EnvelopeFacts& facts, const RuleReporter& broken);
void broken_blocks(const EnvelopeFacts& facts, const RuleReporter& broken);
void no_known_padding(const EnvelopeFacts& facts, const RuleReporter& broken);
void other_padding(const EnvelopeFacts& facts, const RuleReporter& broken);
void wrong_key_length(const EnvelopeFacts& facts, const RuleReporter& broken);
void broken_padding(const EnvelopeFacts& facts, const RuleReporter& broken);
void no_zip_inside(const EnvelopeFacts& facts, const RuleReporter& broken);
void shared_secret(const EnvelopeFacts& facts, const RuleReporter& broken);
void constant_iv(const EnvelopeFacts& facts, const RuleReporter& broken);
void legacy_layout(const EnvelopeFacts& facts, const RuleReporter& broken);
void big_endian_lengths(const EnvelopeFacts& facts, const RuleReporter& broken);
void unfit_certificate(const EnvelopeFacts& facts, const RuleReporter& broken);
void plain_file(const EnvelopeFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::env
