// A proxy that makes a good client of DPoP (RFC 9449) a bad one, by one mistake in what passes
// through, or leaves everything as it is. Prints its port; the field Host stays as it was, so that
// the proofs are for this port on both sides.
//   proof_proxy.mjs TARGET_PORT none|proof-again|proof-of-create|nonce-ignored|proof-left-out|as-bearer
import { createServer, request } from 'node:http';

const [target, mistake] = process.argv.slice(2);
const proofs = {}; // of the first request of each kind
const mistakes = {
  none: () => {},
  // Sends the proof of an upload's first PATCH with the others too.
  'proof-again': (headers, { method, url }) => {
    if (method === 'PATCH') headers.dpop = proofs[url] ??= headers.dpop;
  },
  // Makes a proof for the creation, with the nonce, and sends it with what follows.
  'proof-of-create': (headers, { method }) => {
    if (method === 'POST') proofs.create = headers.dpop;
    else headers.dpop = proofs.create;
  },
  'nonce-ignored': () => {},
  'proof-left-out': (headers) => { delete headers.dpop; },
  'as-bearer': (headers) => {
    headers.authorization = headers.authorization.replace(/^DPoP/, 'Bearer');
  },
};
const change = mistakes[mistake];

const server = createServer((incoming, outgoing) => {
  const headers = { ...incoming.headers };
  change(headers, incoming);
  const { method, url: path } = incoming;
  const passed = request({ port: target, host: '127.0.0.1', method, path, headers }, (answer) => {
    if (mistake === 'nonce-ignored') delete answer.headers['dpop-nonce'];
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
