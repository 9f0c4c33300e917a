// Tokens and keys through npm jose.
//   exchange_tokens.mjs make             prints keys of its own and a token signed with each
//   exchange_tokens.mjs check FILE       verifies the tokens of a JSON file, tells what it saw
import { readFileSync } from 'node:fs';
import * as jose from 'jose';

const sizes = { RS384: 3072, PS512: 3072, PS256: 4096 };
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

async function make() {
  const made = [];
  for (const alg of algorithms) {
    const options = { extractable: true, modulusLength: sizes[alg] ?? 2048 };
    const { publicKey, privateKey } = await jose.generateKeyPair(alg, options);
    const token = await new jose.SignJWT({ alg_used: alg, text: 'Blåbærsyltetøy' })
      .setProtectedHeader({ alg, typ: 'JWT' })
      .sign(privateKey);
    const publicJwk = await jose.exportJWK(publicKey);
    made.push({
      alg,
      token,
      public: publicJwk,
      private: await jose.exportJWK(privateKey),
      thumbprint: await jose.calculateJwkThumbprint(publicJwk),
    });
  }
  return made;
}

async function check(file) {
  const seen = [];
  for (const { alg, token, jwk } of JSON.parse(readFileSync(file, 'utf8'))) {
    const key = await jose.importJWK(jwk, alg);
    const outcome = { alg, thumbprint: await jose.calculateJwkThumbprint(jwk) };
    try {
      const { payload, protectedHeader } = await jose.jwtVerify(token, key, { algorithms: [alg] });
      seen.push({ ...outcome, payload, header: protectedHeader });
    } catch (error) {
      seen.push({ ...outcome, error: error.code });
    }
  }
  return seen;
}

const [what, file] = process.argv.slice(2);
console.log(JSON.stringify(what === 'make' ? await make() : await check(file)));
